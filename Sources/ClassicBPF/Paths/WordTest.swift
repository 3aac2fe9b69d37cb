/// A test of one 32-bit word `w`: `w & mask` lies in `low...high`, or is not `low`.
struct WordTest: Hashable, Sendable {
  var mask: UInt32
  var low: UInt32
  var high: UInt32
  /// `w & mask` differs from `low`, which equals `high`.
  var isExclusion: Bool

  static let always = WordTest(range: 0, .max, mask: .max)
  /// An empty range.
  static let never = WordTest(range: 1, 0, mask: .max)

  init(range low: UInt32, _ high: UInt32, mask: UInt32) {
    self.mask = mask
    self.low = low
    self.high = high
    isExclusion = false
  }

  init(not value: UInt32, mask: UInt32) {
    self.mask = mask
    low = value
    high = value
    isExclusion = true
  }

  /// What a conditional jump's test says of `w` when A is `w & mask` and the operand is `k`.
  init(_ opcode: Opcode, _ k: UInt32, mask: UInt32, holds: Bool) {
    switch opcode {
    case .jumpEqualK, .jumpEqualX:
      self = holds ? WordTest(range: k, k, mask: mask) : WordTest(not: k, mask: mask)
    case .jumpGreaterK, .jumpGreaterX:
      if holds {
        self = k == .max ? .never : WordTest(range: k + 1, .max, mask: mask)
      } else {
        self = WordTest(range: 0, k, mask: mask)
      }
    case .jumpGreaterOrEqualK, .jumpGreaterOrEqualX:
      if holds {
        self = WordTest(range: k, .max, mask: mask)
      } else {
        self = k == 0 ? .never : WordTest(range: 0, k - 1, mask: mask)
      }
    case .jumpSetK, .jumpSetX:
      let tested = mask & k
      if tested == 0 {
        self = holds ? .never : .always
      } else {
        self = holds ? WordTest(not: 0, mask: tested) : WordTest(range: 0, 0, mask: tested)
      }
    default: preconditionFailure("\(opcode) is no conditional jump")
    }
  }

  func admits(_ word: UInt32) -> Bool {
    let value = word & mask
    return isExclusion ? value != low : value >= low && value <= high
  }
}
