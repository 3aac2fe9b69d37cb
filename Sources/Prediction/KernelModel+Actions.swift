import SeccompModel

extension KernelModel {
  /// `MAX_ERRNO` of linux/err.h.
  static let maximumErrno: Int64 = 4095
  /// `ENOSYS` of asm-generic/errno.h.
  static let noSuchCall = Prediction.Expectation.exactly(.returned(-38))
  /// `-EINTR` of asm-generic/errno-base.h, as rax holds it.
  private static let interrupted = UInt64(bitPattern: -4)
  /// `SIGSYS` of asm/signal.h.
  static let badCallSignal: Int32 = 31

  /// What follows from the verdict that the kernel acts on (kernel/seccomp.c, `__seccomp_filter`).
  @inline(__always)
  func expectation(
    of verdict: Verdict, _ decider: Prediction.Decider, _ call: Call, _ context: Context
  ) -> Prediction.Expectation {
    switch kind(of: verdict) {
    case .killProcess, .killThread, .unknown: return .exactly(.died(signal: Self.badCallSignal))
    case .trap: return trapped(verdict.data, call, context)
    case .errno: return returned(verdict.data, context)
    case .notify:
      if case .filter(let index) = decider, index == context.listener { return .unpredictable(.listener) }
      return Self.noSuchCall
    case .trace:
      if context.hasTracer { return .exactly(.traced(message: UInt32(verdict.data))) }
      if case .trace = context.shield { return .exactly(.traced(message: UInt32(verdict.data))) }
      return Self.noSuchCall
    case .log, .allow: return allowed(call)
    }
  }

  private func returned(_ data: UInt16, _ context: Context) -> Prediction.Expectation {
    let errno = features[.errnoCapped] ? min(Int64(data), Self.maximumErrno) : Int64(data)
    if context.signalsMayArrive, RestartCode(rawValue: errno) != nil {
      return .unpredictable(.restartCodeReturned)
    }
    return .exactly(.returned(-errno))
  }

  /// SIGSYS with what `siginfo_t` and the saved rax hold (`force_sig_seccomp`, `syscall_rollback`).
  private func trapped(_ data: UInt16, _ call: Call, _ context: Context) -> Prediction.Expectation {
    guard context.hasSIGSYSHandler else { return .exactly(.died(signal: Self.badCallSignal)) }
    let number = Int32(bitPattern: call.number)
    var rax: UInt64
    // What signal delivery takes for the call's error: compat calls' rax is sign-extended first.
    let error: Int64
    switch call.entryPath {
    case .syscall:
      rax = call.rax
      error = Int64(bitPattern: call.rax)
    case .int80, .sysenter:
      rax = UInt64(call.number)
      error = Int64(number)
    case .vsyscall:
      rax = UInt64(call.number)
      error = 0
    }
    if error < 0, let code = RestartCode(rawValue: 0 &- error) {
      guard !context.handlerReturns else { return .unpredictable(.restartCodeTrapped) }
      if !code.callIsRepeated(restarting: context.handlerRestarts) { rax = Self.interrupted }
    }
    return .exactly(
      .trapped(
        TrapDetails(
          errno: Int32(data), number: number, architecture: call.entryPath.auditToken,
          callAddress: context.instructionPointer, rax: rax)))
  }
}

/// The errors by which a call asks to be made again once a signal's handler has run (linux/errno.h,
/// arch/x86/kernel/signal.c, `handle_signal`). 515 lies among them and is none.
private enum RestartCode: Int64 {
  case restartSystem = 512
  case restartNoInterrupt = 513
  case restartNoHandler = 514
  case restartBlock = 516

  /// Whether the handler returns to the call itself, or after it with -EINTR in rax.
  func callIsRepeated(restarting: Bool) -> Bool {
    switch self {
    case .restartSystem: restarting
    case .restartNoInterrupt: true
    case .restartNoHandler, .restartBlock: false
    }
  }
}
