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
    if random.chance(1, of: 5) {
      // Upper halves that filters see and calls do not.
      let high = random.chance(1, of: 4) ? UInt64(random.within(1...2)) << 32 : 0
      let words = arguments.map { argument -> ScriptArgument in
        if case .value(let value) = argument { .value(value | high) } else { argument }
      }
      return ScriptCall(.int80, rax: self.high(number.i386), words)
    }
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
        ? filters.tracing(using: &random) : filters.random(using: &random))
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
        ? filters.notifying(using: &random) : filters.random(using: &random))
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
    switch random.below(7) {
    case 0: return Step(actor, .call(entered(Number.prctl, by: actor, [21, 0, 0, 0, 0])))
    case 1: return Step(actor, .call(entered(Number.prctl, by: actor, [39, 0, 0, 0, 0])))
    case 2:
      let place: ScriptArgument = random.chance(1, of: 6) ? 0 : .scratch(0xff00)
      return Step(actor, .call(entered(Number.seccomp, by: actor, [3, flag(), place])))
    case 3:
      let operation = UInt64(random.within(4...9))
      return Step(actor, .call(entered(Number.seccomp, by: actor, [.value(operation), 0, 0])))
    case 4: return Step(actor, .call(entered(Number.prctl, by: actor, [22, .value(2 | 1 << 32), 0, 0, 0])))
    default:
      let place = Self.actions + 8 * random.below(Self.askedActions.count)
      return Step(
        actor,
        .call(
          entered(
            Number.seccomp, by: actor,
            [
              .value(random.chance(1, of: 8) ? 2 | 1 << 32 : 2), flag(),
              random.chance(1, of: 8) ? 0 : .scratch(place),
            ])))
    }
  }

  /// Mostly 0, as it must be.
  private mutating func flag() -> ScriptArgument { random.chance(1, of: 8) ? 1 : 0 }

  // MARK: Calls

  private mutating func number(_ entry: EntryPath, by actor: Int) -> UInt64 {
    let isCompat = entry == .int80 || entry == .sysenter
    if run.isStrict(actor) {
      // Those of strict mode's lists, of the other list, and what looks like them.
      let strict: [UInt64] =
        isCompat ? [1, 3, 4, 0, 20, 173, 60, 252] : [0, 1, 60, 3, 39, 231, 336, 0x4000_0000]
      return strict[random.below(strict.count)]
    }
    let low = UInt64(focus.callNumber(isCompat: isCompat, using: &random))
    return entry == .sysenter ? low : high(low)
  }

  /// Values at which the filters' comparisons change their answer.
  private mutating func arguments(of number: UInt64) -> [ScriptArgument] {
    // What they are on i386 takes other calls' arguments.
    if [335, 336].contains(number & 0xffff_ffff) { return [] }
    return arguments()
  }

  private mutating func arguments() -> [ScriptArgument] {
    (0..<6).map { _ in
      random.chance(1, of: 2)
        ? .value(UInt64(random.below(4))) : .value(random.pick(InterestingValues.boundaries, else: 0))
    }
  }

  mutating func call(_ isEffective: Bool) -> Step? {
    // One that is traced meets a filter that asks for that.
    if let tracee = actor(where: { $0.isTraced($1) && $0.isFiltered($1) && $0.program(of: $1) == .x86_64 }),
      let number = numbers(answeredBy: 0x7ff0_0000, isCompat: false).randomElement(using: &random),
      random.chance(2, of: 3)
    {
      return Step(tracee, .call(ScriptCall(.syscall, rax: UInt64(number), arguments())))
    }
    guard let actor = actor(where: { $0.program(of: $1) == .x86_64 || !isEffective }) else { return nil }
    return Step(actor, .call(ScriptCall(.syscall, rax: number(.syscall, by: actor), arguments())))
  }

  mutating func int80(_ isEffective: Bool) -> Step? {
    guard let actor = actor() else { return nil }
    let number = number(.int80, by: actor)
    return Step(actor, .call(ScriptCall(.int80, rax: number, arguments(of: number))))
  }

  mutating func sysenter(_ isEffective: Bool) -> Step? {
    guard let actor = actor(where: { $0.program(of: $1) == .i386 || !isEffective }) else { return nil }
    let number = number(.sysenter, by: actor)
    return Step(actor, .call(ScriptCall(.sysenter, rax: number, arguments(of: number))))
  }

  mutating func vsyscall(_ isEffective: Bool) -> Step? {
    guard let actor = actor(where: { $0.program(of: $1) == .x86_64 || !isEffective }) else { return nil }
    return Step(
      actor,
      .call(
        ScriptCall(
          .vsyscall,
          rax: UInt64(
            random.chance(3, of: 4) ? focus.vsyscall : random.pick(HarmlessCall.vsyscalls, else: 96)), [])))
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
