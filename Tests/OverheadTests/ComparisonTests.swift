import Testing

@testable import Overhead

@Suite("Two runs")
struct ComparisonTests {
  /// A run in which each of `count` figures is `value`, ±1 at 99 %.
  private static func report(_ values: [Double], floor: Double = 0) -> BenchReport {
    BenchReport(
      tool: "test", extent: "test", environment: .detect(processor: 0), confidence: 0.99, rounds: 100,
      quietShare: 1,
      conditions: [], seconds: 1, noiseFloor: floor, controls: [],
      figures: values.enumerated().map { index, value in
        FigureResult(
          id: "f\(index)", title: "f\(index)", group: .entry, unit: "ns", isDifference: true, estimate: value,
          interval: Interval(low: value - 1, high: value + 1),
          within: Interval(low: value - 1, high: value + 1),
          floor: floor, isResolved: true)
      }, relations: [], distributions: [], memory: [], counts: [], skips: [])
  }

  @Test("that are equal do not differ; a figure that moved far does, alone")
  func moved() {
    let old = Self.report(Array(repeating: 10, count: 50))
    #expect(!BenchComparison(old: old, new: old).isDifferent)
    var values = Array(repeating: 10.0, count: 50)
    values[7] = 14
    let comparison = BenchComparison(old: old, new: Self.report(values))
    #expect(comparison.rows.filter(\.isDifferent).map(\.id) == ["f7"])
    #expect(comparison.rows[7].interval.low > 0)
  }

  @Test("what one figure in fifty does by chance is no difference, though it would be for one alone")
  func many() {
    // 1.5 is outside of the two runs' joint interval at 99 %, ±1.41.
    #expect(BenchComparison(old: Self.report([10]), new: Self.report([11.5])).isDifferent)
    var values = Array(repeating: 10.0, count: 50)
    values[3] = 11.5
    #expect(
      !BenchComparison(old: Self.report(Array(repeating: 10, count: 50)), new: Self.report(values))
        .isDifferent)
  }

  @Test("a difference within the runs' noise floors is none")
  func floor() {
    #expect(!BenchComparison(old: Self.report([10], floor: 5), new: Self.report([14], floor: 5)).isDifferent)
  }

  @Test("figures that only one run has are named, and so is another machine")
  func others() {
    let old = Self.report([1, 2])
    var new = Self.report([1])
    new.environment.kernel = "9.9"
    let comparison = BenchComparison(old: old, new: new)
    #expect(comparison.missing == ["f1"])
    #expect(comparison.environment.count == 1)
  }

  @Test("the normal distribution's limits are the known ones")
  func normal() {
    #expect(abs(Normal.twoSided(0.95) - 1.95996) < 1e-4)
    #expect(abs(Normal.twoSided(0.99) - 2.57583) < 1e-4)
  }
}
