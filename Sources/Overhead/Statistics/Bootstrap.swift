import ClassicBPF

/// How sure an estimate is, by drawing the rounds again and again from those that were measured (Efron 1979).
///
/// Rounds lie in time: a slow drift makes neighbours alike, and drawing them one by one would call the estimate surer than it
/// is. So runs of neighbouring rounds are drawn (the circular block bootstrap of Politis and Romano, 1992).
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

  /// The interval of the trimmed mean of `values`, one a round in the order of time; of one value or none it has no end.
  package func interval(of values: [Double]) -> Interval {
    let count = values.count
    guard count > 1 else { return Interval(low: -.infinity, high: .infinity) }
    let length = max(1, count / Self.blocks)
    var generator = SplitMix(seed: seed)
    var sample = [Double](repeating: 0, count: count)
    var estimates: [Double] = []
    estimates.reserveCapacity(resamples)
    for _ in 0..<resamples {
      var filled = 0
      while filled < count {
        let first = generator.below(count)
        for offset in 0..<min(length, count - filled) {
          sample[filled + offset] = values[(first + offset) % count]
        }
        filled += length
      }
      estimates.append(TrimmedMean.of(sample))
    }
    estimates.sort()
    let tail = (1 - confidence) / 2
    // A sample's spread is less than that of what it is a sample of: by this much (n - 1 for n).
    let middle = TrimmedMean.of(values)
    let widening = (Double(count) / Double(count - 1)).squareRoot()
    return Interval(
      low: middle + (Quantiles.quantile(tail, ofSorted: estimates) - middle) * widening,
      high: middle + (Quantiles.quantile(1 - tail, ofSorted: estimates) - middle) * widening)
  }
}
