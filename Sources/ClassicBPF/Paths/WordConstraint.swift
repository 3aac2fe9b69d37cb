/// A conjunction of tests of one word: an interval, values left out, and tests under a mask.
struct WordConstraint: Hashable, Sendable {
  private(set) var low: UInt32 = 0
  private(set) var high: UInt32 = .max
  /// Ascending, all strictly inside `low...high`.
  private(set) var excluded: [UInt32] = []
  private(set) var masked: [WordTest] = []

  static let any = WordConstraint()

  enum Solution {
    case value(UInt32)
    /// Proved: no word passes.
    case none
    /// The search's step limit was reached.
    case unknown
  }

  var isAny: Bool { low == 0 && high == .max && excluded.isEmpty && masked.isEmpty }

  func admits(_ word: UInt32) -> Bool {
    word >= low && word <= high && !excluded.contains(word) && masked.allSatisfy { $0.admits(word) }
  }

  /// Adds a test.
  mutating func require(_ test: WordTest) {
    if test.mask != .max {
      if !masked.contains(test) { masked.append(test) }
    } else if test.isExclusion {
      exclude(test.low)
    } else {
      low = max(low, test.low)
      high = min(high, test.high)
      excluded.removeAll { $0 < low || $0 > high }
    }
    trim()
  }

  private mutating func exclude(_ value: UInt32) {
    guard value >= low, value <= high else { return }
    let place = firstExcluded(notBelow: value)
    if place == excluded.count || excluded[place] != value { excluded.insert(value, at: place) }
  }

  private func firstExcluded(notBelow value: UInt32) -> Int {
    var range = excluded.startIndex..<excluded.endIndex
    while !range.isEmpty {
      let middle = range.lowerBound + range.count / 2
      if excluded[middle] < value {
        range = middle + 1..<range.upperBound
      } else {
        range = range.lowerBound..<middle
      }
    }
    return range.lowerBound
  }

  /// Moves the interval's ends past excluded values.
  private mutating func trim() {
    while low < high, excluded.first == low {
      low += 1
      excluded.removeFirst()
    }
    while low < high, excluded.last == high {
      high -= 1
      excluded.removeLast()
    }
    if low == high, excluded.first == low { (low, high, excluded) = (1, 0, []) }
  }

  /// A word that passes every test, one of `preferred` if possible.
  func solve(preferring preferred: [UInt32] = []) -> Solution {
    if let value = preferred.first(where: admits) { return .value(value) }
    // The interval's ends are never excluded.
    if low > high { return .none }
    if masked.isEmpty { return .value(low) }
    if masked.allSatisfy({ $0.admits(low) }) { return .value(low) }
    var search = BitSearch()
    return search.solve(
      [WordTest(range: low, high, mask: .max)] + masked
        + excluded.map { WordTest(not: $0, mask: .max) })
  }

  /// Whether every word that passes `other` surely passes this too (judged by form, so not every case).
  func covers(_ other: WordConstraint) -> Bool {
    low <= other.low && high >= other.high && masked.allSatisfy(other.masked.contains)
      && excluded.allSatisfy { !other.mayBe($0) }
  }

  /// Whether the interval and the excluded values leave `value`.
  private func mayBe(_ value: UInt32) -> Bool {
    guard value >= low, value <= high else { return false }
    let place = firstExcluded(notBelow: value)
    return place == excluded.count || excluded[place] != value
  }

  /// A constraint that covers both.
  func union(_ other: WordConstraint) -> WordConstraint {
    var union = WordConstraint()
    union.low = min(low, other.low)
    union.high = max(high, other.high)
    union.masked = masked.filter(other.masked.contains)
    union.excluded = excluded.filter { !other.mayBe($0) }
    for value in other.excluded where !mayBe(value) { union.exclude(value) }
    union.trim()
    return union
  }
}
