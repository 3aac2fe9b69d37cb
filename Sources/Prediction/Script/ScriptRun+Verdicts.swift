import ClassicBPF
import Scripts
import SeccompModel

/// What a chain of filters says to a call, and which filter said it.
struct Judgement: Hashable, Sendable {
  var verdict: UInt32
  /// nil when no filter said anything but ALLOW.
  var filter: Int?
}

/// A chain and what it is asked, where it looks at nothing else.
struct JudgementKey: Hashable, Sendable {
  var newest: Int
  var number: UInt32
  var isCompat: Bool
}

extension ScriptRun {
  /// Asks the filters from the newest to the oldest (kernel/seccomp.c, `seccomp_run_filters`); nil if the answer
  /// depends on what the model does not know.
  mutating func judge(_ newest: Int?, _ registers: Registers) -> Judgement? {
    let allow = Judgement(verdict: rules.allowAction, filter: nil)
    guard let newest else { return allow }
    let data = data(of: registers)
    let isCompat = data.architecture == rules.compatToken
    let unknown = registers.unknownWords
    var best = allow
    for index in world.chain(from: newest) {
      let filter = world.filters[index]
      let key = JudgementKey(newest: index, number: data.number, isCompat: isCompat)
      if filter.loads & ~0b11 == 0, let known = judgements[key] {
        if outranks(known.verdict, best.verdict) { best = known }
        break
      }
      guard filter.isSound, let verdict = filter.answer(to: data, unknown: unknown) else { return nil }
      if outranks(verdict, best.verdict) { best = Judgement(verdict: verdict, filter: index) }
      if !rules.asksAllFilters { break }
    }
    if world.filters[newest].loads & ~0b11 == 0 {
      judgements[JudgementKey(newest: newest, number: data.number, isCompat: isCompat)] = best
    }
    return best
  }

  /// Whether an older filter's verdict replaces a newer one's.
  private func outranks(_ older: UInt32, _ newer: UInt32) -> Bool {
    let (old, new) = (older & rules.actionMask, newer & rules.actionMask)
    if old == new { return !rules.tieGoesToNewest }
    return rules.comparesSigned ? Int32(bitPattern: old) < Int32(bitPattern: new) : old < new
  }

  /// Does what the verdict asks for (kernel/seccomp.c, `__seccomp_filter`).
  mutating func act(
    on judgement: Judgement, _ actor: Int, _ registers: Registers, isSecondTime: Bool = false
  ) -> Fate {
    let data = judgement.verdict & rules.dataMask
    switch judgement.verdict & rules.actionMask {
    case rules.killProcessAction: return die(actor, by: rules.killSignal)
    case rules.killThreadAction: return killThread(actor)
    case rules.trapAction: return trap(actor, registers, data)
    case rules.errnoAction: return fail(registers, data, actor)
    case rules.notifyAction where features[.userNotification]:
      return notify(judgement.filter, actor, registers)
    case rules.traceAction:
      if isSecondTime, rules.traceAgainAllows { return run(registers, number: registers.rax, by: actor) }
      return askTracer(actor, registers, data)
    case rules.logAction, rules.allowAction: return run(registers, number: registers.rax, by: actor)
    default:
      guard rules.unknownActionKills else { return run(registers, number: registers.rax, by: actor) }
      return features[.unknownKillsProcess] && rules.unknownActionKillsProcess
        ? die(actor, by: rules.killSignal) : killThread(actor)
    }
  }

  private mutating func killThread(_ actor: Int) -> Fate {
    guard rules.killThreadSparesOthers, let process = world.threads[actor]?.process else {
      return die(actor, by: rules.killSignal)
    }
    let isLast = world.processes[process].threads.count == 1
    if isLast, rules.lastKilledThreadEndsProcess { return die(actor, by: rules.killSignal) }
    return leave(actor, lastEnds: .exited(0))
  }

  private mutating func fail(_ registers: Registers, _ data: UInt32, _ actor: Int) -> Fate {
    if data == 0, !rules.errnoZeroSkips { return run(registers, number: registers.rax, by: actor) }
    let errno = features[.errnoCapped] ? min(Int64(data), rules.errnoCap) : Int64(data)
    return .failed(errno)
  }
}

extension InstalledFilter {
  /// The filter's answer; nil when it looks at a word that is not known.
  func answer(to data: SeccompData, unknown: UInt16) -> UInt32? {
    guard ownLoads & unknown != 0 else { return filter.evaluate(data).rawValue }
    // What ran for one value of the unknown words runs for all, as long as it does not load them.
    var coverage = FilterCoverage(of: filter)
    let verdict = coverage.mark(data, in: filter)
    for (pc, instruction) in filter.instructions.enumerated()
    where instruction.opcode == .loadAbsolute && coverage.contains(pc) {
      if unknown >> UInt16(instruction.k / 4) & 1 == 1 { return nil }
    }
    return verdict.rawValue
  }
}
