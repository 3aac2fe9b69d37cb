/// The mean of what lies between the fastest tenth and the slowest two fifths of the times. What disturbs a process only ever adds to
/// its time, so more is left out above than below; unlike a minimum it does not depend on how many there are.
///
/// Some processes are slower from beginning to end (a tenth of them took a third longer in one measurement, in each block the same to the
/// nanosecond; perhaps their pages share places in a cache): nothing tells them but their time.
package enum TrimmedMean {
  /// What is left out, of the least and of the greatest values.
  static let low = 0.1
  static let high = 0.4

  /// Not a number when there are no values.
  package static func of(_ values: [Double]) -> Double { ofSorted(values.sorted()) }

  static func ofSorted(_ sorted: [Double]) -> Double {
    let middle = sorted[kept(of: sorted.count)]
    guard !middle.isEmpty else { return .nan }
    return middle.reduce(0, +) / Double(middle.count)
  }

  /// Which of so many values in ascending order the mean is of.
  static func kept(of count: Int) -> Range<Int> {
    Int(low * Double(count))..<(count - Int(high * Double(count)))
  }
}
