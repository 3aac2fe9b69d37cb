package import Campaign

/// Which of two sides lets more through, for people.
package struct DifferenceText {
  let difference: SideDifference

  package init(_ difference: SideDifference) { self.difference = difference }

  package var text: String {
    var page = TextPage()
    for comparison in difference.report.comparisons { write(comparison, to: &page) }
    return page.text
  }

  private func write(_ comparison: ProofReport.Comparison, to page: inout TextPage) {
    let (one, other) = (comparison.one, comparison.other)
    page.paragraph(headline(one, other), indent: 0, hanging: 2)
    page.blank()
    EnvironmentText(difference.report.environment).write(to: &page)
    page.entry("Solver", "\(difference.report.solver), \(Numbers.seconds(difference.report.seconds))")
    if let reason = comparison.unfinished {
      page.paragraph("What follows is not all: \(reason).", hanging: 2)
    }
    for limit in difference.report.limits { page.paragraph("- " + limit, hanging: 2) }
    let titles: [(ProofReport.Leaning, String)] = [
      (.oneAllows, "\(one) lets more through"), (.otherAllows, "\(other) lets more through"),
      (.alike, "Neither lets more through"),
      (.open, "A text leaves open which lets more through"),
    ]
    for (leaning, title) in titles {
      write(comparison.differences.filter { $0.leaning == leaning }, title, comparison, to: &page)
    }
    let open = OpenRegions(comparison.contested)
    write(
      open.ofCalls, "Contested: the texts leave answers open, and not the same ones", comparison, to: &page)
    open.writeNumbers(comparison, to: &page)
  }

  private func write(
    _ regions: [ProofReport.Region], _ title: String, _ comparison: ProofReport.Comparison,
    to page: inout TextPage
  ) {
    guard !regions.isEmpty else { return }
    page.heading(title)
    for region in regions {
      page.blank()
      page.paragraph(RegionText.calls(region.calls), hanging: 2)
      RegionText(region, one: comparison.one, other: comparison.other).write(to: &page)
    }
  }

  /// Contested calls are told apart: who lets more of them through depends on what a text leaves open.
  private var proved: String {
    difference.report.comparisons.allSatisfy(\.contested.isEmpty)
      ? "proved" : "proved, but for contested calls"
  }

  private func headline(_ one: String, _ other: String) -> String {
    switch difference.relation {
    case .equal: "\(one) and \(other) are equal for all inputs (proved)."
    case .oneStricter: "\(one) is stricter than \(other): it lets nothing more through (\(proved))."
    case .otherStricter: "\(other) is stricter than \(one): it lets nothing more through (\(proved))."
    case .incomparable: "\(one) and \(other) are incomparable: each lets something more through."
    case .sameAllowed: "\(one) and \(other) let the same through (\(proved)), and refuse in other ways."
    case .open: "\(one) and \(other) differ, and a text leaves open which lets more through."
    case .equalButContested:
      "\(one) and \(other) are equal where rules agree (proved), and leave other answers open elsewhere."
    case .undecided: "\(one) and \(other): the solver did not get through; nothing is proved."
    }
  }
}
