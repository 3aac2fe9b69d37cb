import SeccompModel

/// A verdict and the instruction that returned it.
struct Answer {
  var verdict: UInt32
  var site: UInt16
}

/// What is known of a filter's run for one architecture and number, in one word.
struct Prefix: Sendable {
  private var bits: UInt64

  static let unknown = Prefix(bits: 0)
  private static let isAnswer: UInt64 = 1 << 63
  private static let isEntry: UInt64 = 1 << 62

  private init(bits: UInt64) { self.bits = bits }

  /// The filter ends with this answer whatever the arguments are.
  @inline(__always)
  init(_ answer: Answer) {
    bits = Self.isAnswer | UInt64(answer.site) << 32 | UInt64(answer.verdict)
  }

  /// The run may begin at instruction `entry` with A, X and scratch memory as at the start.
  @inline(__always)
  init(entry: Int) { bits = Self.isEntry | UInt64(entry) }

  @inline(__always) var isUnknown: Bool { bits == 0 }
  @inline(__always) var answer: Answer? {
    guard bits & Self.isAnswer != 0 else { return nil }
    return Answer(
      verdict: UInt32(truncatingIfNeeded: bits), site: UInt16(truncatingIfNeeded: bits >> 32))
  }
  @inline(__always) var entry: Int { Int(bits & 0xffff) }
}

/// The prefixes met so far: a dense part for the numbers that exist, by ABI, and a small direct-mapped cache for
/// all others.
struct PrefixTable: Sendable {
  private static let dense = 512
  private static let cached = 256
  private static let cacheStart = 3 * dense

  private var prefixes = [Prefix](repeating: .unknown, count: cacheStart + cached)
  /// Whose prefix a cache slot holds: architecture and number. Any key is fine while the slot is unknown.
  private var keys = [UInt64](repeating: 0, count: cached)

  /// Borrows the table for a batch.
  @inline(__always)
  mutating func withCursor(over steps: UnsafeBufferPointer<Step>, _ body: (Cursor) -> Void) {
    prefixes.withUnsafeMutableBufferPointer { prefixes in
      keys.withUnsafeMutableBufferPointer { keys in
        body(Cursor(steps: steps, prefixes: prefixes, keys: keys))
      }
    }
  }

  struct Cursor {
    let steps: UnsafeBufferPointer<Step>
    let prefixes: UnsafeMutableBufferPointer<Prefix>
    let keys: UnsafeMutableBufferPointer<UInt64>

    /// The filter's answer; `data` is asked for only when more than number and architecture matters.
    @inline(__always)
    func answer(number: UInt32, architecture: UInt32, data: () -> SeccompData) -> Answer {
      let prefix = prefix(number: number, architecture: architecture)
      if let answer = prefix.answer { return answer }
      return finish(data(), from: prefix.entry)
    }

    @inline(__always)
    private func prefix(number: UInt32, architecture: UInt32) -> Prefix {
      let slot = slot(number: number, architecture: architecture)
      let known = prefixes[slot]
      if slot < PrefixTable.cacheStart {
        if !known.isUnknown { return known }
      } else {
        let key = UInt64(architecture) << 32 | UInt64(number)
        if keys[slot - PrefixTable.cacheStart] == key, !known.isUnknown { return known }
        keys[slot - PrefixTable.cacheStart] = key
      }
      let prefix = compute(number: number, architecture: architecture)
      prefixes[slot] = prefix
      return prefix
    }

    @inline(__always)
    private func slot(number: UInt32, architecture: UInt32) -> Int {
      let dense = UInt32(PrefixTable.dense)
      if architecture == AuditToken.x86_64 {
        if number < dense { return Int(number) }
        if number ^ x32SyscallBit < dense { return PrefixTable.dense + Int(number ^ x32SyscallBit) }
      } else if architecture == AuditToken.i386, number < dense {
        return 2 * PrefixTable.dense + Int(number)
      }
      // Fibonacci hashing: the top 8 bits of the product.
      let key = UInt64(architecture) << 32 | UInt64(number)
      return PrefixTable.cacheStart + Int((key &* 0x9e37_79b9_7f4a_7c15) >> 56)
    }

    /// Runs as far as number and architecture decide. Where X or the scratch memory was written on the way, the
    /// rest cannot begin in the middle, and the whole program is run each time.
    @inline(never)
    private func compute(number: UInt32, architecture: UInt32) -> Prefix {
      let data = SeccompData(number: number, architecture: architecture)
      var observer = PrefixObserver()
      let execution = withUnsafePointer(to: data) {
        execute(DecodedSteps(steps: steps), data: $0, observer: &observer)
      }
      if execution.stopped {
        return Prefix(entry: observer.stateWritten ? 0 : execution.pc)
      }
      return Prefix(
        Answer(verdict: execution.value, site: UInt16(truncatingIfNeeded: execution.pc)))
    }

    @inline(never)
    private func finish(_ data: SeccompData, from entry: Int) -> Answer {
      var observer = NoObserver()
      let execution = withUnsafePointer(to: data) {
        execute(DecodedSteps(steps: steps), from: entry, data: $0, observer: &observer)
      }
      return Answer(verdict: execution.value, site: UInt16(truncatingIfNeeded: execution.pc))
    }
  }
}
