/// The mean of the middle of the values: a round in which something else took the processor does not move it, and unlike the
/// median it uses most of what was measured.
package enum TrimmedMean {
  /// What is left out at each end (Wilcox, Introduction to Robust Estimation, recommends a fifth).
  package static let share = 0.2

  /// Not a number when there are no values.
  package static func of(_ values: [Double]) -> Double { ofSorted(values.sorted()) }

  static func ofSorted(_ sorted: [Double]) -> Double {
    let cut = Int(share * Double(sorted.count))
    let middle = sorted[cut..<(sorted.count - cut)]
    guard !middle.isEmpty else { return .nan }
    return middle.reduce(0, +) / Double(middle.count)
  }
}
