/// A set of case numbers, as few half-open ranges as possible, ascending.
package struct CaseRanges: Hashable, Sendable {
  package private(set) var ranges: [Range<UInt64>] = []

  package init() {}

  /// Adds a range. False, and nothing changes, when some of it is there already.
  package mutating func insert(_ range: Range<UInt64>) -> Bool {
    if range.isEmpty { return true }
    // Ranges come in nearly ascending order: look from the end.
    var position = ranges.count
    while position > 0, ranges[position - 1].lowerBound > range.lowerBound { position -= 1 }
    if position > 0, ranges[position - 1].upperBound > range.lowerBound { return false }
    if position < ranges.count, ranges[position].lowerBound < range.upperBound { return false }
    ranges.insert(range, at: position)
    merge(position + 1)
    merge(position)
    return true
  }

  private mutating func merge(_ position: Int) {
    guard position > 0, position < ranges.count,
      ranges[position - 1].upperBound == ranges[position].lowerBound
    else { return }
    ranges[position - 1] = ranges[position - 1].lowerBound..<ranges[position].upperBound
    ranges.remove(at: position)
  }

  /// How many numbers.
  package var count: UInt64 { ranges.reduce(0) { $0 + UInt64($1.count) } }

  /// The first number after the last one in the set.
  package var end: UInt64 { ranges.last?.upperBound ?? 0 }

  /// What is missing below ``end``, ascending.
  package var gaps: [Range<UInt64>] {
    var gaps: [Range<UInt64>] = []
    var start: UInt64 = 0
    for range in ranges {
      if start < range.lowerBound { gaps.append(start..<range.lowerBound) }
      start = range.upperBound
    }
    return gaps
  }
}
