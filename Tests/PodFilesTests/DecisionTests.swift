import PodFiles
import Profiles
import Testing

/// The pure part: no file is read here.
@Suite("Which profile applies")
struct DecisionTests {
  private static let place = PodPlace(path: "$.here", position: SourcePosition(line: 3, column: 5))
  private static let podPlace = PodPlace(path: "$.pod", position: SourcePosition(line: 1, column: 1))
  private static let runtime = SeccompSetting.Choice.runtimeDefault
  private static let local = SeccompSetting.Choice.localhost("a.json", place)

  struct Case: Sendable {
    var pod: SeccompSetting.Choice?
    var container: SeccompSetting.Choice?
    var privileged = false
    var windows = false
    var seccompDefault = false
    var choice: SeccompSetting.Choice
    var reason: SeccompDecision.Reason
  }

  static let cases: [Case] = [
    Case(choice: .unconfined, reason: .nothingSaid),
    Case(seccompDefault: true, choice: runtime, reason: .kubeletDefault),
    Case(pod: runtime, choice: runtime, reason: .pod(podPlace)),
    Case(pod: local, choice: local, reason: .pod(podPlace)),
    Case(pod: .unconfined, seccompDefault: true, choice: .unconfined, reason: .pod(podPlace)),
    Case(container: runtime, choice: runtime, reason: .container(place)),
    Case(container: local, seccompDefault: true, choice: local, reason: .container(place)),
    Case(pod: runtime, container: .unconfined, choice: .unconfined, reason: .container(place)),
    Case(pod: .unconfined, container: runtime, choice: runtime, reason: .container(place)),
    Case(pod: runtime, container: local, choice: local, reason: .container(place)),
    Case(privileged: true, choice: .unconfined, reason: .privileged(overruled: nil)),
    Case(
      privileged: true, seccompDefault: true, choice: .unconfined, reason: .privileged(overruled: nil)),
    Case(
      pod: runtime, privileged: true, choice: .unconfined,
      reason: .privileged(overruled: SeccompSetting(runtime, place: podPlace))),
    Case(
      pod: runtime, container: local, privileged: true, choice: .unconfined,
      reason: .privileged(overruled: SeccompSetting(local, place: place))),
    Case(windows: true, seccompDefault: true, choice: .unconfined, reason: .windows),
  ]

  @Test(
    "the container's, else the pod's, else the kubelet's default; none for the privileged", arguments: cases)
  func decision(_ test: Case) {
    var pod = Pod(kind: "Pod", name: "p", place: Self.podPlace)
    pod.seccomp = test.pod.map { SeccompSetting($0, place: Self.podPlace) }
    pod.isWindows = test.windows
    var container = PodContainer(name: "c", role: .main, place: Self.place)
    container.seccomp = test.container.map { SeccompSetting($0, place: Self.place) }
    container.isPrivileged = test.privileged
    pod.containers = [container]
    let node = PodNode(
      hasSeccompDefault: test.seccompDefault, capabilities: ResolutionContext.dockerCapabilities)
    let decision = node.decision(for: container, of: pod)
    #expect(decision.choice == test.choice)
    #expect(decision.reason == test.reason)
    #expect(decision.isConfined == (test.choice != .unconfined))
    #expect(decision.capabilities.count == (test.windows ? 0 : test.privileged ? 41 : 14))
    #expect(node.isSandboxConfined(of: pod) == (!test.privileged && !test.windows))
  }

  @Test(
    "Capabilities: ALL first, single names then, a drop after an add",
    arguments: [
      ([], [], ["CAP_A", "CAP_B"]),
      (["C"], [], ["CAP_A", "CAP_B", "CAP_C"]),
      ([], ["A"], ["CAP_B"]),
      (["C"], ["ALL"], ["CAP_C"]),
      (["C", "D"], ["ALL", "D"], ["CAP_C"]),
      (["A"], ["A"], ["CAP_B"]),
      (["ALL"], ["ALL"], []),
      (["ALL", "C"], ["ALL"], ["CAP_C"]),
    ] as [([String], [String], Set<String>)])
  func capabilities(_ add: [String], _ drop: [String], _ expected: Set<String>) {
    #expect(CapabilitySetting(add: add, drop: drop).applied(to: ["CAP_A", "CAP_B"]) == expected)
  }

  @Test("All capabilities but one")
  func allButOne() {
    let set = CapabilitySetting(add: ["ALL"], drop: ["CHOWN"]).applied(to: [])
    #expect(set.count == 40)
    #expect(!set.contains("CAP_CHOWN"))
  }

  @Test(
    "A localhostProfile stays below the root",
    arguments: [
      ("a.json", true), ("profiles/a.json", true), ("./a.json", true), ("a..json", true), ("a/...", true),
      ("", false), ("/a.json", false), ("../a.json", false), ("a/../b.json", false), ("a/..", false),
      ("a\u{0}b", false),
    ])
  func paths(_ path: String, _ isFine: Bool) {
    #expect((LocalhostPath.objection(to: path) == nil) == isFine)
  }

  @Test(
    "A directory's neighbour with a longer name is not below it",
    arguments: [("/r/a", "/r", true), ("/ra", "/r", false), ("/r", "/r", false), ("/a", "/", true)])
  func below(_ path: String, _ root: String, _ expected: Bool) {
    #expect(LocalhostPath.isBelow(path, root) == expected)
  }
}
