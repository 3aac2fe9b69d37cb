package import Overhead

/// Two measurements side by side.
package struct BenchComparisonText {
  private let comparison: BenchComparison

  package init(_ comparison: BenchComparison) { self.comparison = comparison }

  package var text: String {
    var page = TextPage()
    let different = different
    page.heading(
      different.isEmpty
        ? "Against the older run: no difference in \(Numbers.counted(comparison.rows.count, "figure"))"
        : "Against the older run: \(different.count) of \(Numbers.counted(comparison.rows.count, "figure")) differ"
    )
    page.table(
      different.map { row in
        [
          row.title, Self.values(row),
          "\(row.difference < 0 ? "" : "+")\(BenchText.number(row.difference)) "
            + "[\(BenchText.number(row.interval.low)), \(BenchText.number(row.interval.high))]",
        ]
      }, rightAligned: [])
    if !comparison.environment.isEmpty {
      page.paragraph(
        "Not the same besides: \(comparison.environment.joined(separator: "; "))", hanging: 2)
    }
    if !comparison.missing.isEmpty {
      page.paragraph("In one of the two only: \(comparison.missing.joined(separator: ", "))", hanging: 2)
    }
    return page.text
  }

  /// A line for each figure that differs.
  package var lines: [String] { different.map { "differs: \($0.title): \(Self.values($0))" } }

  private var different: [BenchComparison.Row] { comparison.rows.filter(\.isDifferent) }

  private static func values(_ row: BenchComparison.Row) -> String {
    "\(BenchText.number(row.old)) → \(BenchText.number(row.new)) \(row.unit)"
  }
}
