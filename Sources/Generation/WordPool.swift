import SeccompModel

/// The few 32-bit words that the constants of one program are drawn from: few, so that tests overlap and a call that
/// meets one meets others.
struct WordPool {
  private(set) var words: [UInt32] = []
  private(set) var numbers: [UInt32] = []

  /// Words at which 32-bit operations, tests and codes change their answer.
  static let edges: [UInt32] = [
    0, 1, 2, 3, 4, 7, 8, 15, 16, 31, 32, 33, 60, 61, 63, 64, 65, 255, 256, 4095, 4096, 0x7fff, 0x8000, 0xffff,
    0x1_0000, 0x7fff_fffe, 0x7fff_ffff, 0x8000_0000, 0x8000_0001, 0xffff_f000, 0xffff_fffe, 0xffff_ffff,
    0x4000_0000, 0x5555_5555, 0xaaaa_aaaa, AuditToken.x86_64, AuditToken.i386,
  ]

  /// A word of no particular program: an edge, a power of two or a neighbour of one, or any.
  static func any(using random: inout RandomSource) -> UInt32 {
    switch random.below(4) {
    case 0, 1: random.pick(edges, else: 0)
    case 2: (1 << UInt32(random.below(32))) &+ UInt32(random.below(3)) &- 1
    default: UInt32(truncatingIfNeeded: random.next() >> UInt64(random.below(33)))
    }
  }

  init(using random: inout RandomSource) {
    for _ in 0..<random.within(2...6) { words.append(Self.any(using: &random)) }
    for _ in 0..<random.within(2...5) {
      switch random.below(8) {
      case 0: numbers.append(random.pick(NumberEdges.all, else: 0))
      case 1: numbers.append(UInt32(random.below(471)) | x32SyscallBit)
      default: numbers.append(UInt32(random.below(471)))
      }
    }
  }

  /// A word of the pool, now and then its neighbour or a stranger.
  func word(using random: inout RandomSource) -> UInt32 {
    let word = random.pick(words, else: 0)
    switch random.below(16) {
    case 0: return word &+ 1
    case 1: return word &- 1
    case 2: return Self.any(using: &random)
    default: return word
    }
  }

  func number(using random: inout RandomSource) -> UInt32 {
    let number = random.pick(numbers, else: 0)
    return random.chance(1, of: 8) ? number &+ UInt32(random.below(3)) &- 1 : number
  }
}
