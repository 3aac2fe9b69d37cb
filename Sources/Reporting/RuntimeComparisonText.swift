package import Campaign

/// Where runtimes differ under one profile, for people.
package struct RuntimeComparisonText {
  let comparison: RuntimeComparison

  package init(_ comparison: RuntimeComparison) { self.comparison = comparison }

  package var text: String {
    var page = TextPage()
    let names = comparison.reports.map { RuntimeWords.name(of: $0.runtime) }.joined(separator: ", ")
    page.paragraph("\(comparison.source) under \(names): \(headline)", indent: 0, hanging: 2)
    page.blank()
    for report in comparison.reports {
      page.entry(report.runtime.name, RuntimeText(report).headline)
    }
    page.entry("Took", Numbers.seconds(comparison.seconds))
    for difference in comparison.differences { write(difference, to: &page) }
    writeUnexplained(to: &page)
    return page.text
  }

  private var headline: String {
    comparison.differences.isEmpty
      ? "they do the same." : "\(Numbers.counted(comparison.differences.count, "difference"))."
  }

  private func write(_ difference: RuntimeComparison.Difference, to page: inout TextPage) {
    let cause =
      difference.clauses.isEmpty ? "nothing explains this" : difference.clauses.joined(separator: ", ")
    page.heading("\(Self.title(of: difference.kind)): \(cause)")
    for sentence in difference.sentences { page.paragraph(sentence) }
    let width = (difference.sides.map(\.runtime.count).max() ?? 0) + 2
    for side in difference.sides {
      page.paragraph(
        side.runtime.filled(to: width).replacing(" ", with: "\u{a0}") + side.does, indent: 4, hanging: width)
    }
    if let witness = difference.witness {
      page.paragraph(
        "for \(Numbers.counted(difference.calls, "call")) of those made, for example \(witness)", indent: 4,
        hanging: 2)
    }
  }

  private static func title(of kind: RuntimeComparison.Difference.Kind) -> String {
    switch kind {
    case .outcome: "Starting"
    case .installation: "Installing"
    case .answers: "Answers"
    }
  }

  /// What is wrong with one of them, whatever the other does.
  private func writeUnexplained(to page: inout TextPage) {
    for report in comparison.reports where report.differences.contains(where: { $0.known == nil }) {
      page.heading("\(report.runtime.name) by itself")
      page.line(RuntimeText(report).line)
    }
  }
}
