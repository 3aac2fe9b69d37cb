import ClassicBPF
import Prediction
import Scripts
import SeccompModel

// Installing, asking, and calls that filters judge.
extension HistoryGrowth {
  /// Numbers of asm/unistd_64.h and asm/unistd_32.h.
  private enum Number {
    static let prctl: (UInt64, UInt64) = (157, 172)
    static let seccomp: (UInt64, UInt64) = (317, 354)
  }

  /// The call by a random entry that the actor's build has.
  mutating func entered(
    _ number: (x86_64: UInt64, i386: UInt64), by actor: Int, _ arguments: [ScriptArgument]
  ) -> ScriptCall {
    if run.program(of: actor) == .i386 {
      return ScriptCall(random.chance(1, of: 3) ? .sysenter : .int80, rax: number.i386, arguments)
    }
    if random.chance(1, of: 6) { return ScriptCall(.int80, rax: high(number.i386), arguments) }
    return ScriptCall(.syscall, rax: high(number.x86_64), arguments)
  }

  /// Sometimes with upper bits, which the kernel does not look at.
  private mutating func high(_ number: UInt64) -> UInt64 {
    random.chance(1, of: 12) ? number | random.pick([1 << 32, 0xffff_ffff << 32], else: 1) : number
  }

  mutating func noNewPrivileges() -> Step? {
    guard let actor = actor() else { return nil }
    let odd = random.chance(1, of: 12)
    return Step(
      actor,
      .call(
        entered(Number.prctl, by: actor, [38, odd ? .value(UInt64(random.below(3))) : 1, odd ? 1 : 0, 0, 0])))
  }

  /// An installation that may run: no_new_privs first where that is needed and nobody says otherwise.
  mutating func install(flags: UInt64) -> Step? {
    let tracee = actor(where: { $0.isTraced($1) })
    guard let actor = random.chance(1, of: 2) ? tracee ?? actor() : actor() else { return nil }
    let program = run.add(
      random.chance(1, of: actor == tracee ? 2 : 6)
        ? HistoryFilters.tracing(using: &random) : HistoryFilters.random(using: &random))
    if flags == 0, random.chance(1, of: 3) {
      let call = entered(Number.prctl, by: actor, [22, 2, .program(program), 0, 0])
      return Step(actor, .call(call.withProgram(program, at: 2)))
    }
    var flags = flags
    if random.chance(1, of: 8) { flags |= 2 }
    if random.chance(1, of: 30) { flags = 0x40 | flags }
    if random.chance(1, of: 60) { flags |= 0x20 }
    let call = entered(Number.seccomp, by: actor, [1, .value(flags), .program(program)])
    return Step(
      actor, .call(random.chance(1, of: 40) ? call.withNull(at: 2) : call.withProgram(program, at: 2)))
  }

  mutating func installListener() -> Step? {
    guard let actor = actor() else { return nil }
    let program = run.add(
      random.chance(4, of: 5)
        ? HistoryFilters.notifying(using: &random) : HistoryFilters.random(using: &random))
    let flags: UInt64 = random.pick([8, 8, 8, 8, 0x28, 0x19, 0xa, 9], else: 8)
    return Step(
      actor,
      .call(
        entered(Number.seccomp, by: actor, [1, .value(flags), .program(program)]).withProgram(program, at: 2))
    )
  }

  /// Mostly by an actor made for it: one in strict mode does little else.
  mutating func strict(_ isEffective: Bool) -> Step? {
    guard let actor = actor(where: { $0.spins($1) || !isEffective }) else { return nil }
    if random.chance(1, of: 3) {
      return Step(actor, .call(entered(Number.prctl, by: actor, [22, 1, 0, 0, 0])))
    }
    let odd = random.chance(1, of: 10)
    return Step(actor, .call(entered(Number.seccomp, by: actor, [0, odd ? 1 : 0, 0])))
  }

  mutating func ask() -> Step? {
    guard let actor = actor() else { return nil }
    switch random.below(5) {
    case 0: return Step(actor, .call(entered(Number.prctl, by: actor, [21, 0, 0, 0, 0])))
    case 1: return Step(actor, .call(entered(Number.prctl, by: actor, [39, 0, 0, 0, 0])))
    case 2: return Step(actor, .call(entered(Number.seccomp, by: actor, [3, 0, .scratch(0xff00)])))
    case 3:
      return Step(
        actor, .call(entered(Number.seccomp, by: actor, [.value(UInt64(random.within(4...9))), 0, 0])))
    default:
      // What stands there at first is 0: SECCOMP_RET_KILL_THREAD.
      return Step(
        actor,
        .call(entered(Number.seccomp, by: actor, [2, 0, random.chance(1, of: 4) ? 0 : .scratch(0xff80)])))
    }
  }

  // MARK: Calls

  /// A number that a filter of the script speaks of, or another.
  private mutating func number(_ entry: EntryPath) -> UInt64 {
    let call = random.pick(HarmlessCall.all, else: HarmlessCall(x86_64: 39, i386: 20))
    let isCompat = entry == .int80 || entry == .sysenter
    let all = HarmlessCall.all.map { isCompat ? $0.i386 : $0.x86_64 } + HarmlessCall.odd
    let named = run.script.filters.flatMap(\.instructions).map(\.k).filter { all.contains($0) }
    let low =
      random.chance(2, of: 3) && !named.isEmpty
      ? named[random.below(named.count)]
      : random.chance(1, of: 6)
        ? random.pick(HarmlessCall.odd, else: 600) : isCompat ? call.i386 : call.x86_64
    return entry == .sysenter ? UInt64(low) : high(UInt64(low))
  }

  /// Values at which the filters' comparisons change their answer.
  private mutating func arguments() -> [ScriptArgument] {
    (0..<6).map { _ in
      random.chance(1, of: 2)
        ? .value(UInt64(random.below(4))) : .value(random.pick(InterestingValues.boundaries, else: 0))
    }
  }

  mutating func call(_ isEffective: Bool) -> Step? {
    // One that is traced meets a filter that asks for that.
    if let tracee = actor(where: { $0.isTraced($1) && $0.isFiltered($1) && $0.program(of: $1) == .x86_64 }),
      let number = numbers(answeredBy: 0x7ff0_0000).randomElement(using: &random), random.chance(2, of: 3)
    {
      return Step(tracee, .call(ScriptCall(.syscall, rax: UInt64(number), arguments())))
    }
    guard let actor = actor(where: { $0.program(of: $1) == .x86_64 || !isEffective }) else { return nil }
    return Step(actor, .call(ScriptCall(.syscall, rax: number(.syscall), arguments())))
  }

  mutating func int80(_ isEffective: Bool) -> Step? {
    guard let actor = actor() else { return nil }
    return Step(actor, .call(ScriptCall(.int80, rax: number(.int80), arguments())))
  }

  mutating func sysenter(_ isEffective: Bool) -> Step? {
    guard let actor = actor(where: { $0.program(of: $1) == .i386 || !isEffective }) else { return nil }
    return Step(actor, .call(ScriptCall(.sysenter, rax: number(.sysenter), arguments())))
  }

  mutating func vsyscall(_ isEffective: Bool) -> Step? {
    guard let actor = actor(where: { $0.program(of: $1) == .x86_64 || !isEffective }) else { return nil }
    return Step(
      actor, .call(ScriptCall(.vsyscall, rax: UInt64(random.pick(HarmlessCall.vsyscalls, else: 96)), [])))
  }
}

extension ScriptCall {
  /// The address of the program's header, as this entry lays it out.
  fileprivate func withProgram(_ program: Int, at index: Int) -> ScriptCall {
    var call = self
    call.arguments[index] = entry == .syscall ? .program(program) : .program32(program)
    return call
  }

  fileprivate func withNull(at index: Int) -> ScriptCall {
    var call = self
    call.arguments[index] = 0
    return call
  }
}
