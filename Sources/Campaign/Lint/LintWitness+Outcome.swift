import Profiles
import SeccompModel

extension LintWitness.Claim: CustomStringConvertible {
  package var description: String {
    switch self {
    case .letThrough: "let through"
    case .refused: "refused"
    case .action(let action): "\(action)"
    }
  }

  /// Whether `outcome`, seen under the TRACE shield with `marker`, is what the claim says.
  func isBorneOut(by outcome: Outcome, marker: UInt16) -> Bool {
    let passed = outcome == .traced(message: UInt32(marker))
    switch self {
    case .letThrough: return passed
    case .refused: return !passed && outcome != .hung && outcome != .lost
    case .action(let action):
      switch action {
      case .allow, .log: return passed
      // The kernel caps an errno at MAX_ERRNO (kernel/seccomp.c).
      case .errno(let data): return outcome == .returned(-Int64(min(data, 4095)))
      case .killThread, .killProcess, .unknown: return outcome == .died(signal: 31)
      case .trap:
        if case .trapped = outcome { return true }
        return false
      case .trace(let data): return outcome == .traced(message: UInt32(data))
      // ENOSYS: nobody listens.
      case .notify: return outcome == .returned(-38)
      }
    }
  }
}

extension Outcome {
  /// What happened, in words, to a call made under the TRACE shield with `marker`.
  func lintWords(marker: UInt16) -> String {
    switch self {
    case .traced(UInt32(marker)): "let through"
    case .traced(let message): "stopped for a tracer, message \(message)"
    case .returned(let value) where (-4095..<0).contains(value):
      "failed with errno \(-value)" + (errnoName(Int(-value)).map { " (\($0))" } ?? "")
    case .returned(let value): "returned \(value) without being made"
    case .died(let signal): "killed by signal \(signal)" + (signal == 31 ? " (SIGSYS)" : "")
    case .trapped: "SIGSYS to its handler"
    case .hung: "did not come back"
    case .lost: "was lost"
    }
  }
}
