import Foundation
import Glibc
import Subprocess
import SystemPackage

/// The built command with all that it needs, copied to where nobody may run it: a build directory may be closed to
/// others.
struct ToolForNobody {
  /// `nobody` and `nogroup` of Debian's base-passwd; the numbers are what counts.
  private static let id: UInt32 = 65534
  private let scratch: Scratch

  /// Where the runs work; nobody may write there.
  var directory: String { scratch.path + "/work" }

  init() throws {
    scratch = try Scratch()
    let manager = FileManager.default
    for name in ["crosscheck", "crosscheck-compiler", "seccomp-crosscheck_Probing.resources"] {
      try manager.copyItem(
        at: Tool.directory.appending(path: name), to: URL(filePath: scratch.path).appending(path: name))
    }
    try manager.createDirectory(atPath: directory, withIntermediateDirectories: true)
    chmod(scratch.path, 0o755)
    if geteuid() == 0 { chown(directory, Self.id, Self.id) }
  }

  /// Runs the copy as nobody; as the caller if that is no root either.
  func run(_ words: [String]) async throws -> Tool.Run {
    let tool = scratch.path + "/crosscheck"
    let command =
      geteuid() == 0
      ? ["setpriv", "--reuid", "\(Self.id)", "--regid", "\(Self.id)", "--clear-groups", tool] : [tool]
    let result = try await Subprocess.run(
      .name(command[0]), arguments: Arguments(command.dropFirst() + words),
      workingDirectory: FilePath(directory), output: .string(limit: 1 << 24), error: .string(limit: 1 << 20))
    return Tool.Run(result.terminationStatus, output: result.standardOutput, errors: result.standardError)
  }
}
