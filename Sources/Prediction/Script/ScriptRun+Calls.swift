import Scripts
import SeccompModel

// What calls do once nothing stands in their way.
extension ScriptRun {
  /// Whether the kernel has a call for this number (arch/x86/entry/common.c).
  func exists(_ number: UInt32, _ entry: EntryPath) -> Bool {
    let isCompat = entry == .int80 || entry == .sysenter
    let table = isCompat ? KnownNumbers.tables.i386 : KnownNumbers.tables.x86_64
    return table.contains(number) || number >= table.firstFree && number <= features.highestNumber
  }

  /// Executes the call of `number`, the register that a tracer may have changed.
  mutating func run(_ registers: Registers, number register: UInt64, by actor: Int) -> Fate {
    let number = UInt32(truncatingIfNeeded: register & rules.numberMask)
    let isCompat = registers.entry == .int80 || registers.entry == .sysenter
    if !isCompat {
      if number == rules.uretprobeNumber { return uretprobe(actor) }
      if number == rules.uprobeNumber, features[.uprobeExempt] {
        return .oneOf(rules.uprobeErrnos.map { .returned(-$0) })
      }
      if number & rules.x32Bit != 0, Int32(bitPattern: number) >= 0, features[.x32Calls] {
        return .lost("an x32 call")
      }
      if !features[.lowNumberDispatch], Int64(bitPattern: register) != Int64(Int32(bitPattern: number)) {
        return .lost("a number with upper bits on a kernel before 5.14")
      }
    }
    guard let call = ModelledCall.named(by: number, isCompat: isCompat) else {
      return exists(number, registers.entry)
        ? .lost("call \(number), whose effect is not modelled") : .failed(rules.noCallErrno)
    }
    let isCut = isCompat && rules.compatCallsTakeLowHalves
    let words = isCut ? registers.words.map(\.lowHalf) : registers.words
    return perform(call, CallArguments(words: words, isCompat: isCompat), registers, by: actor)
  }

  private mutating func uretprobe(_ actor: Int) -> Fate {
    features[.uretprobeExempt] ? fault(actor, rules.uretprobeSignal) : .lost("uretprobe on this kernel")
  }

  private mutating func perform(
    _ call: ModelledCall, _ arguments: CallArguments, _ registers: Registers, by actor: Int
  ) -> Fate {
    guard let thread = world.threads[actor] else { return .lost("no such actor") }
    switch call {
    case .getpid, .gettid: return .returnedIn(1...Self.highestThreadID)
    case .getppid, .getpgrp: return .returnedIn(0...Self.highestThreadID)
    case .getuid: return user(thread.credentials.shown(thread.credentials.real))
    case .geteuid: return user(thread.credentials.shown(thread.credentials.effective))
    case .getgid: return .returnedIn(0...Int64(UInt32.max))
    case .schedYield: return .returned(0)
    case .highestPriority: return highestPriority(arguments)
    case .exit, .exitGroup: return exit(actor, arguments[0], isGroup: call == .exitGroup)
    case .prctl: return prctl(arguments, by: actor)
    case .seccomp: return seccomp(arguments, by: actor)
    case .ptrace: return ptrace(arguments, by: actor)
    case .ioctl: return ioctl(arguments, registers, by: actor)
    case .close, .read, .write, .dup, .dup2: return onDescriptor(call, arguments, by: actor)
    case .kill: return signal(arguments[0], arguments[1], isToThread: false, by: actor)
    case .tgkill:
      guard case .thread(let group) = arguments[0], case .thread(let target) = arguments[1] else {
        return .lost("tgkill of somebody else")
      }
      let isOfGroup = world.threads[target].map { world.processes[$0.process].leader == group } ?? false
      guard isOfGroup else { return .failed(3) }
      return signal(arguments[1], arguments[2], isToThread: true, by: actor)
    case .pause:
      let call = pending(registers)
      world.threads[actor]?.activity = .blocked(call, .signal)
      return .exactly(.blocked)
    case .setresuid: return setresuid(arguments, by: actor)
    case .unshare: return unshare(arguments, by: actor)
    case .restartSyscall: return .failed(rules.interruptedErrno)
    case .gettimeofday: return arguments.areZero(2) ? .returned(0) : .lost("gettimeofday that writes")
    case .time: return arguments.areZero(1) ? .returnedIn(1 ... .max) : .lost("time that writes")
    case .getcpu: return arguments.areZero(2) ? .returned(0) : .lost("getcpu that writes")
    case .copyMemory: return copyMemory(arguments, by: actor)
    case .openProcess: return openProcess(arguments, by: actor)
    case .copyDescriptor: return copyDescriptor(arguments, by: actor)
    case .wait: return wait(arguments, by: actor)
    }
  }

  /// `PID_MAX_LIMIT` of linux/threads.h.
  static let highestThreadID: Int64 = 4 << 20

  func pending(_ registers: Registers) -> PendingCall {
    PendingCall(registers: registers, number: registers.rax, result: -rules.noCallErrno)
  }

  private func user(_ id: UInt32?) -> Fate {
    id.map { .returned(Int64($0)) } ?? .returnedIn(1...Int64(UInt32.max))
  }

  /// sched_get_priority_max(2): 99 for SCHED_FIFO and SCHED_RR, 0 for the policies without priorities.
  private func highestPriority(_ arguments: CallArguments) -> Fate {
    switch arguments.int(0) {
    case 1, 2: .returned(99)
    case 0, 3, 5, 6: .returned(0)
    case .some(let policy) where policy < 0 || policy > 7: .failed(22)
    default: .open("a scheduling policy that the model does not know")
    }
  }

  private mutating func exit(_ actor: Int, _ status: Word, isGroup: Bool) -> Fate {
    guard let status = status.value, let process = world.threads[actor]?.process else {
      return .lost("an exit status that is not known")
    }
    let ending = StepResult.Ending.exited(Int32(status & 0xff))
    return isGroup ? end(process, ending) : leave(actor, lastEnds: ending)
  }

  private mutating func signal(_ target: Word, _ signal: Word, isToThread: Bool, by actor: Int) -> Fate {
    guard let number = signal.value else { return .lost("a signal that is not known") }
    return send(Int32(truncatingIfNeeded: number), to: target, isToThread: isToThread, by: actor)
  }

  /// process_vm_readv(2) of oneself with one range on each side: how a script copies within the scratch memory.
  private mutating func copyMemory(_ arguments: CallArguments, by actor: Int) -> Fate {
    guard case .thread(let target) = arguments[0],
      world.living(target)?.process == world.threads[actor]?.process,
      arguments[2] == .known(1), arguments[4] == .known(1), arguments[5] == .known(0),
      let local = arguments[1].value, let remote = arguments[3].value,
      case .bytes(let to) = world.memory.read(local, count: 16),
      case .bytes(let from) = world.memory.read(remote, count: 16),
      case .scratch(let destination) = ScratchMemory.place(of: to.littleEndian),
      case .scratch(let source) = ScratchMemory.place(of: from.littleEndian)
    else { return .lost("process_vm_readv that the model does not follow") }
    let count = to.dropFirst(8).littleEndian
    guard count == from.dropFirst(8).littleEndian, count % 8 == 0, count <= 4096,
      destination + Int(count) <= Script.scratchSize, source + Int(count) <= Script.scratchSize
    else { return .lost("process_vm_readv that the model does not follow") }
    for step in stride(from: 0, to: Int(count), by: 8) {
      world.memory.write(world.memory.word(at: source + step), at: destination + step)
    }
    return .returned(Int64(count))
  }
}

/// The arguments of a call as it takes them.
struct CallArguments: Hashable, Sendable {
  var words: [Word]
  /// Whether it is an i386 call.
  var isCompat: Bool

  subscript(index: Int) -> Word { words.indices.contains(index) ? words[index] : .known(0) }

  /// As a C `int` or `unsigned int`.
  func int(_ index: Int) -> Int32? { self[index].value.map { Int32(truncatingIfNeeded: $0) } }

  func areZero(_ count: Int) -> Bool { (0..<count).allSatisfy { self[$0] == .known(0) } }
}
