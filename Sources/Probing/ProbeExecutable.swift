import Foundation

/// Where the probe's ELFs are: the build puts them into this module's resources, beside the running executable.
package enum ProbeExecutable: String {
  /// Makes calls under one stack of filters.
  case probe = "crosscheck-probe"
  /// Plays scripts.
  case stage = "crosscheck-stage"
  /// The actors of scripts as a 32-bit program.
  case stage32 = "crosscheck-stage-i386"
  /// Times one thing and ends.
  case meter = "crosscheck-meter"

  /// Names another file in place of the probe, for an installed program.
  static let environmentVariable = "CROSSCHECK_PROBE"

  package static func path() throws(ProbeError) -> String { try probe.path() }

  package func path() throws(ProbeError) -> String {
    if self == .probe, let named = ProcessInfo.processInfo.environment[Self.environmentVariable],
      !named.isEmpty
    {
      guard FileManager.default.isExecutableFile(atPath: named) else {
        throw .executableMissing(searched: [named])
      }
      return named
    }
    return try Self.resource(rawValue)
  }

  /// The path of one of this module's resources.
  static func resource(_ file: String) throws(ProbeError) -> String {
    // Not Bundle.module, which ends the process when the resources are missing.
    let name = "seccomp-crosscheck_Probing.resources/\(file)"
    let candidates = [Bundle.main.executableURL, URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()]
      .compactMap { $0?.deletingLastPathComponent().appending(path: name).path }
    guard let found = candidates.first(where: FileManager.default.isReadableFile(atPath:)) else {
      throw .executableMissing(searched: candidates)
    }
    return found
  }
}
