import Foundation
@testable import Overhead
import Testing

@testable import Reporting

@Suite("Measurements")
struct BenchTextTests {
  private static func figure(
    _ id: String, _ group: Figure.Group, _ value: Double, unit: String = "ns", place: Double? = nil,
    isResolved: Bool = true
  ) -> FigureResult {
    FigureResult(
      id: id, title: "the figure <\(id)>", group: group, unit: unit, place: place, isDifference: true,
      estimate: value, interval: Interval(low: value - 0.5, high: value + 0.5),
      within: Interval(low: value - 0.4, high: value + 0.4), floor: 0.2,
      isResolved: isResolved)
  }

  static var report: BenchReport {
    let lengths = [2, 102, 802].map {
      figure("length.\($0)", .length, 40 + 0.2 * Double($0), place: Double($0))
    }
    let stacks = [1, 2, 3].map { figure("stack.\($0)", .stack, 15 * Double($0), place: Double($0)) }
    return BenchReport(
      tool: "test", extent: "quick", environment: .detect(processor: 0), confidence: 0.99, rounds: 50,
      quietShare: 0.8,
      conditions: [], seconds: 12, noiseFloor: 0.2, controls: [figure("A/A", .control, 0, isResolved: false)],
      figures: [
        figure("entry", .entry, 27), figure("miss", .entry, 44),
        figure("hidden", .entry, 0.1, isResolved: false),
        figure("instruction", .length, 0.2, unit: "ns/instruction"),
        figure("filter", .stack, 15, unit: "ns/filter"), figure("denial.errno", .denials, 120),
        figure("install", .installation, 17_000),
      ] + lengths + stacks,
      relations: [
        RelationResult(
          title: "a ≈ b", kind: .about, difference: figure("r", .relations, 0.1), margin: 2,
          verdict: .undecided)
      ],
      distributions: [
        Distribution(
          title: "one", calls: 100, mean: 5,
          percentiles: [50, 90, 99, 99.9, 100].map { .init(percentile: $0, nanoseconds: 100 + $0) })
      ],
      memory: [MemoryResult(instructions: 2, filters: 10, bytes: FiveNumbers([1000, 2000, 3000]))],
      counts: [],
      skips: ["nothing was counted: <reason>"])
  }

  @Test("the first line is the answer; a difference in the noise has no number")
  func text() {
    let text = BenchText(Self.report).text
    #expect(
      text.hasPrefix("A filter costs 27.00 ± 0.500 ns a call where the cache answers, 44.00 ± 0.500 ns"))
    #expect(text.contains("and 0.200 ± 0.500 ns for each further instruction."))
    let hidden = text.split(separator: "\n").first { $0.contains("<hidden>") }
    #expect(hidden?.contains("not resolved") == true)
    #expect(hidden?.contains("0.100") == false)
    #expect(text.contains("undecided"))
    #expect(text.contains("nothing was counted: <reason>"))
  }

  @Test("the first line says so when its figures are lost in noise")
  func unresolved() {
    var report = Self.report
    report.figures[0].isResolved = false
    #expect(
      BenchText(report).text.hasPrefix(
        "A filter costs an amount that is not resolved (±27.50 ns) a call where the cache answers"))
  }

  @Test("a difference with the same times on both sides is none, which is not a matter of noise")
  func sameTimes() throws {
    var figure = Self.figure("mean.level 2-profile", .entry, 0, isResolved: false)
    #expect(!figure.isOfSameTimes)
    (figure.interval, figure.within) = (Interval(low: 0, high: 0), Interval(low: 0, high: 0))
    figure.floor = 0
    #expect(figure.isOfSameTimes)
    var report = Self.report
    report.figures.append(figure)
    let line = BenchText(report).text.split(separator: "\n").first { $0.contains("<mean.level 2-profile>") }
    #expect(line?.contains("none  (the same times on both sides)") == true)
    #expect(BenchPage.words(figure) == "none (the same times on both sides)")
  }

  @Test("numbers have four digits")
  func numbers() {
    #expect(BenchText.number(0.1234) == "0.123")
    #expect(BenchText.number(-1.236) == "-1.24")
    #expect(BenchText.number(123.46) == "123.5")
    #expect(BenchText.number(1_234_567.8) == "1,234,568")
    #expect(BenchText.number(-0.0001) == "0.000")
  }

  @Test("the page is well-formed and shows every group")
  func page() throws {
    let text = BenchPage(Self.report, written: Date(timeIntervalSince1970: 0)).page.rendered()
    try StrictMarkup(text).expectHarmless()
    #expect(!text.contains("<hidden>"))
    #expect(text.contains("&lt;hidden&gt;"))
    for heading in ["By length", "By number of filters", "Single calls", "Kernel memory", "How sure that is"]
    {
      #expect(text.contains(heading), "\(heading)")
    }
  }

  @Test("results that were saved are read again as they were")
  func saved() throws {
    let data = Data(try ResultJSON.text(of: Self.report).utf8)
    let read = try JSONDecoder().decode(BenchReport.self, from: data)
    #expect(try ResultJSON.text(of: read) == ResultJSON.text(of: Self.report))
  }
}
