import Campaign
import Compilation
import Conformance
import Overhead
import Probing
import Profiles
import Reporting
import Targets

/// Why a command ends without an answer: what to print, in one line, and the exit status.
package struct Failure: Error, Equatable, Sendable {
  package var status: ExitStatus
  package var message: String

  package init(_ status: ExitStatus, _ message: String) {
    self.status = status
    self.message = message
  }

  /// The line for standard error, without its end.
  package var line: String {
    let words = message.split(whereSeparator: \.isNewline).joined(separator: " ")
    return "crosscheck: error: \(words.harmless)"
  }
}

extension Failure {
  /// Sorts the errors of the other rooms. What is in none of the known drawers is our bug.
  package init(_ error: any Error) {
    switch error {
    case let failure as Failure: self = failure
    case let error as ProfileError: self.init(.badInput, error.description)
    case let error as CompilerError: self.init(Self.status(of: error), error.description)
    case let error as ProbeError: self.init(Self.status(of: error), error.description)
    case let error as StorageError: self.init(Self.status(of: error), error.description)
    case let error as CampaignError: self.init(Self.status(of: error), error.description)
    case let error as InspectionError: self.init(Self.status(of: error), error.description)
    case let error as RuntimeError: self.init(Self.status(of: error), error.description)
    case let error as RuntimeCheckError: self.init(.badInput, error.description)
    case let error as OCIWriter.Inexpressible: self.init(.badInput, error.description)
    case let error as OCISuiteError: self.init(.usage, error.description)
    case let error as KernelSuiteError: self.init(.usage, error.description)
    case let error as ProofError: self.init(Self.status(of: error), error.description)
    case let error as OverheadError: self.init(Self.status(of: error), error.description)
    case let error as WorkloadError: self.init(.badInput, error.description)
    case let error as CountingError: self.init(Self.status(of: error), error.description)
    case let error as ReplayError: self.init(.badInput, error.description)
    default: self.init(.bug, "\(error) (a bug of crosscheck; please report it)")
    }
  }

  private static func status(of error: CompilerError) -> ExitStatus {
    switch error {
    case .workerNotFound, .libraryUnusable, .libraryTooOld, .workerEnded, .workerSilent, .system: .missing
    case .requestTooLarge: .badInput
    }
  }

  private static func status(of error: ProbeError) -> ExitStatus {
    switch error {
    case .executableMissing, .system, .diedAtStart, .setUp, .containedEnded, .containedSilent,
      .meterFailed, .meterEnded:
      .missing
    case .tooLarge, .unstable: .bug
    }
  }

  private static func status(of error: InspectionError) -> ExitStatus {
    switch error {
    case .noSuchProcess, .ended, .kernelThread: .badInput
    case .tracedBy, .notPermitted, .filtersNotPermitted, .notSupported, .doesNotStop, .system: .missing
    }
  }

  private static func status(of error: RuntimeError) -> ExitStatus {
    switch error {
    case .badTemplate: .usage
    case .sourceNotSupported, .badProfile, .notExpressible: .badInput
    case .guardianEnded, .badReport, .leftBehind: .bug
    case .notInstalled, .incomplete, .needsRoot, .noSuchProgram, .guardianNotFound, .stepFailed, .system:
      .missing
    }
  }

  private static func status(of error: ProofError) -> ExitStatus {
    switch error {
    case .noFilter: .badInput
    case .nothingInstalled: .missing
    }
  }

  private static func status(of error: OverheadError) -> ExitStatus {
    switch error {
    case .failed(_, let error): status(of: error)
    case .unexpected, .interrupted, .clockWentBack: .missing
    case .processor: .usage
    }
  }

  private static func status(of error: CountingError) -> ExitStatus {
    switch error {
    case .noCommand: .usage
    case .nothingCounted: .badInput
    case .notFound, .notExecutable, .notStarted, .counterNotFound, .system: .missing
    case .counterEnded: .bug
    }
  }

  private static func status(of error: CampaignError) -> ExitStatus {
    switch error {
    case .directoryInUse, .otherCorpus, .otherLibraries, .otherSubject: .usage
    case .nothingToResume: .badInput
    }
  }

  /// Content at fault is bad input, and so is a file that is not there; a disk or a directory that does not take
  /// what is written is something missing.
  private static func status(of error: StorageError) -> ExitStatus {
    if error.errno == nil { return .badInput }
    return error.operation == "reading" || error.operation == "opening" ? .badInput : .missing
  }
}
