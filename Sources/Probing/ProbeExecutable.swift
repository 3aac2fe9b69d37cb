import Foundation

/// Where the probe's ELF is: the build puts it into this module's resources, beside the running executable.
package enum ProbeExecutable {
  /// Names another file, for an installed program.
  static let environmentVariable = "CROSSCHECK_PROBE"

  package static func path() throws(ProbeError) -> String {
    if let named = ProcessInfo.processInfo.environment[environmentVariable], !named.isEmpty {
      guard FileManager.default.isExecutableFile(atPath: named) else {
        throw .executableMissing(searched: [named])
      }
      return named
    }
    // Not Bundle.module, which ends the process when the resources are missing.
    let name = "seccomp-crosscheck_Probing.resources/crosscheck-probe"
    let candidates = [Bundle.main.executableURL, URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()]
      .compactMap { $0?.deletingLastPathComponent().appending(path: name).path }
    guard let found = candidates.first(where: FileManager.default.isExecutableFile(atPath:)) else {
      throw .executableMissing(searched: candidates)
    }
    return found
  }
}
