import Foundation

@testable import Targets

/// A container without a guardian: under one the payload is exempt from its filters, and what becomes of it is nothing that
/// they decide.
enum ClaimContainer {
  /// The exit status of the runtime.
  static func status(of payload: ClaimPayload, profile: String, on runtime: RuntimeProgram) throws -> Int32 {
    let scratch = try Scratch()
    let manager = FileManager.default
    try manager.createDirectory(
      atPath: scratch.path + "/bundle/rootfs/proc", withIntermediateDirectories: true)
    let program = scratch.path + "/bundle/rootfs" + RuntimePlace.payloadInside
    try manager.copyItem(atPath: try payload.path(), toPath: program)
    try manager.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
    for directory in [scratch.path, scratch.path + "/bundle", scratch.path + "/bundle/rootfs"] {
      try manager.setAttributes([.posixPermissions: 0o755], ofItemAtPath: directory)
    }
    let text = try Data(contentsOf: URL(filePath: "\(ClaimsDocument.corpus)/\(profile).json"))
    let id = "crosscheck-claim-\(UUID().uuidString)"
    let config = OCIBundle.config(seccomp: Array(text), noNewPrivileges: true, cgroup: "/\(id)")
    _ = try scratch.file("bundle/config.json", config)

    var words = [runtime.path, "--root", scratch.path + "/state"]
    if runtime.kind == .named(.crun) { words.append("--cgroup-manager=disabled") }
    // crun gives up where both versions of control groups are mounted; here it sees one.
    let show = "umount /sys/fs/cgroup/unified 2>/dev/null; exec \"$@\""
    let isolated = ["unshare", "-m", "--propagation", "private", "sh", "-c", show, "sh"]
    let status = try run(isolated + words + ["run", "--bundle", scratch.path + "/bundle", id])
    _ = try run(isolated + words + ["delete", "--force", id])
    return status
  }

  private static func run(_ words: [String]) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/timeout")
    process.arguments = ["--kill-after=2", "20"] + words
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }
}
