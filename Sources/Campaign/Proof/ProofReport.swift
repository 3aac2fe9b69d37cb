/// What proofs over all inputs came to, with what this kernel did with a witness for every difference.
package struct ProofReport: Codable, Hashable, Sendable {
  package var source: String
  package var environment: RunEnvironment
  /// The solver and its version.
  package var solver: String
  package var seconds: Double
  package var comparisons: [Comparison]
  /// Comparisons of 64 bits where the kernel reads 32. Policy and filter agree on them: they are no differences.
  package var widths: [Width] = []
  /// What could not be told besides.
  package var limits: [String] = []

  package init(
    source: String, environment: RunEnvironment, solver: String, seconds: Double, comparisons: [Comparison]
  ) {
    self.source = source
    self.environment = environment
    self.solver = solver
    self.seconds = seconds
    self.comparisons = comparisons
  }

  package var isProved: Bool { comparisons.allSatisfy(\.isProved) }

  /// Calls that this kernel was asked for and answered otherwise than a filter says.
  package var refuted: Int {
    let regions = comparisons.flatMap { $0.differences + $0.contested }
    return (regions.map(\.witness) + widths.flatMap { [$0.wide, $0.narrow] }).count(where: \.isRefuted)
  }

  /// Everything is proved and told, and the kernel contradicts none of it.
  package var passes: Bool { isProved && limits.isEmpty && refuted == 0 }

  /// Two sides over all inputs.
  package struct Comparison: Codable, Hashable, Sendable {
    package var one: String
    package var other: String
    /// No input is answered otherwise than is right.
    package var isProved: Bool
    /// Why nothing is proved; nil when everything there is was told.
    package var unfinished: String?
    package var differences: [Region]
    /// Where rules of a policy disagree, so that several answers are right: what else it is compared with takes one.
    package var contested: [Region]
  }

  /// Calls that are answered alike by each side.
  package struct Region: Codable, Hashable, Sendable {
    package var calls: [Calls]
    /// Which of these calls: `a0 == 0 and 3 < a2 <= 0x29`
    package var condition: String
    /// Whether ``condition`` is all there is to say.
    package var isExact: Bool
    /// Verdicts, more than one where a policy permits several.
    package var one: [String]
    package var other: [String]
    /// What it is whichever of the permitted verdicts each side gives.
    package var leaning: Leaning
    /// What it can be: ``leaning`` alone, but where that is open.
    package var leanings: [Leaning]
    package var witness: Witness
  }

  /// Names or numbers that have the same ABIs: `clone`, `number > 436`.
  package struct Calls: Codable, Hashable, Sendable {
    package var names: [String]
    package var abis: [String]
  }

  /// Which side lets more through: running a call is more than asking a tracer or a supervisor, and that is more than any
  /// refusal.
  package enum Leaning: String, Codable, Hashable, Sendable {
    case oneAllows, otherAllows
    /// Both refuse, or both ask, or both let run; in another way each.
    case alike
    /// A text permits several verdicts, and which side lets more through depends on which it is.
    case open
  }

  package struct Witness: Codable, Hashable, Sendable {
    /// The call in words.
    package var call: String
    package var number: UInt32
    package var architecture: UInt32
    /// Full registers, hexadecimal.
    package var arguments: [String]
    package var instructionPointer: String
    /// Of each side that is a filter what the kernel did with the call under it.
    package var one: Trial?
    package var other: Trial?
    /// Why the call was not made.
    package var notMade: String?

    /// Whether a kernel was asked and did otherwise than a filter says.
    package var isRefuted: Bool { one?.isBorneOut == false || other?.isBorneOut == false }
  }

  package struct Trial: Codable, Hashable, Sendable {
    package var outcome: String
    /// Whether that is what the filter says.
    package var isBorneOut: Bool
  }
}
