import SeccompModel

/// How actions are drawn.
enum ActionPalette {
  /// Errno values at which a library or the kernel changes its mind: none, ENOSYS, the restart codes 512 to
  /// 516 and their neighbours, MAX_ERRNO (4095, `linux/err.h`) and its neighbours, the 16 bits.
  static let oddErrnos: [UInt16] = [0, 1, 38, 511, 512, 513, 514, 515, 516, 517, 4094]

  /// Values that libseccomp refuses (seccomp_rule_add(3)) although the kernel takes them: rare, since such
  /// a case compiles to nothing.
  static let refusedErrnos: [UInt16] = [4095, 4096, 0x7fff, 0x8000, 0xffff]

  static func errno(using random: inout RandomSource) -> UInt16 {
    switch random.below(48) {
    case 0...19: UInt16(random.within(1...133))
    case 20...46: random.pick(oddErrnos, else: 1)
    default: random.pick(refusedErrnos, else: 4095)
    }
  }

  static func traceData(using random: inout RandomSource) -> UInt16 {
    switch random.below(4) {
    case 0: 0
    case 1: UInt16(random.within(1...255))
    case 2: random.pick([0x7fff, 0x8000, 0xfffe, 0xffff], else: 1)
    default: UInt16(truncatingIfNeeded: random.next())
    }
  }

  /// An action for a rule. TRAP goes without data: the JSON has no field for it, and seccomp_rule_add(3)
  /// takes none.
  static func rule(using random: inout RandomSource) -> Action {
    switch random.below(64) {
    case 0...27: .errno(errno(using: &random))
    case 28...41: .allow
    case 42...45: .killProcess
    case 46...49: .killThread
    case 50...53: .trap(0)
    case 54...57: .trace(traceData(using: &random))
    case 58...60: .log
    default: .notify
    }
  }

  /// A default action: mostly allow or a denial, as profiles are written.
  static func fallback(using random: inout RandomSource) -> Action {
    random.chance(2, of: 5) ? .allow : rule(using: &random)
  }

  /// An action for a rule that is not `other`, but for one time in forty.
  static func rule(differingFrom other: Action, using random: inout RandomSource) -> Action {
    for _ in 0..<8 {
      let action = rule(using: &random)
      if action != other || random.chance(1, of: 40) { return action }
    }
    return other == .allow ? .errno(1) : .allow
  }
}
