extension Filter {
  /// The most instructions that all filters of a thread may count together (`MAX_INSNS_PER_PATH`,
  /// kernel/seccomp.c); beyond it the installation fails with ENOMEM.
  public static let chainLimit = 32768

  /// What each filter already installed counts beyond its own ``chainLength`` (`seccomp_attach_filter`).
  public static let chainOverhead = 4

  /// What this filter counts towards ``chainLimit``: the length of its translation to extended BPF
  /// (net/core/filter.c, `bpf_convert_filter`, kernel 6.18), not its own.
  public var chainLength: Int {
    // Prologue: A = 0, X = 0, the context register.
    instructions.reduce(3) { $0 + $1.translatedLength }
  }

  /// Whether a thread with these filters installed may install this one too.
  public func fitsChain(after installed: some Sequence<Filter>) -> Bool {
    installed.reduce(chainLength) { $0 + $1.chainLength + Self.chainOverhead } <= Self.chainLimit
  }
}

extension Instruction {
  /// How many extended-BPF instructions this one becomes.
  fileprivate var translatedLength: Int {
    guard let opcode else { return 1 }
    switch opcode {
    case .returnK: return 2
    // The test for X = 0 and the return it leads to.
    case .divideX: return 5
    case _ where opcode.isConditionalJump:
      // A constant with the sign bit goes through a register; an unneeded branch is folded away, on the false
      // side for every test, on the true side for those that have an inverse.
      let constant = !opcode.comparesWithX && k >= 0x8000_0000 ? 1 : 0
      if jumpFalse == 0 { return constant + 1 }
      let hasInverse = opcode != .jumpSetK && opcode != .jumpSetX
      return constant + (jumpTrue == 0 && hasInverse ? 1 : 2)
    default: return 1
    }
  }
}
