internal import Glibc
package import Profiles

/// Why nothing was captured. What a runtime refuses is no error but a capture's ending.
package enum RuntimeError: Error, Hashable, Sendable, CustomStringConvertible {
  case notInstalled(RuntimeName)
  /// It is installed, but something that it needs is not.
  case incomplete(runtime: String, lacks: String)
  case needsRoot
  case badTemplate(String, reason: String)
  /// A template's program.
  case noSuchProgram(String)
  /// What was to be installed cannot be given to this runtime.
  case sourceNotSupported(runtime: String, source: String)
  /// The profile cannot be read, and so not be said in the runtime's own language.
  case badProfile(ProfileError)
  /// The runtime's own language has no words for a part of the profile.
  case notExpressible(runtime: String, what: String)
  case guardianNotFound(searched: [String])
  /// The guardian came to an end before its work did.
  case guardianEnded(Capture.Ending?)
  /// What it reports does not hold together.
  case badReport(String)
  /// A command that prepares the runtime (a daemon, an image) did not do so.
  case stepFailed(command: String, ending: Capture.Ending, errors: String)
  /// The run is over, and something of it remains.
  case leftBehind(String)
  case system(operation: String, errno: Int32)

  package var description: String {
    switch self {
    case .notInstalled(let name):
      "\(name.rawValue): there is no program \(name.program) in PATH or the system's directories; \(name.howToInstall)"
    case .incomplete(let runtime, let lacks): "\(runtime): it is installed, but it lacks \(lacks)"
    case .needsRoot: "starting a container runtime and reading its filters takes root (CAP_SYS_ADMIN)"
    case .badTemplate(let template, let reason): "the command '\(template)': \(reason)"
    case .noSuchProgram(let name): "there is no program \(name) that can be executed"
    case .sourceNotSupported(let runtime, let source): "\(runtime) cannot be given \(source)"
    case .badProfile(let error): error.description
    case .notExpressible(let runtime, let what): "\(runtime) has no words for \(what)"
    case .guardianNotFound(let searched):
      "the program \(GuardianLocation.program) is missing; searched: \(searched.joined(separator: ", "))"
    case .guardianEnded(let ending):
      "\(GuardianLocation.program) \(ending.map { "\($0)" } ?? "did not end") before it had told what it saw"
    case .badReport(let what): "\(GuardianLocation.program) reported nonsense: \(what)"
    case .stepFailed(let command, let ending, let errors):
      "preparing the runtime: '\(command)' \(ending)" + (errors.isEmpty ? "" : ": \(errors)")
    case .leftBehind(let what): "cleaning up after the runtime did not remove \(what)"
    case .system(let operation, 0): "cannot \(operation)"
    case .system(let operation, let errno): "cannot \(operation): \(String(cString: strerror(errno)))"
    }
  }
}
