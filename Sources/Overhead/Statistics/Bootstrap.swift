import ClassicBPF

/// How sure an estimate is, by drawing the rounds again and again from those that were measured (Efron 1979).
///
/// Rounds lie in time: a slow drift makes neighbours alike, and drawing them one by one would call the estimate surer than it
/// is. So runs of neighbouring rounds are drawn (the circular block bootstrap of Politis and Romano, 1992). The same draws serve all
/// conditions: what they share in a round stays paired.
package struct Bootstrap: Hashable, Sendable {
  /// The share of intervals that hold the true value, 0 to 1.
  package var confidence: Double
  package var resamples: Int
  package var seed: UInt64

  package init(confidence: Double = 0.99, resamples: Int = 2000, seed: UInt64 = 1) {
    self.confidence = confidence
    self.resamples = resamples
    self.seed = seed
  }

  /// Into how many runs of neighbours the rounds are divided, at the least.
  private static let blocks = 24

  /// For each resample, how often each of `rounds` rounds is in it.
  func draws(of rounds: Int) -> [[UInt16]] {
    guard rounds > 0 else { return [] }
    let length = max(1, rounds / Self.blocks)
    var generator = SplitMix(seed: seed)
    return (0..<resamples).map { _ in
      var counts = [UInt16](repeating: 0, count: rounds)
      var drawn = 0
      while drawn < rounds {
        let first = generator.below(rounds)
        for offset in 0..<min(length, rounds - drawn) { counts[(first + offset) % rounds] &+= 1 }
        drawn += length
      }
      return counts
    }
  }

  /// Where the true value is, by an estimate of `count` values and what the resamples make of it; of one value or none the
  /// interval has no end.
  func interval(around estimate: Double, _ replicates: [Double], count: Int) -> Interval {
    guard count > 1, !replicates.isEmpty else { return Interval(low: -.infinity, high: .infinity) }
    let sorted = replicates.sorted()
    let tail = (1 - confidence) / 2
    // A sample's spread is less than that of what it is a sample of: by this much (n - 1 for n).
    let widening = (Double(count) / Double(count - 1)).squareRoot()
    return Interval(
      low: estimate + (Quantiles.quantile(tail, ofSorted: sorted) - estimate) * widening,
      high: estimate + (Quantiles.quantile(1 - tail, ofSorted: sorted) - estimate) * widening)
  }
}
