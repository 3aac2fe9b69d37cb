import Foundation

@testable import Targets

/// A container without a guardian: under one the payload is exempt from its filters, so that what becomes of it is nothing
/// that they decide; and it is traced already, so that nobody else can read its filters.
struct ClaimContainer {
  private let scratch: Scratch
  private let runtime: [String]
  private let id = "crosscheck-claim-\(UUID().uuidString)"

  /// The exit status of the runtime.
  static func status(of payload: ClaimPayload, profile: String, on runtime: RuntimeProgram) throws -> Int32 {
    let container = try ClaimContainer(payload, profile: profile, on: runtime)
    defer { container.remove() }
    return try container.run("run", "--bundle", container.bundle)
  }

  /// Runs the payload, and `body` with its process id meanwhile. Nil for a profile: no filter.
  static func whileRunning(
    _ payload: ClaimPayload, profile: String?, on runtime: RuntimeProgram,
    _ body: (Int32) async throws -> Void
  ) async throws {
    let container = try ClaimContainer(payload, profile: profile, on: runtime)
    defer { container.remove() }
    let file = container.scratch.path + "/pid"
    let status = try container.run("run", "--detach", "--pid-file", file, "--bundle", container.bundle)
    guard status == 0, let process = Int32(try String(contentsOfFile: file, encoding: .utf8)) else {
      throw CocoaError(.executableLoad)
    }
    try await body(process)
  }

  private var bundle: String { scratch.path + "/bundle" }

  private init(_ payload: ClaimPayload, profile: String?, on runtime: RuntimeProgram) throws {
    scratch = try Scratch()
    let bundle = scratch.path + "/bundle"
    let root = bundle + "/rootfs"
    let manager = FileManager.default
    // The directories that runc and crun want to be there.
    for directory in ["/proc", "/dev"] {
      try manager.createDirectory(atPath: root + directory, withIntermediateDirectories: true)
    }
    let program = root + RuntimePlace.payloadInside
    try manager.copyItem(atPath: try payload.path(), toPath: program)
    for path in [program, scratch.path, bundle, root] {
      try manager.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    }
    let text = try profile.map {
      Array(try Data(contentsOf: URL(filePath: "\(ClaimsDocument.corpus)/\($0).json")))
    }
    _ = try scratch.file(
      "bundle/config.json", OCIBundle.config(seccomp: text, noNewPrivileges: true, cgroup: "/\(id)"))

    // crun gives up where both versions of control groups are mounted; here it sees one.
    let show = "umount /sys/fs/cgroup/unified 2>/dev/null; exec \"$@\""
    var words = ["unshare", "-m", "--propagation", "private", "sh", "-c", show, "sh", runtime.path]
    words += ["--root", scratch.path + "/state"]
    if runtime.kind == .named(.crun) { words.append("--cgroup-manager=disabled") }
    self.runtime = words
  }

  private func remove() { _ = try? run("delete", "--force") }

  private func run(_ words: String...) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/timeout")
    process.arguments = ["--kill-after=2", "20"] + runtime + words + [id]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }
}
