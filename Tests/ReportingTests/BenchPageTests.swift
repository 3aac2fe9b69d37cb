import Foundation
import Testing

@testable import Overhead
@testable import Reporting

@Suite("A measurement's page")
struct BenchPageTests {
  private static func figure(
    _ id: String, _ group: Figure.Group, _ value: Double, spread: Double = 0.5, isResolved: Bool = true
  ) -> FigureResult {
    let interval = Interval(low: value - spread, high: value + spread)
    return FigureResult(
      id: id, title: "figure \(id)", group: group, unit: "ns", isDifference: true, estimate: value,
      interval: interval, within: interval, floor: 0.2, isResolved: isResolved)
  }

  private static func text(_ report: BenchReport, _ comparison: BenchComparison? = nil) -> String {
    BenchPage(report, comparison: comparison, written: Date(timeIntervalSince1970: 0)).page.rendered()
  }

  @Test("says of a difference in the noise that it is not resolved, as the text does")
  func unresolved() {
    let hidden = Self.figure("hidden", .entry, 0.123, isResolved: false)
    #expect(BenchPage.words(hidden) == "not resolved (±0.623 ns)")
    #expect(BenchPage.words(Self.figure("seen", .entry, 27)) == "27.00 ns [26.50, 27.50]")
  }

  @Test(
    "tells every figure that no picture has: those of stacks without a place, and those beyond a logarithm")
  func told() {
    var report = BenchTextTests.report
    report.figures += [
      Self.figure("stack.cached", .stack, 3), Self.figure("install.0", .installation, 0.3),
    ]
    let text = Self.text(report)
    #expect(text.contains("Figure stack.cached: 3.00 ns [2.50, 3.50]."))
    #expect(
      text.contains("Figure install.0: 0.300 ns [-0.200, 0.800], which a logarithmic axis cannot show."))
  }

  @Test("says how many calls are not in the picture")
  func calls() {
    var report = BenchTextTests.report
    func row(_ index: Int, _ figure: FigureResult?) -> BenchReport.Subject.Row {
      .init(call: "call\(index)", count: .max, costs: [.init(answer: "cached", figure: figure)])
    }
    let priced = (0..<43).map { row($0, Self.figure("f\($0)", .profile, 10)) }
    report.subject = BenchReport.Subject(
      profile: "p", workload: "w", calls: .max, variants: ["profile"], rows: priced + [row(99, nil)])
    #expect(
      Self.text(report).contains(
        "Not in the picture: 3 less costly kinds of calls, and 1 that have no cost under any of the filters"))
    // The sum of these counts is beyond all integers.
    #expect(BenchText(report).text.contains("18,446,744,073,709,551,615 calls of 44 kinds"))
    report.subject?.rows.removeLast(4)
    #expect(!Self.text(report).contains("Not in the picture"))
  }

  @Test("names the figures that only one of two runs has")
  func missing() {
    var old = BenchTextTests.report
    old.figures.append(Self.figure("only-here", .entry, 1))
    let report = BenchTextTests.report
    let text = Self.text(report, BenchComparison(old: old, new: report))
    #expect(text.contains("In one of the two only: only-here."))
  }
}
