import Scripts

/// The requests of ptrace(2) that scenarios make, with their numbers from linux/ptrace.h.
enum Trace {
  static let peekRegister: UInt64 = 3  // PTRACE_PEEKUSER
  static let pokeData: UInt64 = 5  // PTRACE_POKEDATA
  static let pokeRegister: UInt64 = 6  // PTRACE_POKEUSER
  static let resume: UInt64 = 7  // PTRACE_CONT
  static let resumeToCall: UInt64 = 24  // PTRACE_SYSCALL
  static let setOptions: UInt64 = 0x4200
  static let eventMessage: UInt64 = 0x4201  // PTRACE_GETEVENTMSG
  static let signalInfo: UInt64 = 0x4202  // PTRACE_GETSIGINFO
  static let seize: UInt64 = 0x4206
  static let interrupt: UInt64 = 0x4207
  static let getFilter: UInt64 = 0x420c  // PTRACE_SECCOMP_GET_FILTER
  static let getMetadata: UInt64 = 0x420d  // PTRACE_SECCOMP_GET_METADATA

  // Options.
  static let goodCalls: UInt64 = 0x1  // PTRACE_O_TRACESYSGOOD
  static let exits: UInt64 = 0x40  // PTRACE_O_TRACEEXIT
  static let filters: UInt64 = 0x80  // PTRACE_O_TRACESECCOMP
  static let suspends: UInt64 = 0x20_0000  // PTRACE_O_SUSPEND_SECCOMP

  // Offsets in `struct user` of asm/user_64.h.
  static let result: UInt64 = 80  // rax
  static let number: UInt64 = 120  // orig_rax

  // Wait statuses, waitpid(2) and ptrace(2).
  static let filterStop: UInt64 = 0x7057f  // PTRACE_EVENT_SECCOMP
  static let exitStop: UInt64 = 0x6057f  // PTRACE_EVENT_EXIT
  static let callStop: UInt64 = 0x857f  // SIGTRAP | 0x80
  static let interruptStop: UInt64 = 0x80057f  // PTRACE_EVENT_STOP
  static let signalStop: UInt64 = 0x0a7f  // SIGUSR1 is to be delivered
  static let badCallStop: UInt64 = 0x1f7f  // SIGSYS is to be delivered
}

extension Play {
  /// `ptrace(request, tracee, address, data)` by the tracer.
  mutating func trace(
    _ request: UInt64, _ tracee: Int, _ address: ScriptArgument = 0, _ data: ScriptArgument = 0,
    _ expected: StepExpectation = .returns(0), by tracer: Int = 0
  ) {
    call(.named("ptrace", [.value(request), .thread(tracee), address, data]), expected, by: tracer)
  }

  mutating func seize(
    _ tracee: Int, options: UInt64, _ expected: StepExpectation = .returns(0), by tracer: Int = 0
  ) {
    trace(Trace.seize, tracee, 0, .value(options), expected, by: tracer)
  }

  /// wait4(2) with __WALL, which comes back at once when there is something to tell.
  mutating func awaitStatus(of tracee: Int, _ status: UInt64, by tracer: Int = 0) {
    let place = space(8)
    call(
      ScriptCall.named("wait4", [.thread(tracee), .scratch(place), 0x4000_0000, 0]).reading(at: place),
      StepExpectation.positive.reading(.exactly(status)), by: tracer)
  }

  /// A word that a request writes to where its data points.
  mutating func traceRead(
    _ request: UInt64, _ tracee: Int, _ address: UInt64, is word: StepExpectation.Word, by tracer: Int = 0
  ) {
    let place = space(8)
    call(
      ScriptCall.named("ptrace", [.value(request), .thread(tracee), .value(address), .scratch(place)])
        .reading(at: place), StepExpectation.returns(0).reading(word), by: tracer)
  }

  mutating func setNumber(of tracee: Int, _ number: Int64) {
    trace(Trace.pokeRegister, tracee, .value(Trace.number), .value(UInt64(bitPattern: number)))
  }

  mutating func setResult(of tracee: Int, _ result: Int64) {
    trace(Trace.pokeRegister, tracee, .value(Trace.result), .value(UInt64(bitPattern: result)))
  }

  mutating func resume(_ tracee: Int, signal: UInt64 = 0) { trace(Trace.resume, tracee, 0, .value(signal)) }

  /// Stops a tracee that waits for its turn, and lets it run to its next call's beginning.
  mutating func resumeToCall(ofIdle tracee: Int) {
    trace(Trace.interrupt, tracee)
    awaitStatus(of: tracee, Trace.interruptStop)
    trace(Trace.resumeToCall, tracee)
  }
}
