import SeccompModel

/// What decides, beside a filter, which calls the kernel's action cache answers.
///
/// Since Linux 5.11 the kernel keeps for each filter a bitmap of numbers for each of two entry architectures: the calls
/// that this filter and all older ones allow whatever the arguments are. They are allowed without running a filter
/// (kernel/seccomp.c, `seccomp_cache_prepare`, `seccomp_cache_check_allow`).
package struct ActionCache: Hashable, Sendable {
  /// How many numbers the bitmap of native calls has: `NR_syscalls` of the kernel.
  package var nativeCount: UInt32
  /// And that of `int $0x80` and 32-bit code: `IA32_NR_syscalls`.
  package var compatCount: UInt32
  /// Native numbers that this kernel shows to no filter (335 from Linux 6.14, 336 from 6.18): it sets their bits.
  package var exemptNumbers: Set<UInt32>

  /// Without other counts, one more than the highest number in the tables here (Linux 7.2). A kernel's own tables end
  /// where its calls end, so that the two differ only for numbers which that kernel does not implement.
  package init(
    nativeCount: UInt32 = SyscallTable.x86_64.highestNumber + 1,
    compatCount: UInt32 = SyscallTable.i386.highestNumber + 1, exemptNumbers: Set<UInt32> = []
  ) {
    self.nativeCount = nativeCount
    self.compatCount = compatCount
    self.exemptNumbers = exemptNumbers
  }

  /// Whether there is a bit for a call at all: not for x32 numbers, negative ones and those past the end.
  package func holds(number: UInt32, architecture: UInt32) -> Bool {
    switch architecture {
    case AuditToken.x86_64: number < nativeCount
    case AuditToken.i386: number < compatCount
    default: false
    }
  }
}

extension Filter {
  /// Whether the kernel's action cache answers this call when the filter stands alone: it does when the filter, seen
  /// only with number and architecture, surely returns exactly `SECCOMP_RET_ALLOW`.
  ///
  /// This follows the kernel's own emulation (Linux 6.18, kernel/seccomp.c, `seccomp_is_const_allow`) to the letter, so
  /// that it also gives up where it does: at a load of anything but number and architecture, at the index register, the
  /// scratch memory, arithmetic other than AND with a constant, RET A; and ALLOW with data in its low bits is no ALLOW.
  /// The filter must be one that the checker accepts.
  package func isCached(number: UInt32, architecture: UInt32, in cache: ActionCache = ActionCache()) -> Bool {
    guard cache.holds(number: number, architecture: architecture) else { return false }
    if architecture == AuditToken.x86_64, cache.exemptNumbers.contains(number) { return true }
    return isConstantAllow(number: number, architecture: architecture)
  }

  private func isConstantAllow(number: UInt32, architecture: UInt32) -> Bool {
    var value: UInt32 = 0
    var pc = 0
    while pc < count {
      let instruction = instructions[pc]
      switch instruction.opcode {
      case .loadAbsolute:
        switch DataWord(offset: instruction.k) {
        case .number: value = number
        case .architecture: value = architecture
        default: return false
        }
      case .returnK: return instruction.k == Action.allow.verdict.rawValue
      case .jump: pc += Int(instruction.k)
      case .jumpEqualK, .jumpGreaterOrEqualK, .jumpGreaterK, .jumpSetK:
        guard let opcode = instruction.opcode else { return false }
        let holds = compare(opcode, value, k: instruction.k, x: 0)
        pc += Int(holds ? instruction.jumpTrue : instruction.jumpFalse)
      case .andK: value &= instruction.k
      default: return false
      }
      pc += 1
    }
    return false
  }
}

extension Collection<Filter> {
  /// Whether the cache answers this call under these filters together: each must allow it by itself. The order does
  /// not matter. Without a filter nothing is asked, and every call that has a bit counts as cached.
  package func isCached(number: UInt32, architecture: UInt32, in cache: ActionCache = ActionCache()) -> Bool {
    cache.holds(number: number, architecture: architecture)
      && allSatisfy { $0.isCached(number: number, architecture: architecture, in: cache) }
  }
}
