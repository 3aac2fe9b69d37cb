public import SeccompModel

/// What the kernel does with one call under a stack of filters.
public struct Prediction: Hashable, Sendable {
  public var expectation: Expectation
  /// The verdict that the kernel acts on.
  public var verdict: Verdict
  /// Whose verdict it is.
  public var decider: Decider

  public enum Expectation: Hashable, Sendable {
    /// User space sees exactly this.
    case exactly(Outcome)
    /// The call is executed: user space sees the call's own result.
    case runs
    /// The outcome depends on something that the model is not told.
    case unpredictable(Reason)
  }

  public enum Decider: Hashable, Sendable {
    /// The filter at this index of the stack, the oldest being 0.
    case filter(Int)
    case shield
    /// None: every filter says ALLOW, which is also what the kernel starts from.
    case nobody
    /// The call does not reach the filters.
    case notConsulted
  }

  public enum Reason: Hashable, Sendable {
    /// The listener's answer decides.
    case listener
    /// TRAP puts the number back into rax, where signal delivery takes -512, -513, -514 and -516 for restart
    /// codes (arch/x86/kernel/signal.c, `handle_signal`). What follows if the handler returns is another call,
    /// possibly for ever.
    case restartCodeTrapped
    /// ERRNO 512, 513, 514 and 516 are restart codes if a signal's handler is to run.
    case restartCodeReturned
    /// Kernels before 5.14 use the upper half of rax in some places and not in others.
    case upperNumberBits
    /// This kernel does not have the entry path, and how that shows depends on the processor.
    case entryAbsent
    /// The vsyscall page has no slot for this number.
    case noVsyscallSlot
    /// A pointer outside user space faults in the vsyscall page before any filter is asked.
    case userMemory
  }
}
