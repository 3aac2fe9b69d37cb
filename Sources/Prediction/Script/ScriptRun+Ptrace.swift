import ClassicBPF
import Scripts
import SeccompModel

/// `PTRACE_O_*` of linux/ptrace.h.
enum PtraceOption {
  static let traceSeccomp: UInt64 = 0x80
  static let exitKill: UInt64 = 1 << 20
  static let suspendSeccomp: UInt64 = 1 << 21
  /// Those that the model follows.
  static let followed = traceSeccomp | exitKill | suspendSeccomp
}

// SECCOMP_RET_TRACE and ptrace(2): kernel/ptrace.c; kernel/seccomp.c, __seccomp_filter.
extension ScriptRun {
  private enum Request {
    static let peekUser: UInt64 = 3
    static let pokeUser: UInt64 = 6
    static let goOn: UInt64 = 7
    static let setOptions: UInt64 = 0x4200
    static let getEventMessage: UInt64 = 0x4201
    static let seize: UInt64 = 0x4206
    static let interrupt: UInt64 = 0x4207
    static let getFilter: UInt64 = 0x420c
    static let getMetadata: UInt64 = 0x420d
  }

  /// Offsets in `struct user_regs_struct` of sys/user.h.
  private enum Register {
    static let rax: UInt64 = 80
    static let originalRax: UInt64 = 120
  }

  /// `EPERM`, `ESRCH`, `EIO`, `EINVAL`
  private static let notPermitted: Int64 = 1
  private static let noSuchProcess: Int64 = 3
  private static let inputOutput: Int64 = 5
  private static let invalid: Int64 = 22

  mutating func askTracer(_ actor: Int, _ registers: Registers, _ data: UInt32) -> Fate {
    guard let tracing = world.threads[actor]?.tracing, tracing.options & PtraceOption.traceSeccomp != 0 else {
      return .failed(rules.nobodyErrno)
    }
    if registers.entry == .vsyscall { return .lost("a vsyscall under a tracer") }
    let call = pending(registers)
    tellTracer(of: actor)
    world.threads[actor]?.tracing?.isReported = false
    world.threads[actor]?.activity = .stopped(call, .verdict(message: UInt64(data)))
    return .exactly(.stopped)
  }

  mutating func ptrace(_ arguments: CallArguments, by actor: Int) -> Fate {
    guard !arguments.isCompat, let request = arguments[0].value,
      case .thread(let target) = arguments[1], let tracee = world.living(target)
    else { return .lost("a ptrace request that the model does not follow") }
    if request == Request.seize { return seize(target, arguments, by: actor) }
    if request == Request.interrupt { return .lost("a stop between two calls") }
    guard !tracee.hasFreshStop else { return .lost("the next stop, which takes a moment") }
    guard tracee.tracing?.tracer == actor, case .stopped(let call, let stop) = tracee.activity else {
      return .failed(Self.noSuchProcess)
    }
    switch request {
    case Request.setOptions: return setOptions(of: target, arguments[3], by: actor)
    case Request.getEventMessage: return eventMessage(stop, to: arguments[3])
    case Request.peekUser, Request.pokeUser:
      guard request == Request.pokeUser, let call else { return .lost("registers outside a call") }
      return poke(target, call, stop, arguments)
    case Request.getFilter: return getFilter(of: tracee, arguments, by: actor)
    case Request.getMetadata: return getMetadata(of: tracee, arguments, by: actor)
    case Request.goOn: return goOn(target, call, stop, arguments[3])
    default: return .lost("a ptrace request that the model does not follow")
    }
  }

  // MARK: Attaching

  private mutating func seize(_ target: Int, _ arguments: CallArguments, by actor: Int) -> Fate {
    guard let tracer = world.threads[actor], let tracee = world.threads[target] else { return .failed(3) }
    guard arguments[2] == .known(0) else { return .failed(Self.inputOutput) }
    guard let options = arguments[3].value, options & ~PtraceOption.followed == 0 else {
      return .lost("options of ptrace that the model does not follow")
    }
    if let fate = refuses(options, to: tracer) { return fate }
    if tracee.process == tracer.process || tracee.tracing != nil { return .failed(Self.notPermitted) }
    guard tracer.credentials.isCapableInitially else { return .lost("tracing without privilege") }
    guard tracee.activity == .idle else { return .lost("tracing one who waits") }
    guard !tracee.hasFreshSignal else { return .lost("tracing one with a signal on its way") }
    world.threads[target]?.tracing = Tracing(tracer: actor, options: options, isSeized: true)
    world.processes[tracee.process].wasTraced = true
    return .returned(0)
  }

  /// `check_ptrace_options`
  private func refuses(_ options: UInt64, to tracer: ThreadState) -> Fate? {
    guard options & PtraceOption.suspendSeccomp != 0, rules.suspensionWantsPrivilege else { return nil }
    let isSuspended = tracer.tracing.map { $0.options & PtraceOption.suspendSeccomp != 0 } ?? false
    let mayDo = tracer.credentials.isCapableInitially && tracer.mode == .disabled && !isSuspended
    return mayDo ? nil : .failed(rules.suspensionErrno)
  }

  private mutating func setOptions(of target: Int, _ options: Word, by actor: Int) -> Fate {
    guard let tracer = world.threads[actor], let options = options.value,
      options & ~PtraceOption.followed == 0
    else { return .lost("options of ptrace that the model does not follow") }
    if let fate = refuses(options, to: tracer) { return fate }
    world.threads[target]?.tracing?.options = options
    return .returned(0)
  }

  // MARK: At a stop

  private mutating func eventMessage(_ stop: Activity.Stop, to address: Word) -> Fate {
    guard let address = address.value else { return .lost("an address that is not known") }
    switch ScratchMemory.place(of: address) {
    case .unreadable: return .failed(rules.faultErrno)
    case .scratch(let offset):
      if case .verdict(let message) = stop {
        world.memory.write(.known(message), at: offset)
      } else {
        world.memory.write(.unknown, at: offset)
      }
      return .returned(0)
    case .program, .compatProgram, .unknown: return .lost("memory that the model does not know")
    }
  }

  private mutating func poke(
    _ target: Int, _ call: PendingCall, _ stop: Activity.Stop, _ arguments: CallArguments
  ) -> Fate {
    guard let value = arguments[3].value else { return .lost("a value that is not known") }
    var call = call
    switch arguments[2] {
    case .known(Register.originalRax): call.number = value
    case .known(Register.rax): call.result = Int64(bitPattern: value)
    default: return .lost("a register that the model does not follow")
    }
    world.threads[target]?.activity = .stopped(call, stop)
    return .returned(0)
  }

  /// PTRACE_CONT, with a signal to deliver or none.
  private mutating func goOn(
    _ target: Int, _ call: PendingCall?, _ stop: Activity.Stop, _ signal: Word
  ) -> Fate {
    guard let signal = signal.value else { return .lost("a signal that is not known") }
    world.threads[target]?.activity = .idle
    switch stop {
    case .fault: return .lost("a fault under a tracer")
    case .verdict:
      guard signal == 0, let call else { return .lost("a signal at a seccomp stop") }
      settle(target, afterTrace(target, call))
    case .signal(let trapped):
      guard signal == 0 || signal == UInt64(rules.killSignal) else { return .lost("another signal") }
      if signal == 0 {
        settle(target, .returned(Int64(bitPattern: trapped.registers.rax)))
      } else {
        settle(target, deliver(trapped, to: target))
      }
    }
    if case .stopped = world.threads[target]?.activity { world.threads[target]?.hasFreshStop = true }
    return .returned(0)
  }

  /// The number is read again: a negative one skips the call, for any other the filters are asked again.
  private mutating func afterTrace(_ actor: Int, _ call: PendingCall) -> Fate {
    if Int32(truncatingIfNeeded: call.number) < 0, rules.traceSkipsNegative { return .returned(call.result) }
    guard let thread = world.threads[actor] else { return .lost("no such actor") }
    var registers = call.registers
    registers.rax = call.number
    guard rules.traceAsksAgain else { return run(registers, number: call.number, by: actor) }
    // The exemption is looked for in the second look too (seccomp_uprobe_exception).
    let number = UInt32(truncatingIfNeeded: call.number)
    if registers.entry == .syscall,
      number == rules.uretprobeNumber && features[.uretprobeExempt]
        || number == rules.uprobeNumber && features[.uprobeExempt]
    {
      return run(registers, number: call.number, by: actor)
    }
    guard let judgement = judge(thread.newest, registers) else {
      return .lost("a filter looks at what the model does not know")
    }
    return act(on: judgement, actor, registers, isSecondTime: true)
  }

  /// wait4(2) for a tracee that is stopped, once for each stop.
  mutating func wait(_ arguments: CallArguments, by actor: Int) -> Fate {
    guard case .thread(let target) = arguments[0], let tracee = world.living(target),
      tracee.tracing?.tracer == actor, tracee.tracing?.isReported == false,
      case .stopped(_, let stop) = tracee.activity, let address = arguments[1].value,
      let options = arguments[2].value,
      options & 0x4000_0000 != 0, arguments[3] == .known(0), arguments.isCompat == false
    else { return .lost("wait4 that the model does not follow") }
    // It waits as long as that takes.
    world.threads[target]?.hasFreshStop = false
    if address != 0 {
      guard case .scratch(let offset) = ScratchMemory.place(of: address) else {
        return .lost("memory that the model does not know")
      }
      // SIGTRAP with the event above it; or SIGSYS.
      var status: UInt32 = 0x7057f
      if case .signal = stop { status = 0x7f | UInt32(rules.killSignal) << 8 }
      if case .fault = stop { return .lost("a fault under a tracer") }
      world.memory.write((0..<4).map { UInt8(truncatingIfNeeded: status >> (8 * $0)) }, at: offset)
    }
    world.threads[target]?.tracing?.isReported = true
    return .returnedIn(1...Self.highestThreadID)
  }

  // MARK: Filters of others

  /// The filters of a tracee, in the order that PTRACE_SECCOMP_GET_FILTER counts; or what the request answers.
  private func inspected(
    _ tracee: ThreadState, _ index: Word, by actor: Int
  ) -> (filter: InstalledFilter?, refusal: Fate?) {
    guard let caller = world.threads[actor] else { return (nil, .lost("no such actor")) }
    if !caller.credentials.isCapableInitially || rules.getFilterRefusesFiltered && caller.mode != .disabled {
      return (nil, .failed(rules.getFilterDeniedErrno))
    }
    guard tracee.mode == .filter else { return (nil, .failed(rules.getFilterModeErrno)) }
    guard let index = index.value else { return (nil, .lost("an index that is not known")) }
    let newestFirst = Array(world.chain(from: tracee.newest))
    guard index < UInt64(newestFirst.count) else { return (nil, .failed(rules.getFilterEndErrno)) }
    let place = rules.filtersCountFromOldest ? newestFirst.count - 1 - Int(index) : Int(index)
    return (world.filters[newestFirst[place]], nil)
  }

  private mutating func getFilter(of tracee: ThreadState, _ arguments: CallArguments, by actor: Int) -> Fate {
    let (filter, refusal) = inspected(tracee, arguments[2], by: actor)
    guard let filter else { return refusal ?? .lost("no filter") }
    guard let address = arguments[3].value else { return .lost("an address that is not known") }
    if address != 0 {
      switch ScratchMemory.place(of: address) {
      case .unreadable: return .failed(rules.faultErrno)
      case .scratch(let offset) where offset + 8 * filter.filter.count <= Script.scratchSize:
        world.memory.write(filter.filter.bytes, at: offset)
      default: return .lost("memory that the model does not know")
      }
    }
    return .returned(Int64(filter.filter.count))
  }

  /// `addr` is the size, `data` a struct seccomp_metadata whose first word is the index.
  private mutating func getMetadata(of tracee: ThreadState, _ arguments: CallArguments, by actor: Int) -> Fate
  {
    guard let address = arguments[3].value, case .scratch(let offset) = ScratchMemory.place(of: address),
      arguments[2] == .known(UInt64(rules.metadataSize)), offset + 16 <= Script.scratchSize
    else { return .lost("metadata asked for in a way that the model does not follow") }
    let (filter, refusal) = inspected(tracee, world.memory.word(at: offset), by: actor)
    guard let filter else { return refusal ?? .lost("no filter") }
    world.memory.write(.known(filter.isLogged ? 2 : 0), at: offset + 8)
    return .returned(rules.metadataSize)
  }
}
