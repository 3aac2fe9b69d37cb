package import Conformance

/// What changed between two reports of a suite, for people.
package struct SuiteComparisonText {
  let comparison: SuiteComparison

  package init(_ comparison: SuiteComparison) { self.comparison = comparison }

  private static let titles: [(SuiteComparison.Kind, String)] = [
    (.newFailure, "new failures"), (.fixed, "fixed"), (.changed, "otherwise changed"),
    (.newlySkipped, "newly skipped"), (.noLongerSkipped, "no longer skipped"),
    (.onlyBefore, "only before"), (.onlyAfter, "only after"),
  ]

  package var text: String {
    var lines = [line("before", comparison.before), line("after", comparison.after), ""]
    if comparison.isEmpty { lines.append("no difference") }
    var isFirst = true
    for (kind, title) in Self.titles {
      let changes = comparison.changes(kind)
      guard !changes.isEmpty else { continue }
      if !isFirst { lines.append("") }
      isFirst = false
      lines.append("\(title): \(changes.count)")
      for change in changes {
        let verdicts = [change.before, change.after].compactMap { $0?.rawValue }.joined(separator: " -> ")
        lines.append("  \(change.name) (\(verdicts)): \(change.claim)")
        if !change.reason.isEmpty { lines.append("    \(change.reason)") }
      }
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private func line(_ title: String, _ side: SuiteComparison.Side) -> String {
    let kernel = side.properties.first { $0.name == "kernel" }.map { ", kernel \($0.value)" } ?? ""
    let counts = SuiteReport.Verdict.allCases.compactMap { verdict -> String? in
      let count = side.counts[verdict.rawValue] ?? 0
      return count == 0 ? nil : "\(count) \(verdict.rawValue)"
    }
    return "\(title): \(side.source), \(side.suite)\(kernel): \(counts.joined(separator: ", "))"
  }
}
