/// A confidence interval, in the unit of what it is an interval of.
package struct Interval: Codable, Hashable, Sendable {
  package var low: Double
  package var high: Double

  package init(low: Double, high: Double) {
    self.low = low
    self.high = high
  }

  package var halfWidth: Double { (high - low) / 2 }
  package var excludesZero: Bool { low > 0 || high < 0 }
  package func contains(_ value: Double) -> Bool { low <= value && value <= high }

  /// The farthest that the interval goes from zero.
  package var reach: Double { max(abs(low), abs(high)) }
}
