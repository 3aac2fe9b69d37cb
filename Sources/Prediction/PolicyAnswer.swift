public import SeccompModel

/// What a policy says of one call.
public enum PolicyAnswer: Hashable, Sendable {
  /// One verdict follows from the policy's text; `by` names the first rule that gives it.
  case decided(Verdict, by: Decision)
  /// The text leaves open which of these it is: at least two, no verdict twice.
  case contested([Possibility])

  /// Whether a filter that returns `verdict` does what the policy says, or, where that is contested, one of the
  /// things it may say. Data bits that the action does not read make no difference.
  public func permits(_ verdict: Verdict) -> Bool {
    switch self {
    case .decided(let answer, _): answer.asksTheSame(as: verdict)
    case .contested(let possibilities): possibilities.contains { $0.verdict.asksTheSame(as: verdict) }
    }
  }

  /// The verdicts that the policy's text permits.
  public var verdicts: [Verdict] {
    switch self {
    case .decided(let answer, _): [answer]
    case .contested(let possibilities): possibilities.map(\.verdict)
    }
  }
}

/// One verdict that a contested policy may mean, and everyone who says so.
public struct Possibility: Hashable, Sendable {
  public var verdict: Verdict
  public var by: [Decision]

  public init(verdict: Verdict, by: [Decision]) {
    self.verdict = verdict
    self.by = by
  }
}

/// Which part of a policy gives a verdict.
public enum Decision: Hashable, Sendable {
  /// The rule at this index of the oracle's rules.
  case rule(Int)
  /// No rule matches.
  case defaultAction
  /// The call belongs to no architecture that the policy lists.
  case badArchitecture
  /// What stands before the filter proper answers: ``UnknownCallStub``.
  case prologue
}

extension Verdict {
  /// The verdict without data bits that its action does not read.
  package var meaning: Verdict { Verdict(rawValue: Verdict.meaning(of: rawValue)) }

  /// Whether the kernel does the same for both: the data bits count only where the action reads them.
  package func asksTheSame(as other: Verdict) -> Bool {
    Verdict.meaning(of: rawValue) == Verdict.meaning(of: other.rawValue)
  }

  /// A filter's return value without data that the kernel ignores: SECCOMP_RET_TRAP, SECCOMP_RET_ERRNO and
  /// SECCOMP_RET_TRACE read their data, no other action does (seccomp(2)).
  @inline(__always)
  static func meaning(of rawValue: UInt32) -> UInt32 {
    let actionBits = rawValue & 0xffff_0000
    switch actionBits {
    case 0x0003_0000, 0x0005_0000, 0x7ff0_0000: return rawValue
    default: return actionBits
    }
  }
}
