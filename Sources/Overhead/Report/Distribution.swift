import Histogram

/// How long single calls took, the clock's own time included.
package struct Distribution: Codable, Hashable, Sendable {
  package var title: String
  package var calls: Int
  package var mean: Double
  /// Percentile, 0 to 100, and the time that so many calls did not exceed; ascending.
  package var percentiles: [Point]

  package struct Point: Codable, Hashable, Sendable {
    package var percentile: Double
    package var nanoseconds: Double
  }

  package static let percentiles = [
    0, 1, 5, 10, 25, 50, 75, 90, 95, 99, 99.5, 99.9, 99.95, 99.99, 99.999, 100,
  ]
}

/// Gathers latencies in a histogram with a high dynamic range: a thousandth exact, from 0.1 ns to 100 s.
struct LatencyHistogram {
  private var histogram = Histogram<UInt64>(
    highestTrackableValue: limit, numberOfSignificantValueDigits: .three)
  /// Tenths of a nanosecond.
  private static let scale = 10.0
  private static let limit: UInt64 = 1_000_000_000_000

  mutating func record(ticks: [UInt32], nanosecondsPerTick: Double) {
    for tick in ticks {
      let tenths = UInt64((Double(tick) * nanosecondsPerTick * Self.scale).rounded())
      histogram.record(min(tenths, Self.limit))
    }
  }

  func distribution(_ title: String) -> Distribution {
    Distribution(
      title: title, calls: Int(histogram.totalCount), mean: histogram.mean / Self.scale,
      percentiles: Distribution.percentiles.map {
        .init(percentile: $0, nanoseconds: Double(histogram.valueAtPercentile($0)) / Self.scale)
      })
  }
}
