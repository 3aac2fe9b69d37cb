package import SeccompModel

/// Decides whether two filters answer every call alike.
///
/// Both programs are followed side by side over sets of inputs: where they test a word of `seccomp_data`, the set is
/// split by both, and a pair of returns that differ is a difference if some input is left. So the answer is exact for
/// programs of the kind that libseccomp writes: loads, AND with a constant, tests against constants, jumps, returns.
package struct FilterEquivalence: Hashable, Sendable {
  /// Inputs that count, of one architecture.
  package struct Reach: Hashable, Sendable {
    /// `seccomp_data.arch`
    package var architecture: UInt32
    /// What the filter sees as the address of the call; nil for any.
    package var instructionPointer: UInt64?
    /// Numbers that the kernel shows to no filter.
    package var hiddenNumbers: [UInt32]

    package init(architecture: UInt32, instructionPointer: UInt64? = nil, hiddenNumbers: [UInt32] = []) {
      self.architecture = architecture
      self.instructionPointer = instructionPointer
      self.hiddenNumbers = hiddenNumbers
    }

    /// Everything that an x86 kernel can show.
    package static let x86 = [Reach(architecture: AuditToken.x86_64), Reach(architecture: AuditToken.i386)]
  }

  /// What makes two verdicts one.
  package enum Reading: Hashable, Sendable {
    /// All 32 bits.
    case exact
    /// What the kernel makes of them (kernel/seccomp.c, `__seccomp_filter`): data that the action does not read is
    /// nothing, an errno is at most `MAX_ERRNO`, an unknown action is KILL_PROCESS.
    case effect
    /// The same, to a process with one thread: killing the thread is killing the process.
    case effectOnOneThread
  }

  package enum Answer: Hashable, Sendable {
    /// Proved: alike for every input in reach.
    case equivalent
    /// The two filters answer this input differently; both were run.
    case different(witness: SeccompData)
    case undecided(reason: String)
  }

  package var reach: [Reach]
  package var reading: Reading
  /// Branches followed before giving up.
  package var limit: Int

  package init(reach: [Reach] = Reach.x86, reading: Reading = .exact, limit: Int = 200_000) {
    self.reach = reach
    self.reading = reading
    self.limit = limit
  }

  /// Compares two filters; throws what the checker says against one of them.
  package func compare(_ one: Filter, _ other: Filter) throws(FilterRejection) -> Answer {
    try one.check()
    try other.check()
    for filter in [one, other] {
      if let pc = filter.firstInstructionNotFollowed {
        return .undecided(reason: "instruction \(pc) uses X, scratch memory or arithmetic other than AND")
      }
    }
    var walk = ProductWalk(one, other, reading: reading, limit: limit)
    for inputs in reach {
      walk.enter(inputs)
      guard let answer = walk.run() else { continue }
      guard case .different(let witness) = answer else { return answer }
      guard
        reading.meaning(of: one.evaluate(witness)) != reading.meaning(of: other.evaluate(witness))
      else { return .undecided(reason: "the input that was found is answered alike: \(witness)") }
      return answer
    }
    return walk.gaveUp.map { .undecided(reason: $0) } ?? .equivalent
  }
}

extension FilterEquivalence.Reading {
  /// `MAX_ERRNO` of linux/err.h.
  private static let maximumErrno: UInt16 = 4095

  /// The verdict that stands for all that mean the same.
  package func meaning(of verdict: Verdict) -> Verdict {
    guard self != .exact else { return verdict }
    switch verdict.kind {
    case .killThread: return (self == .effectOnOneThread ? Action.killProcess : .killThread).verdict
    case .killProcess, .unknown: return Action.killProcess.verdict
    case .errno: return Action.errno(min(verdict.data, Self.maximumErrno)).verdict
    case .trap, .trace: return verdict
    case .notify, .log, .allow: return Verdict(rawValue: verdict.actionBits)
    }
  }
}

extension Filter {
  /// The first instruction that the comparison does not follow; nil for programs of libseccomp.
  fileprivate var firstInstructionNotFollowed: Int? {
    instructions.firstIndex { instruction in
      switch instruction.opcode {
      case .loadAbsolute, .loadLength, .loadImmediate, .andK, .jump, .jumpEqualK, .jumpGreaterK,
        .jumpGreaterOrEqualK, .jumpSetK, .returnK:
        false
      default: true
      }
    }
  }
}
