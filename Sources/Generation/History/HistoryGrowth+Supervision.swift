import ClassicBPF
import Prediction
import Scripts
import SeccompModel

// Calls that wait for a listener or a signal, listeners that answer, tracers.
extension HistoryGrowth {
  /// Layout of one place for a notification in the scratch memory: seccomp_notif, seccomp_notif_resp, and the two ranges by
  /// which process_vm_readv(2) copies the id from one to the other.
  private enum Slot {
    static let size = 0x200
    static let count = 64
    static let reply = 0x80
    static let to = 0x100
    static let from = 0x110
    static func offset(_ index: Int) -> Int { 0x1000 + index * size }
  }

  private static let base = ScriptMemory.scratch

  /// A call that some filter answers by asking, or pause(2), or one that is over at once.
  mutating func begin(_ isEffective: Bool) -> Step? {
    for _ in 0..<6 {
      guard let step = beginning() else { continue }
      var trial = run
      _ = trial.append(step)
      if !isEffective || trial.condition(of: step.actor) == .blocked { return step }
    }
    return nil
  }

  private mutating func beginning() -> Step? {
    guard let actor = actor(where: { !$0.isStrict($1) }) else { return nil }
    if random.chance(1, of: 8) { return Step(actor, .begin(entered((34, 29), by: actor, []))) }
    if random.chance(1, of: 6), let listener = run.listeners(of: actor).first, let slot = nextSlot() {
      return Step(
        actor, .begin(.syscall(16, .value(UInt64(listener.descriptor)), 0xc050_2100, .scratch(slot))))
    }
    let isCompat = run.program(of: actor) == .i386 || random.chance(1, of: 4)
    guard let number = numbers(answeredBy: 0x7fc0_0000, isCompat: isCompat).randomElement(using: &random)
    else {
      return Step(actor, .begin(entered((39, 20), by: actor, [])))
    }
    return Step(
      actor, .begin(ScriptCall(isCompat ? .int80 : .syscall, rax: UInt64(number), [.value(random.next())])))
  }

  /// Numbers of calls in filters that have this action somewhere.
  func numbers(answeredBy action: UInt32, isCompat: Bool) -> [UInt32] {
    let harmless = HarmlessCall.all.map { isCompat ? $0.i386 : $0.x86_64 }
    return run.script.filters.filter { $0.instructions.contains { $0.k & 0xffff_0000 == action } }
      .flatMap(\.instructions).map(\.k).filter { harmless.contains($0) }
  }

  mutating func nextSlot() -> Int? {
    guard slots < Slot.count else { return nil }
    slots += 1
    return Slot.offset(slots - 1)
  }

  // MARK: Listeners

  mutating func listen(_ isEffective: Bool) -> Step? {
    let candidate = actor {
      $0.program(of: $1) == .x86_64 && !$0.isStrict($1) && !$0.listeners(of: $1).isEmpty
    }
    guard let actor = candidate, let listener = run.listeners(of: actor).first else {
      guard !isEffective, let actor = self.actor() else { return nil }
      return Step(actor, .call(entered((16, 54), by: actor, [0, 0xc050_2100, .scratch(0)])))
    }
    let descriptor = ScriptArgument.value(UInt64(listener.descriptor))
    if listener.hasNews, random.chance(7, of: 8), let slot = nextSlot() {
      // RECV wants zeroes.
      let place = random.chance(1, of: 12) ? Self.actions : slot
      return Step(actor, .call(.syscall(16, descriptor, 0xc050_2100, .scratch(place))))
    }
    guard slots > 0 else { return nil }
    let slot = Slot.offset(random.chance(7, of: 8) ? slots - 1 : random.below(slots))
    switch random.below(12) {
    case 0: return Step(actor, .call(.syscall(16, descriptor, 0x4008_2102, .scratch(slot))))
    case 1: return Step(actor, .call(.syscall(3, descriptor)))
    case 2...9 where !isPrepared(slot): return prepareReply(slot, by: actor)
    default: return Step(actor, .call(.syscall(16, descriptor, 0xc018_2101, .scratch(slot + Slot.reply))))
    }
  }

  /// Whether the reply stands there already, but for its id.
  private func isPrepared(_ slot: Int) -> Bool {
    run.script.memory.contains { $0.offset == slot + Slot.reply }
  }

  /// Copies the notification's id to a reply that says what it will.
  private mutating func prepareReply(_ slot: Int, by actor: Int) -> Step {
    let value =
      random.chance(1, of: 2) ? UInt64(random.below(10)) : random.pick(InterestingValues.boundaries, else: 0)
    let error = random.pick([0, 0, 0, -5, 5, -5000], else: Int32(0))
    let flags: UInt32 = random.pick([0, 0, 0, 1, 1, 2], else: 0)
    let isContinuing = flags == 1 && random.chance(1, of: 2)
    run.add(
      .init(
        at: slot + Slot.reply + 8,
        words: [
          isContinuing ? 0 : value,
          UInt64(isContinuing ? 0 : UInt32(bitPattern: error)) | UInt64(flags) << 32,
        ]))
    run.add(.init(at: slot + Slot.reply, words: []))
    run.add(
      .init(
        at: slot + Slot.to, words: [Self.base + UInt64(slot + Slot.reply), 8, Self.base + UInt64(slot), 8]))
    return Step(
      actor,
      .call(.syscall(310, .thread(actor), .scratch(slot + Slot.to), 1, .scratch(slot + Slot.from), 1, 0)))
  }

  mutating func finish(_ isEffective: Bool) -> Step? {
    if let actor = actor(.returned) { return Step(actor, .finish) }
    if isEffective { return nil }
    return (actor(.blocked) ?? actor(.stopped) ?? actor()).map { Step($0, .finish) }
  }

  // MARK: Tracers

  mutating func trace(_ isEffective: Bool) -> Step? {
    guard let actor = actor(where: { $0.program(of: $1) == .x86_64 && !$0.isStrict($1) }) else {
      return nil
    }
    let tracees = run.tracees(of: actor)
    if let tracee = tracees.first(where: { run.condition(of: $0) == .stopped }) {
      return inspect(tracee, by: actor)
    }
    if !tracees.isEmpty, random.chance(1, of: 4) { return inspect(tracees[0], by: actor) }
    guard
      let target = self.actor(where: {
        !$0.isTraced($1) && (!isEffective || !$0.areOfOneProcess($1, actor))
      })
    else { return nil }
    // PTRACE_SEIZE with PTRACE_O_TRACESECCOMP, sometimes with PTRACE_O_SUSPEND_SECCOMP.
    let options: UInt64 = random.pick([0x80, 0x80, 0x80, 0, 0x20_0080], else: 0x80)
    return Step(actor, .call(.syscall(101, 0x4206, .thread(target), 0, .value(options))))
  }

  /// What one asks of a tracee, and does to it, while it is stopped.
  private mutating func inspect(_ tracee: Int, by actor: Int) -> Step {
    let request: [ScriptArgument]
    switch random.below(7) {
    case 0: request = [0x4201, .thread(tracee), 0, .scratch(0xfc00)]
    case 1: request = [0x420c, .thread(tracee), .value(UInt64(random.below(3))), 0]
    case 2: request = [0x420d, .thread(tracee), 16, .scratch(0xfd00)]
    case 3: request = [0x4200, .thread(tracee), 0, random.chance(3, of: 4) ? 0x80 : 0]
    case 4:
      request = [6, .thread(tracee), 80, .value(random.pick([777, UInt64(bitPattern: -55)], else: 777))]
    default:
      let number =
        random.chance(1, of: 4)
        ? UInt64.max
        : UInt64(focus.callNumber(isCompat: run.isStoppedInCompatCall(tracee), using: &random))
      request = [6, .thread(tracee), 120, .value(number)]
    }
    return Step(actor, .call(ScriptCall(.syscall, rax: 101, request)))
  }

  mutating func resume(_ isEffective: Bool) -> Step? {
    let stopped = (0..<Script.actorCapacity).filter { run.condition(of: $0) == .stopped }
    if let tracee = stopped.first,
      let tracer = actor(where: { $0.tracees(of: $1).contains(tracee) && $0.program(of: $1) == .x86_64 })
    {
      // SIGSYS, or none.
      return Step(
        tracer, .call(.syscall(101, 7, .thread(tracee), 0, .value(random.chance(1, of: 3) ? 31 : 0))))
    }
    guard !isEffective, let actor = actor(where: { $0.program(of: $1) == .x86_64 }), let other = self.actor()
    else {
      return nil
    }
    return Step(actor, .call(.syscall(101, 7, .thread(other), 0, 0)))
  }
}

extension Script.MemoryPiece {
  /// 64-bit words, lowest byte first.
  init(at offset: Int, words: [UInt64]) {
    self.init(
      at: offset, words.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(8 * $0)) } })
  }
}
