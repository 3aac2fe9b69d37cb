/// Order statistics of measured values, each between two neighbours by linear interpolation (type 7 of Hyndman and Fan,
/// 1996).
package enum Quantiles {
  /// The quantile `share`, 0 to 1, of values in ascending order; not a number when there are none.
  package static func quantile(_ share: Double, ofSorted values: [Double]) -> Double {
    guard let last = values.indices.last else { return .nan }
    let place = share * Double(last)
    let below = Int(place.rounded(.down))
    let above = min(below + 1, last)
    return values[below] + (place - Double(below)) * (values[above] - values[below])
  }

  package static func median(_ values: [Double]) -> Double { quantile(0.5, ofSorted: values.sorted()) }
}

/// Least value, quartiles and greatest value.
package struct FiveNumbers: Codable, Hashable, Sendable {
  package var minimum: Double
  package var lowerQuartile: Double
  package var median: Double
  package var upperQuartile: Double
  package var maximum: Double

  /// All are not a number when there are no values.
  package init(_ values: [Double]) {
    let sorted = values.sorted()
    minimum = Quantiles.quantile(0, ofSorted: sorted)
    lowerQuartile = Quantiles.quantile(0.25, ofSorted: sorted)
    median = Quantiles.quantile(0.5, ofSorted: sorted)
    upperQuartile = Quantiles.quantile(0.75, ofSorted: sorted)
    maximum = Quantiles.quantile(1, ofSorted: sorted)
  }
}
