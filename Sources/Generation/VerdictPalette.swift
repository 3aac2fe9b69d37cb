import SeccompModel

/// What raw programs return: every action, with any data, and values that are no action.
enum VerdictPalette {
  /// Values between and beside the known actions: between each two ranks, with bit 31, and next to an action.
  static let unknown: [UInt32] = [
    0x0001_0000, 0x0002_0000, 0x0004_0000, 0x0006_0000, 0x1000_0000, 0x7fc1_0000, 0x7fef_0000, 0x7ff1_0000,
    0x7ffd_0000, 0x7ffe_0000, 0x8001_0000, 0x9000_0000, 0xffff_0000,
  ]

  /// The eight known actions, the strongest first.
  static let known: [UInt32] = ActionKind.allCases.filter { $0 != .unknown }.map(\.actionBits)

  static func data(using random: inout RandomSource) -> UInt32 {
    switch random.below(4) {
    case 0: UInt32(ActionPalette.errno(using: &random))
    case 1: random.pick([0, 1, 0x7fff, 0x8000, 0xffff], else: 0)
    default: UInt32(random.below(4096))
    }
  }

  /// Mostly ERRNO, which names its place; one in eight kills.
  static func verdict(using random: inout RandomSource) -> UInt32 {
    switch random.below(16) {
    case 0..<7: ActionKind.errno.actionBits | data(using: &random)
    case 7..<9: ActionKind.allow.actionBits | (random.chance(1, of: 4) ? data(using: &random) : 0)
    case 9: random.pick(unknown, else: 0x0001_0000) | data(using: &random)
    default: random.pick(known, else: 0) | (random.chance(1, of: 4) ? 0 : data(using: &random))
    }
  }
}
