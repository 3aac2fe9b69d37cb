package import SeccompModel

/// A system call in a script.
package struct ScriptCall: Hashable, Sendable {
  package var entry: EntryPath
  /// The full number register; of a vsyscall the number that its slot stands for.
  package var rax: UInt64
  /// Six; what is not given is 0.
  package var arguments: [ScriptArgument]
  /// What to read from the scratch memory after the call.
  package var reads: MemoryWords?
  /// The call is made again until it fails or was made so often; the result is the last one's, and the number of calls
  /// that succeeded is told beside.
  package var repetitions: Int

  package init(
    _ entry: EntryPath, rax: UInt64, _ arguments: [ScriptArgument] = [], reads: MemoryWords? = nil,
    repetitions: Int = 1
  ) {
    self.entry = entry
    self.rax = rax
    self.arguments = arguments
    self.reads = reads
    self.repetitions = repetitions
  }

  /// 64-bit words of the scratch memory: at most eight.
  package struct MemoryWords: Hashable, Sendable {
    package var offset: Int
    package var count: Int

    package init(at offset: Int, count: Int = 1) {
      self.offset = offset
      self.count = count
    }

    package static let maximum = 8
  }
}

/// What stands in an argument register.
package enum ScriptArgument: Hashable, Sendable, ExpressibleByIntegerLiteral {
  case value(UInt64)
  /// The address of this byte of the scratch memory. It is below 2^32.
  case scratch(Int)
  /// The address of the `struct sock_fprog` of a filter, laid out for 64-bit callers.
  case program(Int)
  /// The same for 32-bit callers (`struct compat_sock_fprog`).
  case program32(Int)
  /// The thread id of an actor, as the initial actor sees it; 0 before the actor was made.
  case thread(Int)
  /// What step n returned.
  case result(Int)
  /// The 64-bit word that stands at this offset of the scratch memory when the call is made.
  case word(Int)

  package init(integerLiteral value: UInt64) { self = .value(value) }
}
