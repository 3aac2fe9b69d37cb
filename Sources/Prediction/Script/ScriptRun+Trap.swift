import Scripts
import SeccompModel

// SECCOMP_RET_TRAP: kernel/signal.c, force_sig_seccomp; arch/x86/kernel/signal.c, handle_signal.
extension ScriptRun {
  mutating func trap(_ actor: Int, _ registers: Registers, _ data: UInt32) -> Fate {
    let trapped = TrappedCall(registers: registers, data: data)
    if world.threads[actor]?.tracing != nil {
      // An ordinary signal to the tracer, which may keep it.
      tellTracer(of: actor)
      world.threads[actor]?.tracing?.isReported = false
      world.threads[actor]?.activity = .stopped(nil, .signal(trapped))
      return .exactly(.stopped)
    }
    return deliver(trapped, to: actor)
  }

  /// SIGSYS about a call reaches its thread.
  mutating func deliver(_ trapped: TrappedCall, to actor: Int) -> Fate {
    guard let thread = world.threads[actor] else { return .lost("no such actor") }
    let isBlocked = thread.blockedSignals & Signals.bit(rules.killSignal) != 0
    if isBlocked, rules.trapKillsWhenBlocked { return die(actor, by: rules.killSignal) }
    switch world.processes[thread.process].dispositions[rules.killSignal] ?? .standard {
    case .standard: return die(actor, by: rules.killSignal)
    case .ignore:
      if rules.trapKillsWhenIgnored { return die(actor, by: rules.killSignal) }
      return .returned(Int64(bitPattern: rolledBack(trapped.registers)))
    case .escape(let flags): return escape(actor, trapped, flags)
    case .record(let flags): return record(actor, trapped, flags)
    }
  }

  private mutating func escape(
    _ actor: Int, _ trapped: TrappedCall, _ flags: SignalDisposition.HandlerFlags
  ) -> Fate {
    if rules.handlerBlocksItsSignal, !flags.contains(.noDefer) {
      world.threads[actor]?.blockedSignals |= Signals.bit(rules.killSignal)
    }
    var rax = rolledBack(trapped.registers)
    if let code = restartCode(trapped.registers), !code.isRepeated(flags) { rax = Self.interrupted }
    guard trapped.registers.entry != .sysenter else { return .open("where sysenter comes back") }
    return .exactly(.trapped(details(trapped, rax: rax)))
  }

  private mutating func record(
    _ actor: Int, _ trapped: TrappedCall, _ flags: SignalDisposition.HandlerFlags
  ) -> Fate {
    var rax = rolledBack(trapped.registers)
    if let code = restartCode(trapped.registers) {
      guard !code.isRepeated(flags) else { return .lost("a call that is repeated for ever") }
      rax = Self.interrupted
    }
    if let fate = signalReturn(actor, flags) { return fate }
    guard trapped.registers.entry != .sysenter else { return .open("where sysenter comes back") }
    let details = details(trapped, rax: rax)
    guard let process = world.threads[actor]?.process, world.processes[process].program == .i386 else {
      return .exactly(.trappedAndReturned(details, Int64(bitPattern: rax)))
    }
    return .exactly(
      .trappedAndReturned(details, Int64(Int32(truncatingIfNeeded: rax))))
  }

  /// The call by which a handler returns; nil when it does.
  mutating func signalReturn(_ actor: Int, _ flags: SignalDisposition.HandlerFlags) -> Fate? {
    guard let thread = world.threads[actor] else { return .lost("no such actor") }
    if isSuspended(thread) { return nil }
    let isCompat = world.processes[thread.process].program == .i386
    let number = isCompat ? MachineryCall.signalReturn.i386 : MachineryCall.signalReturn.x86_64
    switch thread.mode {
    case .disabled: return nil
    case .strict: return isCompat ? .lost("a handler's return in strict mode") : nil
    case .filter:
      guard rules.filtersSeeSignalReturn else { return nil }
      guard let judgement = judge(thread.newest, .machinery(isCompat ? .int80 : .syscall, number)) else {
        return .lost("a filter looks at what a handler returns with")
      }
      switch judgement.verdict & rules.actionMask {
      case rules.allowAction, rules.logAction: return nil
      case rules.killProcessAction: return die(actor, by: rules.killSignal)
      case rules.trapAction where rules.handlerBlocksItsSignal && !flags.contains(.noDefer):
        return die(actor, by: rules.killSignal)
      default: return .lost("a handler that cannot return")
      }
    }
  }

  private func details(_ trapped: TrappedCall, rax: UInt64) -> TrapDetails {
    let registers = trapped.registers
    let number = UInt32(truncatingIfNeeded: registers.rax & rules.numberMask)
    return TrapDetails(
      errno: Int32(bitPattern: trapped.data & rules.trapErrnoMask), code: rules.trapCode,
      number: Int32(bitPattern: number), architecture: data(of: registers).architecture,
      callAddress: registers.entry == .vsyscall ? vsyscallSlot(number) : 0, rax: rax)
  }

  /// rax as the handler finds it (`syscall_rollback`).
  private func rolledBack(_ registers: Registers) -> UInt64 {
    guard rules.trapRollsBack else { return UInt64(bitPattern: -rules.noCallErrno) }
    return registers.entry == .syscall && rules.trapKeepsUpperNumber
      ? registers.rax : registers.rax & rules.numberMask
  }

  /// `-EINTR` as rax holds it.
  private static let interrupted = UInt64(bitPattern: -4)

  /// A number that signal delivery takes for the call's error.
  private func restartCode(_ registers: Registers) -> SignalRestart? {
    switch registers.entry {
    case .syscall: SignalRestart(result: Int64(bitPattern: rolledBack(registers)))
    case .int80, .sysenter:
      SignalRestart(result: Int64(Int32(truncatingIfNeeded: rolledBack(registers))))
    case .vsyscall: nil
    }
  }
}

/// The errors by which a call asks to be made again once a handler has run (linux/errno.h; arch/x86/kernel/signal.c).
enum SignalRestart: Int64, Hashable, Sendable {
  case system = 512
  case noInterrupt = 513
  case noHandler = 514
  case block = 516

  init?(result: Int64) { self.init(rawValue: 0 &- result) }

  func isRepeated(_ flags: SignalDisposition.HandlerFlags) -> Bool {
    switch self {
    case .system: flags.contains(.restart)
    case .noInterrupt: true
    case .noHandler, .block: false
    }
  }
}
