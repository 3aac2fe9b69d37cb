import ClassicBPF
import Scripts

/// One script on its way through the model.
struct ScriptRun: Sendable {
  let features: KernelFeatures
  let rules: KernelRules
  let script: Script
  var world: World
  /// Why nothing more can be said.
  var lostReason: String?
  /// What became of each step so far.
  var fates: [Fate] = []
  /// What a chain says to a number, where it looks at nothing else.
  var judgements: [JudgementKey: Judgement] = [:]
  /// The script's programs as installation sees them, made when first asked for.
  var programs: [Int: CheckedProgram] = [:]

  init(_ model: ScriptModel, _ script: Script) {
    features = model.features
    rules = model.rules
    self.script = script
    world = World(isPrivileged: model.isPrivileged)
    for piece in script.memory { world.memory.write(piece.bytes, at: piece.offset) }
  }

  mutating func take(_ step: Step) -> StepPrediction {
    if let lostReason {
      fates.append(.open(lostReason))
      return .open(lostReason)
    }
    let fate = perform(step)
    if case .lost(let reason) = fate { lostReason = reason }
    fates.append(fate)
    return fate.prediction
  }

  /// From the next step on nothing is said.
  mutating func lose(_ reason: String) { if lostReason == nil { lostReason = reason } }

  private mutating func perform(_ step: Step) -> Fate {
    let actor = step.actor
    guard world.threads.indices.contains(actor), let thread = world.threads[actor] else {
      return .exactly(.notTaken)
    }
    switch step.action {
    case .end: return end(of: actor)
    case .status: return status(of: actor)
    default: break
    }
    if thread.activity == .over { return absent(actor, step.action) }
    if step.action == .finish { return finish(actor) }
    guard thread.activity == .idle else { return .lost("a step of an actor that is not free to take it") }
    switch step.action {
    case .call(let call): return make(call, by: actor, mayBlock: false)
    case .begin(let call): return make(call, by: actor, mayBlock: true)
    case .spawn(let child, let kind): return spawn(child, kind, by: actor)
    case .execute(let program): return execute(program, by: actor)
    case .handle(let signal, let disposition): return handle(signal, disposition, by: actor)
    case .mask(let signal, let isBlocked): return mask(signal, isBlocked, by: actor)
    case .spin:
      world.threads[actor]?.spins = true
      return .returned(0)
    case .readTimestampCounter: return readTimestampCounter(actor)
    case .finish, .status, .end: return .lost("a step out of place")
    }
  }

  /// A step of one who is no more.
  private func absent(_ actor: Int, _ action: StepAction) -> Fate {
    guard action == .finish, let process = world.threads[actor]?.process else { return .exactly(.notTaken) }
    let ending = world.processes[process].ending ?? .thread
    return .oneOf([.ended(ending), .ended(.thread), .ended(.unknown), .notTaken])
  }

  private mutating func finish(_ actor: Int) -> Fate {
    switch world.threads[actor]?.activity {
    case .done(let fate):
      world.threads[actor]?.activity = .idle
      return fate
    case .blocked: return .lost("nothing ends the call that the actor waits in")
    case .stopped: return .lost("nothing lets the stopped actor go on")
    default: return .lost("the actor has no call to finish")
    }
  }

  private func status(of actor: Int) -> Fate {
    guard let thread = world.living(actor) else { return .open("status of an actor that is no more") }
    return .exactly(
      .status(
        .init(
          mode: thread.mode.rawValue, filters: thread.filterCount,
          noNewPrivileges: thread.noNewPrivileges)))
  }

  private func end(of actor: Int) -> Fate {
    guard let index = world.threads[actor]?.process else { return .exactly(.notTaken) }
    let process = world.processes[index]
    guard let ending = process.ending else { return .lost("the end of a process that goes on") }
    return process.wasTraced
      ? .oneOf([.ended(ending), .ended(.unknown)]) : .exactly(.ended(ending))
  }

  private mutating func readTimestampCounter(_ actor: Int) -> Fate {
    guard world.threads[actor]?.mode == .strict, rules.strictForbidsTimestampCounter else {
      return .returned(0)
    }
    return die(actor, by: rules.timestampCounterSignal)
  }
}
