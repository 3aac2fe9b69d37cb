import Prediction
package import Scripts

/// Random histories: what several threads and processes do with seccomp, step by step.
///
/// Each history is grown along the model: a step is taken into it only if the model says what becomes of it, of a fixed
/// kernel, so that the pair of seed and number gives the same history on any machine. Only harmless calls are made.
package struct HistoryGenerator: Sendable {
  package let seed: UInt64

  package init(seed: UInt64) { self.seed = seed }

  /// Steps of one history.
  static let lengths = 6...20
  /// Actors of one history: processes are dear.
  static let actorLimit = 6
  /// Tries for one step before the history ends.
  private static let attempts = 24

  /// What the histories are grown along.
  static let model = ScriptModel(
    features: .assumed(version: KernelVersion(6, 18)), rules: .linux, isPrivileged: true)

  package func history(number: UInt64) -> Script {
    var random = RandomSource(seed: seed, caseNumber: number, stream: 0x4853)
    let length = random.within(Self.lengths)
    var growth = HistoryGrowth(random: random)
    growth.begin()
    while growth.run.script.steps.count < length {
      guard growth.grow(attempts: Self.attempts) else { break }
    }
    return growth.run.script
  }
}

/// A history that grows.
struct HistoryGrowth: Sendable {
  var run: ScriptRun
  var random: RandomSource
  /// Places for notifications that are in use.
  var slots = 0
  let focus: HistoryFocus

  init(random: RandomSource) {
    self.random = random
    focus = HistoryFocus(using: &self.random)
    run = ScriptRun(HistoryGenerator.model, Script())
    run.add(.init(at: Self.actions, words: Self.askedActions.map(UInt64.init)))
  }

  /// Where actions stand to be asked for, a word each.
  static let actions = 0xfe00
  static let askedActions: [UInt32] = [
    0x8000_0000, 0, 0x0003_0000, 0x0005_0000, 0x0005_0001, 0x7fc0_0000, 0x7fff_0001, 0x1000_0000,
  ]

  var filters: HistoryFilters { HistoryFilters(focus: focus) }

  /// One more step; false when none was found that the model can tell the end of.
  mutating func grow(attempts: Int) -> Bool {
    for attempt in 0..<attempts {
      var draft = self
      let kind = draft.kind()
      // Steps that come to nothing are worth a try only now and then.
      let step = draft.step(kind, isEffective: !draft.random.chance(1, of: attempt < attempts / 2 ? 6 : 2))
      random = draft.random
      guard let step else { continue }
      switch draft.run.append(step) {
      case .open, .exactly(.hung): continue
      case .exactly, .oneOf, .returned: break
      }
      guard draft.run.lostReason == nil else { continue }
      self = draft
      return true
    }
    return false
  }

  /// Any kind, but those that lead on from where the history is come more often.
  private mutating func kind() -> HistoryKind {
    let kinds = HistoryKind.allCases
    return kinds[random.index(weighted: kinds.map { weight($0) })]
  }

  private func weight(_ kind: HistoryKind) -> Int {
    let all = 0..<HistoryGenerator.actorLimit
    func someone(_ condition: ScriptRun.Condition) -> Bool {
      all.contains { run.condition(of: $0) == condition }
    }
    switch kind {
    case .begin: return all.contains { !run.listeners(of: $0).isEmpty } && !someone(.blocked) ? 40 : 4
    case .listen: return run.hasWaiting ? 60 : 4
    case .finish: return someone(.returned) ? 25 : 4
    case .trace: return someone(.stopped) ? 40 : all.contains { !run.tracees(of: $0).isEmpty } ? 4 : 8
    case .resume: return someone(.stopped) ? 20 : 4
    case .call, .int80: return all.contains { !run.tracees(of: $0).isEmpty } ? 15 : 10
    case .sysenter:
      return all.contains { run.program(of: $0) == .i386 && run.condition(of: $0) == .free } ? 10 : 4
    case .install, .spawnProcess, .spawnThread, .handle: return 6
    case .exit: return 3
    case .strict: return 5
    case .end: return someone(.over) ? 6 : 1
    default: return 4
    }
  }

  /// An actor of the given conditions; nil without one.
  mutating func actor(
    _ condition: ScriptRun.Condition = .free, where holds: (ScriptRun, Int) -> Bool = { _, _ in true }
  )
    -> Int?
  {
    let all = (0..<Script.actorCapacity).filter { run.condition(of: $0) == condition && holds(run, $0) }
    return all.isEmpty ? nil : all[random.below(all.count)]
  }

  /// A step of this kind; nil where the state has no use for one.
  private mutating func step(_ kind: HistoryKind, isEffective: Bool) -> Step? {
    switch kind {
    case .noNewPrivileges: noNewPrivileges()
    case .install: install(flags: 0)
    case .installTSYNC: install(flags: random.chance(1, of: 3) ? 0x11 : 1)
    case .installListener: installListener()
    case .strict: strict(isEffective)
    case .ask: ask()
    case .call: call(isEffective)
    case .int80: int80(isEffective)
    case .sysenter: sysenter(isEffective)
    case .vsyscall: vsyscall(isEffective)
    case .spawnProcess: spawn(.process(flags: random.chance(1, of: 6) ? 0x1000_0000 : 0))
    case .spawnThread: spawn(.thread)
    case .execute: execute()
    case .handle: handle()
    case .mask: mask()
    case .signal: signal()
    case .begin: begin(isEffective)
    case .listen: listen(isEffective)
    case .finish: finish(isEffective)
    case .trace: trace(isEffective)
    case .resume: resume(isEffective)
    case .privileges: privileges()
    case .exit: exit()
    case .status: actor().map { Step($0, .status) }
    case .end: actor(.over) { $0.isProcessOver(of: $1) }.map { Step($0, .end) }
    case .spin: actor { !$0.spins($1) }.map { Step($0, .spin) }
    case .timestamp: actor().map { Step($0, .readTimestampCounter) }
    }
  }
}
