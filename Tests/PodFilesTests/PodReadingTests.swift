import PodFiles
import Profiles
import Testing

@Suite("Pods in YAML")
struct PodReadingTests {
  private static func read(_ text: String) throws -> PodDocument {
    try PodDocument.read(Array(text.utf8), source: "f")
  }

  /// Where the template of a kind is: a text with `POD` for it, indented by so much.
  @Test(
    "are found in every kind of workload, at the right path",
    arguments: [
      ("kind: Pod\n", "", "$"),
      ("kind: PodTemplate\ntemplate:\n", "  ", "$.template"),
      ("kind: Deployment\nspec:\n  template:\n", "    ", "$.spec.template"),
      ("kind: StatefulSet\nspec:\n  template:\n", "    ", "$.spec.template"),
      ("kind: DaemonSet\nspec:\n  template:\n", "    ", "$.spec.template"),
      ("kind: ReplicaSet\nspec:\n  template:\n", "    ", "$.spec.template"),
      ("kind: ReplicationController\nspec:\n  template:\n", "    ", "$.spec.template"),
      ("kind: Job\nspec:\n  template:\n", "    ", "$.spec.template"),
      (
        "kind: CronJob\nspec:\n  jobTemplate:\n    spec:\n      template:\n", "        ",
        "$.spec.jobTemplate.spec.template"
      ),
      (
        "kind: List\nitems:\n- kind: Deployment\n  spec:\n    template:\n", "      ",
        "$.items[0].spec.template"
      ),
      ("kind: PodList\nitems:\n- metadata: {name: x}\n", "  ", "$.items[0]"),
    ])
  func kinds(_ head: String, _ indent: String, _ path: String) throws {
    let body = [
      "spec:", "  containers:", "  - name: app",
      "    securityContext: {seccompProfile: {type: RuntimeDefault}}",
    ]
    let document = try Self.read(head + body.map { indent + $0 }.joined(separator: "\n"))
    #expect(document.pods.count == 1)
    let pod = try #require(document.pods.first)
    #expect(pod.place.path == path)
    let container = try #require(pod.containers.first)
    #expect(container.place.path == path + ".spec.containers[0]")
    #expect(container.seccomp?.choice == .runtimeDefault)
    #expect(document.ignored.isEmpty)
  }

  @Test("Several documents: pods in order, the rest told")
  func stream() throws {
    let document = try Self.read(
      """
      {"kind": "Pod", "metadata": {"name": "a", "namespace": "n"}, "spec": {"containers": [{"name": "c"}]}}
      ---
      kind: Service
      metadata: {name: s}
      ---
      ---
      kind: List
      items:
      - kind: ConfigMap
      - {kind: Pod, metadata: {generateName: b-}, spec: {initContainers: [{name: i}], containers: [{name: c}],
          ephemeralContainers: [{name: e}]}}
      """)
    #expect(document.pods.map(\.title) == ["Pod a", "Pod b-…"])
    #expect(document.pods[0].namespace == "n")
    #expect(document.pods[1].containers.map(\.role) == [.initial, .main, .ephemeral])
    #expect(document.ignored.map(\.what) == ["Service s", "an empty document", "ConfigMap"])
    #expect(document.ignored.map(\.place.position.line) == [3, 6, 9])
  }

  @Test("Security settings: a Localhost path, privileged, capabilities in any case")
  func settings() throws {
    let pod = try #require(
      try Self.read(
        """
        kind: Pod
        spec:
          securityContext: {seccompProfile: {type: Localhost, localhostProfile: a/b.json}}
          containers:
          - name: c
            securityContext:
              privileged: true
              capabilities: {add: [net_admin, ALL], drop: [CHOWN]}
        """
      ).pods.first)
    let place = PodPlace(
      path: "$.spec.securityContext.seccompProfile.localhostProfile",
      position: SourcePosition(line: 3, column: 73))
    #expect(pod.seccomp?.choice == .localhost("a/b.json", place))
    #expect(pod.containers[0].isPrivileged)
    #expect(pod.containers[0].capabilities == CapabilitySetting(add: ["NET_ADMIN", "ALL"], drop: ["CHOWN"]))
    #expect(pod.containers[0].seccomp == nil)
  }

  @Test("What has no effect is told with its place")
  func remarks() throws {
    let document = try Self.read(
      """
      kind: Deployment
      metadata:
        annotations:
          seccomp.security.alpha.kubernetes.io/pod: runtime/default
      spec:
        template:
          metadata:
            annotations:
              container.seccomp.security.alpha.kubernetes.io/c: unconfined
              other: x
          spec:
            hostUsers: false
            runtimeClassName: gvisor
            seccompProfile: {type: RuntimeDefault}
            securityContext:
              privileged: true
              seccompProfile: {type: RuntimeDefault, path: x}
            containers:
            - name: c
              privileged: true
              securityContext: {seccompProfil: {type: Unconfined}}
      """)
    #expect(
      document.remarks.map(\.place.position.line).sorted() == [4, 9, 12, 13, 14, 16, 17, 20, 21])
    let paths = Set(document.remarks.map(\.place.path))
    let template = "$.spec.template"
    #expect(
      paths == [
        #"$.metadata.annotations["seccomp.security.alpha.kubernetes.io/pod"]"#,
        template + #".metadata.annotations["container.seccomp.security.alpha.kubernetes.io/c"]"#,
        template + ".spec.hostUsers", template + ".spec.runtimeClassName", template + ".spec.seccompProfile",
        template + ".spec.securityContext.privileged", template + ".spec.securityContext.seccompProfile.path",
        template + ".spec.containers[0].privileged",
        template + ".spec.containers[0].securityContext.seccompProfil",
      ])
  }

  private static let types = "RuntimeDefault, Localhost or Unconfined"
  private static let local = "$.spec.containers[0].securityContext.seccompProfile.localhostProfile"

  /// A pod whose first container has this securityContext, at line 1, column 81.
  private static func pod(_ security: String) -> String {
    "{kind: Pod, metadata: {name: p}, spec: {containers: [{name: c, securityContext: \(security)}]}}"
  }

  static let wrong: [(String, String)] = [
    ("x", "f:1:1: $: expected a Kubernetes object, found \"x\""),
    ("[]", "f:1:1: $: expected a Kubernetes object, found a list"),
    ("", "f:1:1: $: expected a Pod, or a workload with a pod template, found no document"),
    (
      "kind: Service\nmetadata: {name: s}",
      "f:1:1: $: expected a Pod, or a workload with a pod template, found Service s"
    ),
    ("metadata: {}", "f:1:1: $.kind: expected the object's kind, found none"),
    ("kind: [Pod]", "f:1:7: $.kind: expected the object's kind, a word, found a list"),
    ("kind: List\nitems: 5", "f:2:8: $.items: expected a list of objects, found the number 5"),
    (
      "kind: Pod\nmetadata: {name: 5}",
      "f:2:18: $.metadata.name: expected the object's name, a string, found the number 5"
    ),
    ("kind: Pod", "f:1:1: $.spec: expected the pod's spec, found none"),
    ("kind: Pod\nspec: []", "f:2:7: $.spec: expected the pod's spec, found a list"),
    ("kind: Pod\nspec: {}", "f:2:7: $.spec: expected a pod with a container in \"containers\", found none"),
    (
      "kind: Pod\nspec: {initContainers: [{name: a}]}",
      "f:2:7: $.spec: expected a pod with a container in \"containers\", found none"
    ),
    ("kind: Job\nspec: {}", "f:2:7: $.spec.template: expected the pod template of a Job, found none"),
    (
      "kind: CronJob\nspec: {jobTemplate: {}}",
      "f:2:21: $.spec.jobTemplate.spec: expected the pod template of a CronJob, found none"
    ),
    (
      "kind: Pod\nspec: {containers: {}}",
      "f:2:20: $.spec.containers: expected a list of containers, found a mapping"
    ),
    (
      "kind: Pod\nspec: {containers: [app]}",
      "f:2:21: $.spec.containers[0]: expected a container, found \"app\""
    ),
    (
      "kind: Pod\nspec: {containers: [{}]}",
      "f:2:21: $.spec.containers[0].name: expected the container's name, found none"
    ),
    (
      "kind: Pod\nspec: {initContainers: [{name: a}], containers: [{name: a}]}",
      "f:2:57: $.spec.containers[0].name: expected a name that no other container of the pod has, found \"a\""
    ),
    (
      pod("5"),
      "f:1:81: $.spec.containers[0].securityContext: expected the container's security settings, found the number 5"
    ),
    (
      pod("{privileged: \"true\"}"),
      "f:1:94: $.spec.containers[0].securityContext.privileged: expected true or false, found \"true\""
    ),
    (
      pod("{capabilities: {add: [FLY]}}"),
      "f:1:103: $.spec.containers[0].securityContext.capabilities.add[0]: expected a capability without CAP_, such as NET_ADMIN, or ALL, found \"FLY\""
    ),
    (
      pod("{capabilities: {drop: [CAP_CHOWN]}}"),
      "f:1:104: $.spec.containers[0].securityContext.capabilities.drop[0]: expected a capability without CAP_, such as NET_ADMIN, or ALL, found \"CAP_CHOWN\""
    ),
    (
      pod("{seccompProfile: RuntimeDefault}"),
      "f:1:98: $.spec.containers[0].securityContext.seccompProfile: expected a seccompProfile: a mapping with a type, found \"RuntimeDefault\""
    ),
    (
      pod("{seccompProfile: {}}"),
      "f:1:98: $.spec.containers[0].securityContext.seccompProfile.type: expected the profile's type: \(types), found none"
    ),
    (
      pod("{seccompProfile: {type: runtimeDefault}}"),
      "f:1:105: $.spec.containers[0].securityContext.seccompProfile.type: expected \(types), found \"runtimeDefault\""
    ),
    (
      pod("{seccompProfile: {type: Localhost}}"),
      "f:1:98: \(local): expected the path of the profile, because the type is Localhost, found none"
    ),
    (
      pod("{seccompProfile: {type: Localhost, localhostProfile: 5}}"),
      "f:1:134: \(local): expected the path of the profile, a string, found the number 5"
    ),
    (
      pod("{seccompProfile: {type: Localhost, localhostProfile: ''}}"),
      "f:1:134: \(local): expected a path below the directory of profiles, found an empty path: \"\""
    ),
    (
      pod("{seccompProfile: {type: Localhost, localhostProfile: /a.json}}"),
      "f:1:134: \(local): expected a path relative to the directory of profiles, found an absolute path: \"/a.json\""
    ),
    (
      pod("{seccompProfile: {type: Localhost, localhostProfile: a/../../b}}"),
      "f:1:134: \(local): expected a path without '..', found one that goes up: \"a/../../b\""
    ),
    (
      pod("{seccompProfile: {type: RuntimeDefault, localhostProfile: a.json}}"),
      "f:1:139: \(local): expected no localhostProfile where the type is \"RuntimeDefault\", found \"a.json\""
    ),
    (
      "{kind: Pod, spec: {os: {name: windows}, securityContext: {seccompProfile: {type: Unconfined}}, containers: []}}",
      "f:1:75: $.spec.securityContext.seccompProfile: expected no seccompProfile in a pod for Windows, found one"
    ),
  ]

  @Test("that the API server would refuse are one error with the place", arguments: wrong)
  func faults(_ text: String, _ message: String) {
    do throws(ProfileError) {
      let document = try PodDocument.read(Array(text.utf8), source: "f")
      Issue.record("read as \(document.pods.count) pods")
    } catch {
      #expect(error.description == message)
    }
  }
}
