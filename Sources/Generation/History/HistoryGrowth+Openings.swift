import ClassicBPF
import Prediction
import Scripts
import SeccompModel

// How histories begin: some at nothing, most where it takes several steps to come to by chance.
extension HistoryGrowth {
  mutating func begin() {
    switch random.index(weighted: [20, 18, 14, 16, 8, 8, 6, 6, 3, 5]) {
    case 1: openWithTrap()
    case 2: openWithTracer()
    case 3: openWithListener()
    case 4: openWithStrictMode()
    case 5: openWithStack()
    case 6: openWithSignals()
    case 7: openWithThreads()
    case 8: openWithExemption()
    case 9: openWithoutPrivilege()
    default: break
    }
  }

  /// Takes the step if the model can tell its end.
  private mutating func take(_ step: Step) {
    var draft = self
    switch draft.run.append(step) {
    case .open, .exactly(.hung): return
    case .exactly, .oneOf, .returned: break
    }
    if draft.run.lostReason == nil { self = draft }
  }

  private mutating func install(_ filter: Filter, flags: UInt64 = 0, by actor: Int = 0) {
    take(Step(actor, .call(.install(run.add(filter), flags: flags))))
  }

  private mutating func someNumber(isCompat: Bool = false) -> UInt32 {
    let call = focus.calls[random.below(focus.calls.count)]
    return isCompat ? call.i386 : call.x86_64
  }

  private mutating func someData() -> UInt16 { UInt16(truncatingIfNeeded: random.next()) }

  private mutating func openWithTrap() {
    var flags: SignalDisposition.HandlerFlags = []
    if random.chance(1, of: 3) { flags.insert(.noDefer) }
    let dispositions: [SignalDisposition] = [
      .record(flags: flags), .record(flags: flags), .escape(flags: flags), .escape(flags: flags), .ignore,
    ]
    take(Step(0, .handle(signal: 31, random.pick(dispositions, else: .ignore))))
    if random.chance(1, of: 4) { take(Step(0, .mask(signal: 31, isBlocked: true))) }
    if random.chance(1, of: 3) { take(Step(0, .spawn(1, .thread))) }
    let isVsyscall = random.chance(1, of: 4)
    let number = isVsyscall ? focus.vsyscall : someNumber()
    install(filters.only(number, .trap(someData())))
    let high = random.chance(1, of: 3) ? UInt64(random.within(1...7)) << 32 : 0
    take(
      Step(
        0,
        .call(ScriptCall(isVsyscall ? .vsyscall : .syscall, rax: UInt64(number) | (isVsyscall ? 0 : high)))))
  }

  private mutating func openWithTracer() {
    take(Step(0, .spawn(1, .process)))
    if random.chance(1, of: 3) { install(filters.random(using: &random)) }
    let number = someNumber()
    install(filters.only(number, .trace(someData())))
    if random.chance(1, of: 3) { install(filters.random(using: &random)) }
    take(Step(1, .call(.syscall(101, 0x4206, .thread(0), 0, random.chance(1, of: 6) ? 0x20_0080 : 0x80))))
    take(Step(0, .call(ScriptCall(.syscall, rax: UInt64(number), [.value(random.next())]))))
    guard random.chance(1, of: 2) else { return }
    let isSkipped = random.chance(1, of: 3)
    let other = isSkipped ? UInt64.max : UInt64(focus.callNumber(isCompat: false, using: &random))
    take(Step(1, .call(.syscall(101, 6, .thread(0), 120, .value(other)))))
    if isSkipped { take(Step(1, .call(.syscall(101, 6, .thread(0), 80, 777)))) }
    take(Step(1, .call(.syscall(101, 7, .thread(0), 0, 0))))
    take(Step(0, .finish))
  }

  private mutating func openWithListener() {
    if random.chance(1, of: 2) {
      take(Step(0, .handle(signal: 10, .record(flags: random.chance(1, of: 4) ? .restart : []))))
    }
    take(Step(0, .spawn(1, .thread)))
    let number = someNumber()
    install(filters.only(number, .notify), flags: random.chance(1, of: 3) ? 0x28 : 8)
    if random.chance(1, of: 6) { install(filters.only(number, .notify)) }
    take(Step(0, .begin(ScriptCall(.syscall, rax: UInt64(number), [.value(random.next())]))))
    guard random.chance(1, of: 3), let slot = nextSlot() else { return }
    take(Step(1, .call(.syscall(16, 0, 0xc050_2100, .scratch(slot)))))
    if random.chance(1, of: 2) {
      take(Step(1, .call(.syscall(234, .thread(0), .thread(0), 10))))
      take(Step(0, .finish))
    }
  }

  /// A thread that is taken along.
  private mutating func openWithThreads() {
    take(Step(0, .spawn(1, .thread)))
    if random.chance(1, of: 3) { install(filters.random(using: &random), by: random.below(2)) }
    if random.chance(2, of: 3) { take(Step(0, .call(.setNoNewPrivileges))) }
    install(filters.random(using: &random), flags: random.chance(1, of: 3) ? 0x11 : 1)
    take(Step(1, .status))
  }

  private mutating func openWithoutPrivilege() {
    take(Step(0, .call(.named("setresuid", [65534, 65534, 65534]))))
    install(random.chance(1, of: 2) ? filters.broken(using: &random) : filters.random(using: &random))
    take(Step(0, .call(random.chance(1, of: 2) ? .setNoNewPrivileges : .syscall(272, 0x1000_0000))))
    install(random.chance(1, of: 4) ? filters.broken(using: &random) : filters.random(using: &random))
  }

  /// Numbers that one entry hides from filters.
  private mutating func openWithExemption() {
    let number: UInt32 = random.chance(1, of: 2) ? 335 : 336
    install(filters.only(number, .errno(UInt16(random.within(2000...4000)))))
    if random.chance(2, of: 3) { take(Step(0, .call(ScriptCall(.int80, rax: UInt64(number))))) }
    take(Step(0, .call(ScriptCall(.syscall, rax: UInt64(number)))))
  }

  private mutating func openWithStrictMode() {
    take(Step(0, .spawn(1, random.chance(2, of: 3) ? .thread : .process)))
    take(Step(1, .spin))
    take(Step(1, .call(.enterStrictMode)))
  }

  /// The same call answered by several filters.
  private mutating func openWithStack() {
    let isCompat = random.chance(1, of: 3)
    let number = someNumber(isCompat: isCompat)
    for _ in 0..<random.within(2...3) { install(filters.only(number, HistoryFilters.action(using: &random))) }
    take(
      Step(0, .call(ScriptCall(isCompat ? .int80 : .syscall, rax: UInt64(number), [.value(random.next())]))))
  }

  private mutating func openWithSignals() {
    take(Step(0, .handle(signal: 10, .record(flags: random.chance(1, of: 2) ? .restart : []))))
    take(Step(0, .spawn(1, random.chance(1, of: 2) ? .thread : .process)))
    take(Step(0, .begin(.named("pause"))))
    take(Step(1, .call(.syscall(234, .thread(0), .thread(0), 10))))
  }
}
