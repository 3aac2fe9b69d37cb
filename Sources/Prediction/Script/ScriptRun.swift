package import ClassicBPF
package import Scripts

/// One script on its way through the model.
package struct ScriptRun: Sendable {
  let features: KernelFeatures
  let rules: KernelRules
  package private(set) var script: Script
  var world: World
  /// Why nothing more can be said.
  package private(set) var lostReason: String?
  /// A step was not over in time, and the script was given up.
  var isGivenUp = false
  /// What became of each step so far.
  var fates: [Fate] = []
  /// What a chain says to a number, where it looks at nothing else.
  var judgements: [JudgementKey: Judgement] = [:]
  /// The script's programs as installation sees them, made when first asked for.
  var programs: [Int: CheckedProgram] = [:]

  /// The first actor's user, as far as known.
  let firstUser: UInt32?

  package init(_ model: ScriptModel, _ script: Script) {
    firstUser = model.isPrivileged ? 0 : nil
    features = model.features
    rules = model.rules
    self.script = script
    world = World(isPrivileged: model.isPrivileged)
    for piece in script.memory { world.memory.write(piece.bytes, at: piece.offset) }
  }

  /// The next step; of a whole script they are taken in order.
  package mutating func take(_ step: Step) -> StepPrediction {
    if let lostReason {
      fates.append(.open(lostReason))
      return .open(lostReason)
    }
    let fate = isGivenUp ? .exactly(.notTaken) : perform(step)
    if fate == .exactly(.hung) { isGivenUp = true }
    if let reason = restReason(of: step) { lose(reason) }
    if case .lost(let reason) = fate { lostReason = reason }
    fates.append(fate)
    return fate.prediction
  }

  /// Another program for the steps to come; its index.
  package mutating func add(_ filter: Filter) -> Int {
    if let index = script.filters.firstIndex(of: filter) { return index }
    script.filters.append(filter)
    return script.filters.count - 1
  }

  /// Bytes that stand in the scratch memory from the beginning, where no step so far has looked.
  package mutating func add(_ piece: Script.MemoryPiece) {
    script.memory.append(piece)
    world.memory.write(piece.bytes, at: piece.offset)
  }

  /// Takes the step, and makes it the script's next one.
  package mutating func append(_ step: Step) -> StepPrediction {
    let prediction = take(step)
    script.steps.append(step)
    return prediction
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
    if thread.activity == .over { return absent(actor) }
    if step.action == .finish { return finish(actor) }
    // It is in a call that nobody has finished.
    guard thread.activity == .idle else { return .exactly(.notTaken) }
    world.threads[actor]?.hasFreshSignal = false
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

  /// A step of one who is no more: not taken; but where it ended by another's doing this may be how that is seen.
  private mutating func absent(_ actor: Int) -> Fate {
    guard let ending = world.threads[actor]?.unseenEnding else { return .exactly(.notTaken) }
    world.threads[actor]?.unseenEnding = nil
    return .oneOf([.ended(ending), .ended(.unknown), .notTaken])
  }

  /// An actor takes steps that follow each other in one go; only then it waits.
  private mutating func restReason(of step: Step) -> String? {
    let next = fates.count + 1
    if step.action.isTakenByActor, script.steps.indices.contains(next), !step.action.isBegun {
      let following = script.steps[next]
      if following.actor == step.actor, following.action.isTakenByActor { return nil }
    }
    return idleReason(of: step.actor)
  }

  private mutating func finish(_ actor: Int) -> Fate {
    world.threads[actor]?.hasFreshSignal = false
    world.threads[actor]?.hasFreshStop = false
    switch world.threads[actor]?.activity {
    case .done(let fate):
      world.threads[actor]?.activity = .idle
      noticeReplies(actor)
      return fate
    case .blocked: return .exactly(.blocked)
    case .stopped: return .exactly(.stopped)
    default: return .exactly(.notTaken)
    }
  }

  /// A caller that came back has taken its notification off the listener's list.
  private mutating func noticeReplies(_ actor: Int) {
    for listener in world.listeners.indices {
      for (index, notification) in world.listeners[listener].notifications.enumerated()
      where notification.actor == actor && notification.progress == .replied {
        world.listeners[listener].notifications[index].progress = .over
      }
    }
  }

  private func status(of actor: Int) -> Fate {
    guard let thread = world.living(actor) else {
      return world.threads[actor]?.unseenEnding == nil
        ? .exactly(.notTaken) : .open("status of an actor that is no more")
    }
    return .exactly(
      .status(
        .init(
          mode: thread.mode.rawValue, filters: thread.filterCount,
          noNewPrivileges: thread.noNewPrivileges)))
  }

  private func end(of actor: Int) -> Fate {
    guard let thread = world.threads[actor] else { return .exactly(.notTaken) }
    if thread.endedAlone { return .exactly(.ended(.thread)) }
    let process = world.processes[thread.process]
    guard let ending = process.ending else {
      return thread.activity == .over ? .open("the end of a process that goes on") : .exactly(.hung)
    }
    // Its parent is told when its tracer has asked, or is gone; until then the step waits.
    return process.wasTraced
      ? .open("the end of a process that was traced") : .exactly(.ended(ending))
  }

  private mutating func readTimestampCounter(_ actor: Int) -> Fate {
    guard world.threads[actor]?.mode == .strict, rules.strictForbidsTimestampCounter else {
      return .returned(0)
    }
    return fault(actor, rules.timestampCounterSignal)
  }
}

extension StepAction {
  /// Whether the actor takes the step itself, rather than somebody else for it.
  var isTakenByActor: Bool {
    switch self {
    case .finish, .status, .end: false
    default: true
    }
  }

  var isBegun: Bool { if case .begin = self { true } else { false } }
}
