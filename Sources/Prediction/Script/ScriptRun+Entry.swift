import Scripts
import SeccompModel

// The way of a call into the kernel: what stands in the registers, which entry it takes, what seccomp says.
extension ScriptRun {
  mutating func make(_ call: ScriptCall, by actor: Int, mayBlock: Bool) -> Fate {
    guard let registers = registers(of: call, by: actor) else { return .exactly(.notTaken) }
    var fate = Fate.lost("a call made no time")
    for _ in 0..<max(1, call.repetitions) {
      fate = enter(actor, registers)
      guard fate.isSuccess, lostReason == nil else { break }
    }
    return fate == .exactly(.blocked) && !mayBlock ? .exactly(.hung) : fate
  }

  /// nil where this build has no such instruction.
  private func registers(of call: ScriptCall, by actor: Int) -> Registers? {
    guard let thread = world.threads[actor] else { return nil }
    let isCompat = world.processes[thread.process].program == .i386
    switch call.entry {
    case .syscall, .vsyscall: if isCompat { return nil }
    case .sysenter: if !isCompat { return nil }
    case .int80: break
    }
    var words = (0..<Arguments.count).map { index -> Word in
      index < call.arguments.count ? word(of: call.arguments[index]) : .known(0)
    }
    if isCompat { words = words.map(\.lowHalf) }
    return Registers(
      entry: call.entry, rax: isCompat ? call.rax & 0xffff_ffff : call.rax, words: words)
  }

  private func word(of argument: ScriptArgument) -> Word {
    switch argument {
    case .value(let value): return .known(value)
    case .scratch(let offset): return .known(ScratchMemory.base &+ UInt64(truncatingIfNeeded: offset))
    case .program(let index):
      return .known(ScratchMemory.programs + ScratchMemory.programStride * UInt64(truncatingIfNeeded: index))
    case .program32(let index):
      return .known(
        ScratchMemory.compatPrograms + ScratchMemory.compatProgramStride * UInt64(truncatingIfNeeded: index))
    case .thread(let actor):
      return world.threads.indices.contains(actor) && world.threads[actor] != nil ? .thread(actor) : .known(0)
    case .result(let step):
      guard fates.indices.contains(step) else { return .known(0) }
      if case .returned(let value) = fates[step] { return .known(UInt64(bitPattern: value)) }
      return .unknown
    case .word(let offset): return world.memory.word(at: offset)
    }
  }

  /// Makes a call: by its entry, past seccomp, and if that lets it run, to what the call does.
  mutating func enter(_ actor: Int, _ registers: Registers) -> Fate {
    if let fate = beforeSeccomp(actor, registers) { return fate }
    guard let thread = world.threads[actor] else { return .lost("no such actor") }
    if let fate = securely(actor, thread, registers) { return fate }
    return run(registers, number: registers.rax, by: actor)
  }

  /// What seccomp does about a call (`__secure_computing`); nil when it lets the call run.
  private mutating func securely(_ actor: Int, _ thread: ThreadState, _ registers: Registers) -> Fate? {
    let number = UInt32(truncatingIfNeeded: registers.rax & rules.numberMask)
    let isExempt = isExempt(registers, number)
    if thread.mode == .disabled || isSuspended(thread) { return nil }
    if registers.entry == .vsyscall, !rules.vsyscallsAreFiltered { return nil }
    guard thread.mode == .filter else {
      if isExempt, rules.exemptInStrictMode { return nil }
      return strictNumbers(for: registers.entry, thread).contains(number) ? nil : dieInStrictMode(actor)
    }
    if isExempt || !rules.filtersSeeInvalidNumbers && !exists(number, registers.entry) { return nil }
    guard let judgement = judge(thread.newest, registers) else {
      return .lost("a filter looks at what the model does not know")
    }
    return act(on: judgement, actor, registers)
  }

  /// Whether a tracer asked for PTRACE_O_SUSPEND_SECCOMP; it counts in strict mode too.
  func isSuspended(_ thread: ThreadState) -> Bool {
    guard let tracing = thread.tracing else { return false }
    return tracing.options & PtraceOption.suspendSeccomp != 0 && rules.suspensionSuspends
  }

  /// What ends a call before filters are asked.
  private mutating func beforeSeccomp(_ actor: Int, _ registers: Registers) -> Fate? {
    switch registers.entry {
    case .syscall: return nil
    case .int80, .sysenter: return features[.ia32Emulation] ? nil : fault(actor, rules.absentEntrySignal)
    case .vsyscall:
      guard rules.vsyscallNumbers.contains(UInt32(truncatingIfNeeded: registers.rax)) else {
        return .lost("there is no vsyscall slot for this number")
      }
      guard features[.vsyscallPage] else { return fault(actor, rules.absentEntrySignal) }
      // Pointers are checked before seccomp is asked (emulate_vsyscall).
      guard registers.words.prefix(2).allSatisfy({ $0 == .known(0) }) else {
        return .lost("a vsyscall that writes to memory")
      }
      return nil
    }
  }

  private func isExempt(_ registers: Registers, _ number: UInt32) -> Bool {
    guard registers.entry == .syscall || !rules.exemptOnlyNatively else { return false }
    if number == rules.uretprobeNumber { return features[.uretprobeExempt] }
    if number == rules.uprobeNumber { return features[.uprobeExempt] }
    return false
  }

  private func strictNumbers(for entry: EntryPath, _ thread: ThreadState) -> [UInt32] {
    let isCompat =
      rules.strictListGoesByEntry
      ? entry == .int80 || entry == .sysenter : world.processes[thread.process].program == .i386
    return isCompat ? rules.strictCompatNumbers : rules.strictNativeNumbers
  }

  /// A forbidden call in strict mode (`__secure_computing_strict`): only the thread ends.
  private mutating func dieInStrictMode(_ actor: Int) -> Fate {
    rules.strictSparesOthers
      ? leave(actor, lastEnds: .signalled(rules.strictSignal, core: false))
      : die(actor, by: rules.strictSignal)
  }

  /// What filters are shown of a call.
  func data(of registers: Registers) -> SeccompData {
    var arguments = Arguments()
    let isCompat = registers.entry == .int80 || registers.entry == .sysenter
    let isCut = isCompat && !rules.compatFiltersSeeFullArguments
    for (index, word) in registers.words.prefix(Arguments.count).enumerated() {
      arguments[index] = (isCut ? word.lowHalf : word).value ?? 0
    }
    let number = UInt32(truncatingIfNeeded: registers.rax & rules.numberMask)
    return SeccompData(
      number: number, architecture: isCompat ? rules.compatToken : rules.nativeToken,
      instructionPointer: registers.entry == .vsyscall ? vsyscallSlot(number) : 0, arguments: arguments)
  }

  /// The address of a vsyscall's slot.
  func vsyscallSlot(_ number: UInt32) -> UInt64 {
    let slot = rules.vsyscallNumbers.firstIndex(of: number) ?? 0
    return rules.vsyscallAddress &+ rules.vsyscallStride &* UInt64(slot)
  }
}

extension Word {
  /// What a 32-bit register, or a call by `int $0x80`, keeps of it.
  var lowHalf: Word {
    switch self {
    case .known(let value): .known(value & 0xffff_ffff)
    case .thread: self
    case .notification, .unknown: .unknown
    }
  }
}
