import CLinux

/// The measured values of one quantity, one a round.
struct Samples {
  private(set) var values: [Double] = []

  mutating func append(_ value: Double) { values.append(value) }

  /// Not a number when nothing was measured.
  var minimum: Double { values.min() ?? .nan }
  var maximum: Double { values.max() ?? .nan }
  var median: Double {
    guard !values.isEmpty else { return .nan }
    let sorted = values.sorted()
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }

  /// Element by element: both hold the rounds in the same order, so that noise that lasts longer than a round hits
  /// both sides of a ratio.
  static func / (left: Samples, right: Samples) -> Samples {
    var ratios = Samples()
    for (left, right) in zip(left.values, right.values) { ratios.append(left / right) }
    return ratios
  }
}

/// Nanoseconds of wall time that `body` takes.
func nanoseconds(_ body: () throws -> Void) rethrows -> Double {
  let begin = clinux_monotonic_time()
  try body()
  return Double(clinux_monotonic_time() - begin)
}
