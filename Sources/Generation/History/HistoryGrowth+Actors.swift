import ClassicBPF
import Prediction
import Scripts
import SeccompModel

// Actors that come, change and go; signals between them.
extension HistoryGrowth {
  mutating func spawn(_ kind: SpawnKind) -> Step? {
    guard let parent = actor(where: { !$0.isStrict($1) }), let child = run.nextActor,
      child < HistoryGenerator.actorLimit
    else { return nil }
    return Step(parent, .spawn(child, kind))
  }

  mutating func execute() -> Step? {
    guard let actor = actor(where: { !$0.isStrict($1) && !$0.isTraced($1) }) else { return nil }
    return Step(actor, .execute(random.chance(2, of: 3) ? .i386 : .x86_64))
  }

  mutating func handle() -> Step? {
    guard let actor = actor(where: { !$0.isStrict($1) }) else { return nil }
    var flags: SignalDisposition.HandlerFlags = []
    if random.chance(1, of: 3) { flags.insert(.noDefer) }
    if random.chance(1, of: 4) { flags.insert(.restart) }
    if random.chance(1, of: 3) {
      let plain: [SignalDisposition] = [.record(flags: flags), .record(flags: flags), .ignore, .standard]
      let disposition = random.pick(plain, else: .standard)
      return Step(actor, .handle(signal: 10, disposition))
    }
    let dispositions: [SignalDisposition] = [
      .record(flags: flags), .record(flags: flags), .escape(flags: flags), .escape(flags: flags), .ignore,
      .standard,
    ]
    return Step(actor, .handle(signal: 31, random.pick(dispositions, else: .standard)))
  }

  mutating func mask() -> Step? {
    guard let actor = actor(where: { !$0.isStrict($1) }) else { return nil }
    return Step(actor, .mask(signal: random.chance(1, of: 2) ? 31 : 10, isBlocked: random.chance(1, of: 2)))
  }

  /// SIGUSR1 or nothing, to an actor; SIGKILL now and then.
  mutating func signal() -> Step? {
    guard let sender = actor(where: { !$0.isStrict($1) }) else { return nil }
    let living = (0..<Script.actorCapacity).filter { ![.absent, .over].contains(run.condition(of: $0)) }
    guard !living.isEmpty else { return nil }
    let waiting = living.filter { run.condition(of: $0) == .blocked }
    let target =
      waiting.isEmpty || random.chance(1, of: 3)
      ? living[random.below(living.count)] : waiting[random.below(waiting.count)]
    let signal: UInt64 = random.pick([10, 10, 10, 10, 0, 9], else: 10)
    if random.chance(1, of: 2) {
      return Step(sender, .call(entered((62, 37), by: sender, [.thread(target), .value(signal)])))
    }
    let leader = random.chance(1, of: 12) ? sender : run.leader(of: target)
    return Step(
      sender, .call(entered((234, 270), by: sender, [.thread(leader), .thread(target), .value(signal)])))
  }

  mutating func privileges() -> Step? {
    guard let actor = actor(where: { $0.program(of: $1) == .x86_64 && !$0.isStrict($1) }) else {
      return nil
    }
    if random.chance(1, of: 2) {
      return Step(actor, .call(.syscall(272, .value(random.chance(1, of: 4) ? 0 : 0x1000_0000))))
    }
    let user = UInt64(random.pick([65534, 65534, 1000], else: 65534))
    return Step(actor, .call(.syscall(117, .value(user), .value(user), .value(user))))
  }

  mutating func exit() -> Step? {
    let mayBeFirst = random.chance(1, of: 4)
    guard let actor = actor(where: { $1 > 0 || mayBeFirst }) else { return nil }
    let status = ScriptArgument.value(UInt64(random.below(256)))
    return Step(
      actor, .call(entered(random.chance(1, of: 2) ? (60, 1) : (231, 252), by: actor, [status])))
  }
}
