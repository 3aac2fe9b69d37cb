/// What changed from one report of a suite to another.
package struct SuiteComparison: Codable, Hashable, Sendable {
  package var before: Side
  package var after: Side
  /// In the order of the report in which they stand.
  package var changes: [Change]

  /// One of the reports.
  package struct Side: Codable, Hashable, Sendable {
    /// The file.
    package var source: String
    package var suite: String
    package var properties: [SuiteReport.Property]
    package var counts: [String: Int]
  }

  package enum Kind: String, Codable, Hashable, Sendable, CaseIterable {
    case newFailure, fixed, newlySkipped, noLongerSkipped, changed, onlyBefore, onlyAfter
  }

  package struct Change: Codable, Hashable, Sendable {
    package var name: String
    package var group: String
    package var claim: String
    package var kind: Kind
    package var before: SuiteReport.Verdict?
    package var after: SuiteReport.Verdict?
    /// Why it is as it is now; of one that is only before, why it was so.
    package var reason: String
  }

  package init(_ before: SuiteReport, from source: String, _ after: SuiteReport, from other: String) {
    self.before = Side(before, source)
    self.after = Side(after, other)
    let known = Dictionary(before.results.map { ($0.name, $0) }) { first, _ in first }
    let names = Set(after.results.map(\.name))
    changes =
      after.results.compactMap { Change(known[$0.name], $0) }
      + before.results.filter { !names.contains($0.name) }.compactMap { Change($0, nil) }
  }

  package var isEmpty: Bool { changes.isEmpty }

  package func changes(_ kind: Kind) -> [Change] { changes.filter { $0.kind == kind } }
}

extension SuiteComparison.Side {
  fileprivate init(_ report: SuiteReport, _ source: String) {
    self.source = source
    suite = report.suite
    properties = report.properties
    counts = Dictionary(
      uniqueKeysWithValues: SuiteReport.Verdict.allCases.map { ($0.rawValue, report.count(of: $0)) })
  }
}

extension SuiteComparison.Change {
  fileprivate init?(_ before: SuiteReport.Result?, _ after: SuiteReport.Result?) {
    guard let result = after ?? before, before?.verdict != after?.verdict else { return nil }
    name = result.name
    group = result.group
    claim = result.claim
    reason = result.reason
    self.before = before?.verdict
    self.after = after?.verdict
    kind =
      switch (before?.verdict, after?.verdict) {
      case (nil, _): .onlyAfter
      case (_, nil): .onlyBefore
      case (let old?, let new?) where new.isFailure && !old.isFailure: .newFailure
      case (let old?, .pass?) where old.isFailure: .fixed
      case (_, .skip?): .newlySkipped
      case (.skip?, _): .noLongerSkipped
      default: .changed
      }
  }
}
