import SeccompModel

/// Follows two programs at once over one set of inputs after another, depth first.
///
/// All jumps go forward, so the program that is farther from its end takes the next step; where both stand at the same
/// place, with the same rest before them and the same A, nothing can differ any more and the set is done.
struct ProductWalk {
  /// One of the programs.
  struct Program {
    let steps: [Step]
    let liveness: Liveness

    init(_ filter: Filter) {
      steps = filter.instructions.compactMap(Step.init)
      liveness = Liveness(steps)
    }

    /// Instructions from `pc` to the end: places that correspond in two programs have the same.
    func rest(_ pc: Int) -> Int { steps.count - pc }
  }

  /// Where one program is.
  struct Place: Hashable {
    var pc = 0
    var a = SymbolicValue.constant(0)
  }

  /// A set of inputs, and where each program has come with them.
  struct State {
    var one = Place()
    var other = Place()
    var words = [WordConstraint](repeating: .any, count: DataWord.count)
  }

  let one: Program
  let other: Program
  let reading: FilterEquivalence.Reading
  /// By the length of the rest: whether two programs that stand there alike can still differ.
  let canDiffer: [Bool]
  var memory = StateMemory()
  private var pending: [State] = []
  private var branchesLeft: Int
  /// Why some set of inputs could not be decided.
  private(set) var gaveUp: String?

  init(_ one: Filter, _ other: Filter, reading: FilterEquivalence.Reading, limit: Int) {
    self.one = Program(one)
    self.other = Program(other)
    self.reading = reading
    branchesLeft = limit
    canDiffer = Self.placesThatCanDiffer(self.one.steps, self.other.steps)
  }

  /// Takes up the inputs of one architecture.
  mutating func enter(_ reach: FilterEquivalence.Reach) {
    var state = State()
    func fix(_ word: DataWord, to value: UInt32) {
      state.words[Int(word.index)].require(WordTest(range: value, value, mask: .max))
    }
    fix(.architecture, to: reach.architecture)
    if let pointer = reach.instructionPointer {
      fix(DataWord.all[2], to: UInt32(truncatingIfNeeded: pointer))
      fix(DataWord.all[3], to: UInt32(truncatingIfNeeded: pointer >> 32))
    }
    for number in reach.hiddenNumbers {
      state.words[Int(DataWord.number.index)].require(WordTest(not: number, mask: .max))
    }
    memory = StateMemory()
    pending.append(state)
  }

  /// Decides the inputs taken up: an input that is answered differently, why there may be one, or nil for neither.
  mutating func run() -> FilterEquivalence.Answer? {
    while let state = pending.popLast() {
      if let witness = follow(state) { return .different(witness: witness) }
      if branchesLeft <= 0 { return .undecided(reason: "more branches than the limit") }
    }
    return nil
  }

  /// Follows one set to the returns, leaving the sides of branches not taken for later.
  private mutating func follow(_ start: State) -> SeccompData? {
    var state = start
    while branchesLeft > 0 {
      if !one.liveness[state.one.pc].a { state.one.a = .constant(0) }
      if !other.liveness[state.other.pc].a { state.other.a = .constant(0) }
      if isDone(state) { return nil }
      let (first, second) = (one.steps[state.one.pc], other.steps[state.other.pc])
      if first.opcode == .returnK, second.opcode == .returnK { return judge(state, first.k, second.k) }
      let inStep =
        state.one.a == state.other.a && isSame(first, second)
        && one.rest(state.one.pc) == other.rest(state.other.pc)
      let movesOne =
        inStep || second.opcode == .returnK
        || first.opcode != .returnK && one.rest(state.one.pc) >= other.rest(state.other.pc)
      let step = movesOne ? first : second
      let mover = Mover(one: movesOne, other: inStep || !movesOne, step: step)
      guard step.opcode.isConditionalJump else {
        if step.opcode == .loadAbsolute, memory.knows(state, in: self) { return nil }
        mover.pass(&state)
        continue
      }
      branchesLeft -= 1
      if let taken = branch(state, mover, holds: true) { pending.append(taken) }
      guard let next = branch(state, mover, holds: false) else { return nil }
      state = next
    }
    return nil
  }

  /// Whether the rest of both programs is one.
  private func isDone(_ state: State) -> Bool {
    let rest = one.rest(state.one.pc)
    return state.one.a == state.other.a && rest == other.rest(state.other.pc) && !canDiffer[rest]
  }

  /// The state behind one side of a branch; nil where no input is left, or nothing can differ there.
  private func branch(_ state: State, _ mover: Mover, holds: Bool) -> State? {
    let step = mover.step
    var next = state
    mover.jump(&next, holds: holds)
    if isDone(next) { return nil }
    switch mover.one ? state.one.a : state.other.a {
    case .unknown: return next
    case .constant(let value):
      return ClassicBPF.compare(step.opcode, value, k: step.k, x: 0) == holds ? next : nil
    case .word(let index, let mask):
      next.words[Int(index)].require(WordTest(step.opcode, step.k, mask: mask, holds: holds))
      if case .none = next.words[Int(index)].solve() { return nil }
      return next
    }
  }

  /// Both programs return: an input of the set if the values mean different things.
  private mutating func judge(_ state: State, _ first: UInt32, _ second: UInt32) -> SeccompData? {
    let (first, second) = (Verdict(rawValue: first), Verdict(rawValue: second))
    guard reading.meaning(of: first) != reading.meaning(of: second) else { return nil }
    var data = SeccompData(number: 0, architecture: 0)
    for word in DataWord.all {
      switch state.words[Int(word.index)].solve() {
      case .value(let value): data[word] = value
      case .none: return nil
      case .unknown:
        gaveUp =
          "whether an input ends at instructions \(state.one.pc) and \(state.other.pc) was not found out"
        return nil
      }
    }
    return data
  }
}
