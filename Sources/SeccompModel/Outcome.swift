/// What user space sees of one call: what a probe observes and the kernel model predicts.
public enum Outcome: Hashable, Sendable {
  /// The call came back with this value in rax (an errno as its negative).
  case returned(Int64)
  /// SIGSYS arrived at the handler.
  case trapped(TrapDetails)
  /// The process died by this signal (31 is SIGSYS).
  case died(signal: Int32)
  /// The process stopped for its tracer (`PTRACE_EVENT_SECCOMP`) with this event message.
  case traced(message: UInt32)
  /// The call did not come back before the batch's deadline.
  case hung
  /// The probe itself was lost in this call: nothing is known.
  case lost
}

/// What SIGSYS told the handler about a call (`siginfo_t` with `si_code` SYS_SECCOMP, and the saved rax).
public struct TrapDetails: Hashable, Sendable {
  /// `si_errno`: the verdict's 16 data bits, uncapped.
  public var errno: Int32
  /// `si_code`: 1, SYS_SECCOMP.
  public var code: Int32
  /// `si_syscall`
  public var number: Int32
  /// `si_arch`
  public var architecture: UInt32
  /// `si_call_addr`: the address after the instruction that entered the kernel.
  public var callAddress: UInt64
  /// rax in the saved context: the number register, rolled back.
  public var rax: UInt64

  public init(
    errno: Int32, code: Int32 = 1, number: Int32, architecture: UInt32, callAddress: UInt64, rax: UInt64
  ) {
    self.errno = errno
    self.code = code
    self.number = number
    self.architecture = architecture
    self.callAddress = callAddress
    self.rax = rax
  }
}
