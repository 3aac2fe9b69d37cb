import Foundation
import Glibc
import Testing

@Suite("pod", .timeLimit(.minutes(30)))
struct PodTests {
  private static let profile =
    #"{"defaultAction": "SCMP_ACT_ALLOW", "syscalls": [{"names": ["getcwd"], "action": "SCMP_ACT_ERRNO", "errnoRet": 99}]}"#
  /// In Docker's form: `chroot` and `bpf` each take a capability.
  private static let docker = """
    {"defaultAction": "SCMP_ACT_ERRNO", "archMap": [{"architecture": "SCMP_ARCH_X86_64", "subArchitectures": ["SCMP_ARCH_X86"]}],
     "syscalls": [
      {"names": ["read"], "action": "SCMP_ACT_ALLOW"},
      {"names": ["chroot"], "action": "SCMP_ACT_ALLOW", "includes": {"caps": ["CAP_SYS_CHROOT"]}},
      {"names": ["bpf"], "action": "SCMP_ACT_ALLOW", "includes": {"caps": ["CAP_BPF"]}}]}
    """

  /// A node: profiles below `root`, and the runtime's own.
  private struct Node {
    let scratch: Scratch
    let root: String
    let words = ["--profile-root", "root", "--runtime-default", "default.json"]

    init() throws {
      scratch = try Scratch()
      root = scratch.path + "/root"
      try FileManager.default.createDirectory(atPath: root + "/profiles", withIntermediateDirectories: true)
      _ = try scratch.file("root/profiles/app.json", PodTests.profile)
      _ = try scratch.file("default.json", PodTests.docker)
    }

    func run(_ pod: String, _ more: [String] = []) async throws -> Tool.Run {
      try await Tool.run(["pod", "pod.yaml"] + words + more, in: try directory(of: pod))
    }

    private func directory(of pod: String) throws -> String {
      _ = try scratch.file("pod.yaml", pod)
      return scratch.path
    }
  }

  /// A pod with one container, with this securityContext.
  private static func pod(_ security: String, of name: String = "app") -> String {
    "kind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n  - name: \(name)\n    securityContext: \(security)\n"
  }
  private static let local = "{seccompProfile: {type: Localhost, localhostProfile: profiles/app.json}}"

  @Test("tells of every container what applies and why")
  func text() async throws {
    let node = try Node()
    let run = try await node.run(
      """
      kind: Deployment
      metadata: {name: web, namespace: shop}
      spec:
        template:
          spec:
            securityContext: {seccompProfile: {type: RuntimeDefault}}
            initContainers:
            - {name: setup, securityContext: {privileged: true}}
            containers:
            - {name: app, securityContext: \(Self.local)}
            - {name: logs, securityContext: {capabilities: {drop: [ALL]}}}
      ---
      {kind: Service, metadata: {name: web}}
      """)
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.errors.isEmpty)
    try Snapshot.expect(run.output, "pod.txt")
  }

  @Test(
    "The kubelet's default changes what applies where nothing is said; --require-confined is status 1 where nothing applies"
  )
  func kubelet() async throws {
    let node = try Node()
    for (words, status, text) in [
      ([], Int32(0), "UNCONFINED: neither"), (["--require-confined"], 1, "UNCONFINED: neither"),
      (["--require-confined", "--seccomp-default"], 0, "RuntimeDefault: neither"),
    ] {
      let run = try await node.run(Self.pod("{}"), words)
      #expect(run.status == status, "\(run.errors)")
      #expect(run.output.contains(text), "\(run.output)")
    }
  }

  @Test("Docker's form is resolved with the container's capabilities")
  func capabilities() async throws {
    let node = try Node()
    for (security, words, expected, missing) in [
      ("{seccompProfile: {type: RuntimeDefault}}", [], ["chroot"], ["bpf"]),
      ("{seccompProfile: {type: RuntimeDefault}, capabilities: {add: [BPF]}}", [], ["chroot", "bpf"], []),
      (
        "{seccompProfile: {type: RuntimeDefault}, capabilities: {drop: [ALL]}}", [], ["read"],
        ["chroot", "bpf"]
      ),
      ("{seccompProfile: {type: RuntimeDefault}}", ["--default-capability", "bpf"], ["bpf"], ["chroot"]),
    ] as [(String, [String], [String], [String])] {
      let run = try await node.run(Self.pod(security), ["--print-profile"] + words)
      #expect(run.status == 0, "\(run.errors)")
      for name in expected { #expect(run.output.contains("\"\(name)\"")) }
      for name in missing { #expect(!run.output.contains("\"\(name)\"")) }
      #expect(run.output.contains("SCMP_ARCH_X86\""))
    }
  }

  @Test("The profile of a container goes through a pipe into check and disasm")
  func pipe() async throws {
    let node = try Node()
    let printed = try await node.run(Self.pod(Self.local), ["--container", "app", "--print-profile"])
    #expect(printed.status == 0, "\(printed.errors)")
    let listing = try await Tool.run(["disasm", "--profile", "-"], input: printed.output)
    #expect(listing.status == 0)
    let direct = try await Tool.run(["disasm", "--profile", node.root + "/profiles/app.json"])
    #expect(listing.output == direct.output)
    let checked = try await Tool.run(
      ["check", "-", "--no-live"], input: printed.output, in: node.scratch.path)
    #expect(checked.status == 0, "\(checked.output)")
  }

  @Test("A container is chosen by its name, or by its object's and its own")
  func choice() async throws {
    let node = try Node()
    let two = Self.pod(Self.local) + "---\n" + Self.pod("{}").replacing("web", with: "db")
    let both = try await node.run(two, ["--container", "app", "--print-profile"])
    BadInputTests.expectRefusal(both)
    #expect(both.errors.contains("found 2: web/app, db/app"))
    let one = try await node.run(two, ["--container", "web/app", "--print-profile"])
    #expect(one.status == 0)
    let unconfined = try await node.run(two, ["--container", "db/app", "--print-profile"])
    BadInputTests.expectRefusal(unconfined)
    #expect(unconfined.errors.contains("container app of Pod db runs unconfined"))
    let none = try await node.run(two, ["--container", "api"])
    BadInputTests.expectRefusal(none)
    #expect(none.errors.contains("no container is named api"))
    let json = try await node.run(two, ["--container", "app", "--json"])
    let object = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
    let pods = try #require(object?["pods"] as? [[String: Any]])
    let containers = pods.compactMap { ($0["containers"] as? [[String: Any]])?.first }
    #expect(containers.map { $0["type"] as? String } == ["Localhost", "Unconfined"])
    #expect(containers.map { $0["confined"] as? Bool } == [true, false])
  }

  @Test("A profile that is not there, is no profile, or lies outside the root is refused with its name")
  func profiles() async throws {
    let node = try Node()
    _ = try node.scratch.file("outside.json", Self.profile)
    _ = try node.scratch.file("root/bad.json", #"{"defaultAction": "SCMP_ACT_MAIM"}"#)
    _ = try node.scratch.file(
      "root/config.json", #"{"ociVersion": "1.0.2", "linux": {"seccomp": \#(Self.profile)}}"#)
    let manager = FileManager.default
    try manager.createSymbolicLink(atPath: node.root + "/link.json", withDestinationPath: "../outside.json")
    try manager.createSymbolicLink(atPath: node.root + "/fine.json", withDestinationPath: "profiles/app.json")
    #expect(mkfifo(node.root + "/fifo", 0o600) == 0)
    let place =
      "pod.yaml:6:75: $.spec.containers[0].securityContext.seccompProfile.localhostProfile: expected "
    for (path, message) in [
      ("none.json", place + "a profile at "), ("link.json", place + "a profile below "),
      ("bad.json", "root/bad.json:1:19: $.defaultAction: expected "),
      ("config.json", "root/config.json:1:1: $: expected a profile by itself"), ("fifo", "a FIFO"),
      ("profiles", "a directory"),
    ] {
      let run = try await node.run(Self.pod(Self.local.replacing("profiles/app.json", with: path)))
      BadInputTests.expectRefusal(run)
      #expect(run.errors.contains(message), "\(run.errors)")
    }
    let inside = try await node.run(Self.pod(Self.local.replacing("profiles/app.json", with: "fine.json")))
    #expect(inside.status == 0, "\(inside.errors)")
    let root = try await node.run(Self.pod(Self.local), ["--profile-root", "/nonexistent"])
    BadInputTests.expectRefusal(root)
    #expect(root.errors.contains(place + "the node's directory of profiles"))
    let runtime = try await node.run(
      Self.pod("{seccompProfile: {type: RuntimeDefault}}"), ["--runtime-default", "/nonexistent"])
    BadInputTests.expectRefusal(runtime)
    #expect(runtime.errors.contains("--runtime-default"))
  }

  @Test("A Localhost profile in Docker's form comes with a note on containerd")
  func dockerForm() async throws {
    let node = try Node()
    _ = try node.scratch.file("root/docker.json", Self.docker)
    let run = try await node.run(Self.pod(Self.local.replacing("profiles/app.json", with: "docker.json")))
    #expect(run.status == 0)
    #expect(run.output.contains("note: the file is in Docker's form"))
  }

  @Test("Standard input is read; a FIFO, a directory and an empty file are refused at once")
  func input() async throws {
    let node = try Node()
    let read = try await Tool.run(["pod", "-"], input: Self.pod("{}"))
    #expect(read.status == 0)
    #expect(read.output.hasPrefix("<stdin>: 1 pod, 1 container, UNCONFINED.\n"))
    let fifo = node.scratch.path + "/fifo"
    #expect(mkfifo(fifo, 0o600) == 0)
    for (path, message) in [
      (fifo, "a FIFO"), (node.root, "a directory"),
      (try node.scratch.file("empty", ""), "expected a pod, found an empty file"),
      (node.root + "/none", "No such file"),
    ] {
      let run = try await Tool.run(["pod", path])
      BadInputTests.expectRefusal(run)
      #expect(run.errors.contains(message), "\(run.errors)")
    }
  }
}
