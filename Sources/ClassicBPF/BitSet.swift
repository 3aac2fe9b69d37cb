/// A set of the numbers below a fixed count, a bit each.
struct BitSet: Hashable, Sendable {
  let count: Int
  private var words: [UInt64]

  init(count: Int) {
    self.count = count
    words = Array(repeating: 0, count: (count + 63) / 64)
  }

  @inline(__always)
  mutating func insert(_ element: Int) { words[element >> 6] |= 1 << UInt64(element & 63) }

  @inline(__always)
  func contains(_ element: Int) -> Bool { words[element >> 6] & 1 << UInt64(element & 63) != 0 }

  mutating func formUnion(_ other: BitSet) {
    for index in words.indices { words[index] |= other.words[index] }
  }

  var cardinality: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }
}
