import ClassicBPF
import Testing

@testable import Overhead

@Suite("Statistics")
struct StatisticsTests {
  @Test("quantiles lie between their neighbours")
  func quantiles() {
    #expect(Quantiles.median([3, 1, 2]) == 2)
    #expect(Quantiles.median([4, 1, 2, 3]) == 2.5)
    #expect(Quantiles.quantile(0.25, ofSorted: [0, 1, 2, 3, 4]) == 1)
    #expect(Quantiles.median([]).isNaN)
  }

  @Test("a trimmed mean does not feel two fifths of values that are wild above, nor a tenth below")
  func trimmedMean() {
    #expect(TrimmedMean.of([1, 1e9, 1, 1e9, 1]) == 1)
    #expect(TrimmedMean.of([-1e9] + Array(repeating: 1, count: 9)) == 1)
    #expect(TrimmedMean.of([1, 2, 3, 4, 5]) == 2)
    #expect(TrimmedMean.of([]).isNaN)
    #expect(TrimmedMean.of([7]) == 7)
  }

  @Test("the 95 % interval holds the true value in about 95 of 100 cases")
  func coverage() {
    var generator = SplitMix(seed: 7)
    // The sum of twelve uniform numbers is near enough to normal.
    func noise() -> Double {
      (0..<12).reduce(-6.0) { sum, _ in sum + Double(generator.next() >> 11) / 9_007_199_254_740_992.0 }
    }
    // The trimmed mean of the normal distribution itself, between its quantiles of 0.1 and 0.6.
    let truth = 5 - 0.4217
    var held = 0
    for seed in 0..<400 {
      let values = (0..<40).map { _ in 5 + noise() }
      let bootstrap = Bootstrap(confidence: 0.95, resamples: 300, seed: UInt64(seed))
      if Self.interval(of: values, bootstrap).contains(truth) { held += 1 }
    }
    #expect((365...398).contains(held), "\(held) of 400")
  }

  @Test("a drift makes the interval wider than the same values in random order would")
  func drift() {
    let drifting = (0..<240).map { Double($0) / 240 }
    var shuffled = drifting
    var generator = SplitMix(seed: 3)
    for index in shuffled.indices.reversed() { shuffled.swapAt(index, generator.below(index + 1)) }
    let bootstrap = Bootstrap(resamples: 500)
    #expect(
      Self.interval(of: drifting, bootstrap).halfWidth > 1.5
        * Self.interval(of: shuffled, bootstrap).halfWidth)
  }

  @Test("a resample's mean is that of its values, written out")
  func replicates() {
    let times = (0..<30).map { Double($0 * $0 % 31) }
    let counted = (0..<30).filter { $0 % 4 != 0 }
    let draws = Bootstrap(resamples: 50, seed: 9).draws(of: 30)
    let replicates = Replicates(times, counted: counted, draws: draws)
    #expect(replicates.estimate == TrimmedMean.of(counted.map { times[$0] }))
    for (draw, value) in zip(draws, replicates.values) {
      #expect(draw.reduce(0, +) == 30)
      let drawn = counted.flatMap { Array(repeating: times[$0], count: Int(draw[$0])) }
      #expect(abs(value - TrimmedMean.of(drawn)) < 1e-9)
    }
  }

  private static func interval(of values: [Double], _ bootstrap: Bootstrap) -> Interval {
    let part = Replicates(
      values, counted: Array(values.indices), draws: bootstrap.draws(of: values.count))
    return bootstrap.interval(around: part.estimate, part.values, count: part.count)
  }
}
