/// `diff`: which of two sides lets more through.
package struct SideDifference: Codable, Hashable, Sendable {
  package enum Relation: String, Codable, Hashable, Sendable {
    /// Proved: alike for every input that the texts decide.
    case equal
    /// The first lets through nothing that the second does not, and less.
    case oneStricter
    case otherStricter
    /// Each lets something through that the other does not.
    case incomparable
    /// Both let the same through and refuse the rest in another way.
    case sameAllowed
    /// They differ only in what their texts leave open.
    case equalButContested
    /// They differ, and for some calls it depends on what a text leaves open which lets more through.
    case open
    /// The solver did not get through: what is told is not all.
    case undecided
  }

  package var relation: Relation
  package var report: ProofReport

  /// - Parameter report: of one comparison.
  package init(_ report: ProofReport) {
    self.report = report
    let regions = report.comparisons.flatMap(\.differences)
    let leanings = Set(regions.map(\.leaning)), possible = Set(regions.flatMap(\.leanings))
    let isDecided = report.comparisons.allSatisfy { $0.unfinished == nil }
    // Whatever else there is, two directions are two.
    switch (leanings.contains(.oneAllows), leanings.contains(.otherAllows)) {
    case (true, true): relation = .incomparable
    case _ where !isDecided: relation = .undecided
    case (true, false) where !possible.contains(.otherAllows): relation = .otherStricter
    case (false, true) where !possible.contains(.oneAllows): relation = .oneStricter
    case _ where leanings.contains(.open): relation = .open
    case _ where !leanings.isEmpty: relation = .sameAllowed
    default: relation = report.comparisons.allSatisfy(\.contested.isEmpty) ? .equal : .equalButContested
    }
  }
}
