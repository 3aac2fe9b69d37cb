/// Something about a profile as written that probably is not what its author meant.
package struct LintRemark: Hashable, Sendable {
  /// The id of the ``LintRule`` that says it.
  package var rule: String
  package var severity: Severity
  /// The JSON path of the value at fault, such as `$.syscalls[1].names[3]`.
  package var path: String
  package var position: SourcePosition
  package var message: String
  /// What to write instead.
  package var fix: String
  /// Calls that show it; empty where ``withoutWitness`` says why there is none.
  package var witnesses: [LintWitness]
  package var withoutWitness: String?

  package enum Severity: String, Hashable, Sendable, CaseIterable, Comparable, Codable {
    /// Working as written, told because it surprises people.
    case note
    /// The author's intention is probably lost.
    case warning
    /// A protection that the text promises is not there, or the container does not start.
    case error

    package static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

    private var rank: Int {
      switch self {
      case .note: 0
      case .warning: 1
      case .error: 2
      }
    }
  }
}
