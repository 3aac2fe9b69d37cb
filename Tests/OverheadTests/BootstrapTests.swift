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

  @Test("a trimmed mean does not feel a fifth of wild values at either end")
  func trimmedMean() {
    #expect(TrimmedMean.of([1, 1, 1, 1, 1e9]) == 1)
    #expect(TrimmedMean.of([1, 2, 3, 4, 5]) == 3)
    #expect(TrimmedMean.of([7]) == 7)
  }

  @Test("the 95 % interval holds the true value in about 95 of 100 cases")
  func coverage() {
    var generator = SplitMix(seed: 7)
    // The sum of twelve uniform numbers is near enough to normal.
    func noise() -> Double {
      (0..<12).reduce(-6.0) { sum, _ in sum + Double(generator.next() >> 11) / 9_007_199_254_740_992.0 }
    }
    var held = 0
    for seed in 0..<400 {
      let values = (0..<40).map { _ in 5 + noise() }
      let interval = Bootstrap(confidence: 0.95, resamples: 300, seed: UInt64(seed)).interval(of: values)
      if interval.contains(5) { held += 1 }
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
    #expect(bootstrap.interval(of: drifting).halfWidth > 1.5 * bootstrap.interval(of: shuffled).halfWidth)
  }
}
