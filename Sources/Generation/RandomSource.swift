/// A deterministic stream of random numbers: xoshiro256** (Blackman and Vigna, "Scrambled linear
/// pseudorandom number generators") with its state filled by SplitMix64. Choices use fixed-width integer
/// arithmetic only, so a seed gives the same choices on any machine and with any standard library.
package struct RandomSource: Sendable {
  private var s0: UInt64
  private var s1: UInt64
  private var s2: UInt64
  private var s3: UInt64

  /// The stream of case `caseNumber` of the campaign `seed`; `stream` tells apart the independent choices of
  /// one case (its profile, its calls).
  package init(seed: UInt64, caseNumber: UInt64 = 0, stream: UInt64 = 0) {
    var mixer = SplitMix64(state: seed)
    mixer.state = mixer.next() ^ caseNumber
    mixer.state = mixer.next() ^ stream
    s0 = mixer.next()
    s1 = mixer.next()
    s2 = mixer.next()
    s3 = mixer.next()
  }

  /// The next 64 bits.
  @inline(__always)
  package mutating func next() -> UInt64 {
    let product = s1 &* 5
    let result = (product << 7 | product >> 57) &* 9
    let shifted = s1 << 17
    s2 ^= s0
    s3 ^= s1
    s1 ^= s2
    s0 ^= s3
    s2 ^= shifted
    s3 = s3 << 45 | s3 >> 19
    return result
  }

  /// A number in `0..<bound`, by the high half of a 128-bit product: the bias is below bound / 2^64. 0 when
  /// `bound` is not positive.
  @inline(__always)
  package mutating func below(_ bound: Int) -> Int {
    Int(truncatingIfNeeded: next().multipliedFullWidth(by: UInt64(max(bound, 0))).high)
  }

  /// A number in `range`.
  package mutating func within(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + below(range.count)
  }

  /// True `count` times out of `total`.
  @inline(__always)
  package mutating func chance(_ count: Int, of total: Int) -> Bool { below(total) < count }

  /// One element; `fallback` when there is none.
  package mutating func pick<Element>(_ elements: [Element], else fallback: Element) -> Element {
    elements.isEmpty ? fallback : elements[below(elements.count)]
  }

  /// An index into `weights`, as often as its weight says; 0 when all weights are 0.
  package mutating func index(weighted weights: [Int]) -> Int {
    var rest = below(weights.reduce(0, +))
    for (index, weight) in weights.enumerated() {
      if rest < weight { return index }
      rest -= weight
    }
    return 0
  }

  /// Fisher-Yates.
  package mutating func shuffle<Element>(_ elements: inout [Element]) {
    guard elements.count > 1 else { return }
    for index in stride(from: elements.count - 1, to: 0, by: -1) {
      elements.swapAt(index, below(index + 1))
    }
  }
}

/// SplitMix64 (Steele, Lea, Flood): spreads a small seed over all 64 bits.
struct SplitMix64 {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ z >> 30) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ z >> 27) &* 0x94d0_49bb_1331_11eb
    return z ^ z >> 31
  }
}
