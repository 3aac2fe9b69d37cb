/// 64-bit values at which comparisons, masks and 32-bit halves change their answer.
enum InterestingValues {
  /// Values that mean something at a boundary of the argument's width, sign or word order.
  static let boundaries: [UInt64] = [
    0, 1, 2, 3, 7, 8, 15, 16, 31, 32, 63, 64, 127, 128, 255, 256, 4095, 4096, 0x7fff, 0x8000, 0xffff,
    0x1_0000,
    0x7fff_fffe, 0x7fff_ffff, 0x8000_0000, 0x8000_0001, 0xffff_fffe, 0xffff_ffff,
    0x1_0000_0000, 0x1_0000_0001, 0x1_ffff_ffff, 0x2_0000_0000, 0x7fff_ffff_0000_0000,
    0x7fff_ffff_ffff_ffff, 0x8000_0000_0000_0000, 0x8000_0000_0000_0001,
    0xffff_ffff_0000_0000, 0xffff_ffff_0000_0001, 0xffff_ffff_7fff_ffff, 0xffff_ffff_8000_0000,
    0xffff_ffff_ffff_f000, 0xffff_ffff_ffff_fffe, 0xffff_ffff_ffff_ffff,
    0xdead_beef_0000_0000, 0xdead_beef_0000_0001, 0x5555_5555_5555_5555, 0xaaaa_aaaa_aaaa_aaaa,
  ]

  /// Values that published profiles compare with: address families, clone and mmap flags, ioctl requests,
  /// personalities (`asm/socket.h`, `linux/sched.h`, `asm/ioctls.h`, `linux/personality.h`).
  static let real: [UInt64] = [
    1, 2, 10, 16, 17, 38, 39, 40, 0x4, 0x6, 0x8, 0x20, 0x22, 0x5412, 0x541c, 0x7c02_0000, 0x1000_0000,
    0x0002_0000, 0x0002_0008, 0x0800_0000, 0x0000_1000, 0x0008_0000, 0xffff_ffff,
  ]

  /// The words that 64-bit values are put together from.
  static let words: [UInt32] = [0, 1, 2, 3, 5, 0x7fff_ffff, 0x8000_0000, 0xffff_fffe, 0xffff_ffff]

  /// What is added to a value drawn for a call: mostly nothing, else a step of either half.
  static let deltas: [UInt64] = [
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, .max, .max, 0x1_0000_0000, 0xffff_ffff_0000_0000,
  ]

  /// Masks as profiles write them, and masks that touch one half, both halves or nothing.
  static let masks: [UInt64] = [
    0x1, 0x3, 0x4, 0x6, 0x7, 0xf, 0x28, 0xff, 0x800, 0xf000, 0xffff, 0x7c02_0000, 0x8000_0000, 0xffff_ffff,
    0x1_0000_0000, 0x1_0000_0001, 0x8000_0000_0000_0000, 0xffff_ffff_0000_0000, 0xffff_ffff_ffff_ffff, 0,
  ]
}

/// The few values that the conditions of one case are drawn from: few, so that rules overlap, repeat and
/// contradict each other often.
struct ValuePool {
  var values: [UInt64]

  /// Two to seven values of one style: small numbers, small words in both halves, boundaries, values of real
  /// profiles, neighbours of one number, or any.
  init(using random: inout RandomSource) {
    let count = random.within(2...7)
    let style = random.index(weighted: [30, 25, 15, 10, 12, 8])
    let centre = Self.any(using: &random)
    values = []
    values.reserveCapacity(count)
    for _ in 0..<count {
      let value: UInt64 =
        switch style {
        case 0: UInt64(random.below(12))
        case 1: Self.words(using: &random)
        case 2: random.pick(InterestingValues.boundaries, else: 0)
        case 3: random.pick(InterestingValues.real, else: 0)
        case 4: centre &+ UInt64(random.below(5)) &- 2
        default: Self.any(using: &random)
        }
      values.append(value)
    }
  }

  /// A value of the pool; now and then its neighbour or a stranger.
  func value(using random: inout RandomSource) -> UInt64 {
    let value = random.pick(values, else: 0)
    switch random.below(32) {
    case 0: return value &+ 1
    case 1: return value &- 1
    case 2: return Self.any(using: &random)
    default: return value
    }
  }

  /// A mask: a usual one, one of the pool's values, a single bit, or any.
  func mask(using random: inout RandomSource) -> UInt64 {
    switch random.below(8) {
    case 0...3: random.pick(InterestingValues.masks, else: 1)
    case 4, 5: random.pick(values, else: 1)
    case 6: 1 << UInt64(random.below(64))
    default: Self.any(using: &random)
    }
  }

  /// A 64-bit value put together from two usual words.
  static func words(using random: inout RandomSource) -> UInt64 {
    let high =
      random.chance(1, of: 2) ? UInt32(random.below(3)) : random.pick(InterestingValues.words, else: 0)
    let low =
      random.chance(1, of: 2) ? UInt32(random.below(6)) : random.pick(InterestingValues.words, else: 0)
    return UInt64(high) << 32 | UInt64(low)
  }

  /// A value of no particular style: a boundary, a power of two or a neighbour of one, or 64 random bits.
  static func any(using random: inout RandomSource) -> UInt64 {
    switch random.below(6) {
    case 0, 1: random.pick(InterestingValues.boundaries, else: 0)
    case 2: (1 << UInt64(random.below(64))) &+ UInt64(random.below(3)) &- 1
    case 3: words(using: &random)
    case 4: random.next() >> UInt64(random.below(64))
    default: random.next()
    }
  }
}
