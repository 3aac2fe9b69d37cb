/// A measurement and what it is beside an older one, as JSON: the measurement's own fields, and `comparison`. It is read as a
/// measurement too.
package struct ComparedReport: Encodable {
  private let report: BenchReport
  private let comparison: BenchComparison?

  package init(_ report: BenchReport, _ comparison: BenchComparison?) {
    self.report = report
    self.comparison = comparison
  }

  private enum Keys: CodingKey { case comparison }

  package func encode(to encoder: any Encoder) throws {
    try report.encode(to: encoder)
    var container = encoder.container(keyedBy: Keys.self)
    try container.encodeIfPresent(comparison, forKey: .comparison)
  }
}
