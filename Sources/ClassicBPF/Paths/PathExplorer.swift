import SeccompModel

/// Follows a filter over sets of inputs, from the first instruction to the last: all jumps go forward, so when an
/// instruction's turn comes, every state that can arrive has arrived.
///
/// Branches whose test cannot hold, or cannot fail, are cut; the cut is a proof (``WordConstraint/solve``). Each
/// branch kept yields a model, which is run by the interpreter: only what a run really executed counts as reached.
struct PathExplorer {
  /// States kept apart at one instruction; beyond it they are united, which only ever adds inputs. The second limit
  /// is for the few filters where the first leaves something undecided.
  private static let stateLimits = [48, 224]

  private let filter: Filter
  private let steps: [Step]
  private let liveness: Liveness
  private var stateLimit = 0
  private var hasUnited = false
  private var arriving: [[SymbolicState]]
  private(set) var arrived: BitSet
  private(set) var arrivedTrue: BitSet
  private(set) var arrivedFalse: BitSet
  private(set) var ledger: WitnessLedger
  private let architectures: [UInt32]?

  init(_ filter: Filter, architectures: [UInt32]?) {
    self.filter = filter
    self.architectures = architectures
    steps = filter.instructions.compactMap(Step.init)
    liveness = Liveness(steps)
    arriving = Array(repeating: [], count: steps.count)
    arrived = BitSet(count: steps.count)
    arrivedTrue = arrived
    arrivedFalse = arrived
    ledger = WitnessLedger(count: steps.count)
  }

  mutating func explore() {
    for limit in Self.stateLimits {
      stateLimit = limit
      hasUnited = false
      arrived = BitSet(count: steps.count)
      arrivedTrue = arrived
      arrivedFalse = arrived
      exploreOnce()
      if !hasUnited || !ledger.lacks(arrived, arrivedTrue, arrivedFalse) { return }
    }
  }

  private mutating func exploreOnce() {
    let tokens = architectures ?? [AuditToken.x86_64]
    for token in tokens {
      let model = SeccompData(number: 0, architecture: token)
      var state = SymbolicState(model: model)
      if architectures != nil {
        state.words[Int(DataWord.architecture.index)].require(WordTest(range: token, token, mask: .max))
      }
      ledger.run(model, in: steps)
      arrive(state, at: 0)
    }
    for pc in steps.indices {
      let states = arriving[pc]
      arriving[pc] = []
      for state in states { leave(pc, state) }
    }
  }

  private mutating func arrive(_ state: SymbolicState, at pc: Int) {
    arrived.insert(pc)
    var state = state
    state.project(on: liveness[pc])
    for known in arriving[pc] where known.covers(state) { return }
    if arriving[pc].count < stateLimit {
      arriving[pc].append(state)
    } else {
      hasUnited = true
      arriving[pc][stateLimit - 1].formUnion(state)
    }
  }

  private mutating func leave(_ pc: Int, _ state: SymbolicState) {
    let step = steps[pc]
    switch step.opcode {
    case .returnK, .returnA: break
    case .jump: arrive(state, at: pc + 1 + Int(step.k))
    case .divideX:
      // X = 0 ends the run here.
      guard var rest = narrowed(state, .jumpEqualK, state.x, 0, holds: false) else { return }
      rest.run(step)
      arrive(rest, at: pc + 1)
    case _ where step.opcode.isConditionalJump:
      let (value, operand) = operands(of: step, in: state)
      if let next = narrowed(state, step.opcode, value, operand, holds: true) {
        arrivedTrue.insert(pc)
        arrive(next, at: pc + 1 + Int(step.jumpTrue))
      }
      if let next = narrowed(state, step.opcode, value, operand, holds: false) {
        arrivedFalse.insert(pc)
        arrive(next, at: pc + 1 + Int(step.jumpFalse))
      }
    default:
      var next = state
      next.run(step)
      arrive(next, at: pc + 1)
    }
  }

  /// A test's two sides as a value and a constant; (unknown, 0) when there is no constant.
  private func operands(of step: Step, in state: SymbolicState) -> (SymbolicValue, UInt32) {
    switch (state.a, state.operand(of: step)) {
    case (let value, .constant(let operand)): (value, operand)
    // Equality and common bits do not care which side the constant stands on.
    case (.constant(let value), let other) where step.opcode == .jumpEqualX || step.opcode == .jumpSetX:
      (other, value)
    default: (.unknown, 0)
    }
  }

  /// The runs of `state` for which a test comes out as `holds`; nil when there is none.
  private mutating func narrowed(
    _ state: SymbolicState, _ opcode: Opcode, _ value: SymbolicValue, _ operand: UInt32, holds: Bool
  ) -> SymbolicState? {
    switch value {
    case .unknown: return state
    case .constant(let constant):
      return compare(opcode, constant, k: operand, x: operand) == holds ? state : nil
    case .word(let index, let mask):
      let word = DataWord.all[Int(index)]
      var narrowed = state
      narrowed.words[Int(index)].require(WordTest(opcode, operand, mask: mask, holds: holds))
      if narrowed.words[Int(index)].admits(state.model[word]) { return narrowed }
      switch narrowed.words[Int(index)].solve(preferring: Self.preferred(word)) {
      case .none: return nil
      case .unknown: return narrowed
      case .value(let solution):
        narrowed.model[word] = solution
        ledger.run(narrowed.model, in: steps)
        return narrowed
      }
    }
  }

  /// Values that real calls have.
  private static func preferred(_ word: DataWord) -> [UInt32] {
    word == .architecture ? [AuditToken.x86_64, AuditToken.i386] : []
  }

  /// Tries inputs made of the program's constants for what states reach and no model did: where A is computed
  /// in ways that are not followed, only trying tells. `budget` runs at most, the same ones each time.
  mutating func sample(budget: Int) {
    guard ledger.lacks(arrived, arrivedTrue, arrivedFalse) else { return }
    var constants: [UInt32] = [0, 1, 0x7fff_ffff, 0x8000_0000, .max]
    for step in steps where step.opcode.isConditionalJump && !step.opcode.comparesWithX {
      constants += [step.k, step.k &+ 1, step.k &- 1]
    }
    var random = SplitMix(seed: 1)
    for _ in 0..<budget {
      var data = ledger.witnesses[random.below(ledger.witnesses.count)]
      for _ in 0...random.below(3) {
        let word = DataWord.all[random.below(DataWord.count)]
        if word == .architecture, let architectures {
          data[word] = architectures[random.below(architectures.count)]
        } else {
          switch random.below(4) {
          case 0: data[word] ^= 1 << UInt32(random.below(32))
          case 1: data[word] = UInt32(truncatingIfNeeded: random.next())
          default: data[word] = constants[random.below(constants.count)]
          }
        }
      }
      ledger.run(data, in: steps)
    }
  }
}
