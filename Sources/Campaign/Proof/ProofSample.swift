/// What proof and samples came to on one generated profile.
package struct ProofSample: Sendable {
  package enum Answer: Hashable, Sendable {
    /// Policy and filter agree on every input.
    case proved
    /// Not on those that were told, and on every other.
    case differs
    /// The solver did not get through.
    case unknown(String)
  }

  /// The number of the case.
  package var number: UInt64
  package var answer: Answer
  /// Regions that differ, and those that the text leaves open.
  package var regions = (differing: 0, contested: 0)
  /// Regions whose condition is told in part, as it has more alternatives than anybody reads.
  package var inPart = 0
  /// What differs, in words; one of the regions.
  package var difference: String?
  /// Inputs that evaluator and oracle answered; how many of them the filter answers otherwise than is right, and how many
  /// the text leaves open.
  package var inputs = 0
  package var wrong = 0
  package var contested = 0
  /// Witnesses whose calls this kernel was asked for, and those that it answered as the filter says.
  package var witnesses = 0
  package var confirmed = 0
  /// Witnesses that no process here can call, by reason.
  package var notMade: [String: Int] = [:]
  /// Where proof and samples, or filter and kernel, contradict each other.
  package var disagreements: [String] = []
  package var proofSeconds = 0.0
  package var sampleSeconds = 0.0

  package init(number: UInt64, answer: Answer) {
    self.number = number
    self.answer = answer
  }
}
