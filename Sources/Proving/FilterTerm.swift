import ClassicBPF
import SeccompModel

/// A filter's return value as a term over ``DataTerms``, made by one walk over its instructions.
///
/// Jumps go forwards only, so that each instruction is met once, after all that lead to it: what is known there, the
/// condition of getting there and the machine's registers, is merged from its predecessors. There are as many terms as
/// instructions, however many paths there are.
struct FilterTerm {
  let context: Z3Context
  let data: DataTerms
  /// Where the filter can return, in the program's order: on what condition, and what.
  private(set) var returns: [Return] = []
  /// On what condition each instruction is reached; nil where no jump leads.
  private(set) var reach: [Formula?]
  /// On what condition a conditional jump at this instruction is taken, given that it is reached.
  private(set) var jumps: [Formula?]

  struct Return {
    var programCounter: Int
    var condition: Formula
    var value: Word
    /// DIV by X = 0: the kernel makes the program return 0 there (net/core/filter.c, `bpf_convert_filter`).
    var isDivision: Bool
  }

  private struct State {
    var condition: Formula
    var machine: MachineTerm
  }

  private var states: [State?]

  /// - Precondition: the checker accepts the filter.
  init(_ filter: Filter, over data: DataTerms, in context: Z3Context) {
    self.context = context
    self.data = data
    states = [State?](repeating: nil, count: filter.count)
    reach = [Formula?](repeating: nil, count: filter.count)
    jumps = reach
    if !states.isEmpty {
      states[0] = State(condition: context.yes, machine: MachineTerm(context))
    }
    for pc in filter.instructions.indices {
      guard let state = states[pc], let opcode = filter.instructions[pc].opcode else { continue }
      reach[pc] = state.condition
      step(filter.instructions[pc], opcode, at: pc, state)
      // Nothing behind needs it any more.
      states[pc] = nil
    }
  }

  /// The return value.
  var verdict: Word {
    returns.dropLast().reversed().reduce(returns.last?.value ?? context.number(0)) { rest, one in
      context.choose(one.condition, one.value, rest)
    }
  }

  // MARK: One instruction

  private mutating func step(_ instruction: Instruction, _ opcode: Opcode, at pc: Int, _ before: State) {
    var state = before
    switch opcode {
    case .returnK:
      returns.append(
        Return(
          programCounter: pc, condition: state.condition, value: context.number(instruction.k),
          isDivision: false))
      return
    case .returnA:
      returns.append(
        Return(programCounter: pc, condition: state.condition, value: state.machine.a, isDivision: false))
      return
    case .jump:
      arrive(at: pc + 1 + Int(instruction.k), state)
      return
    case .jumpEqualK, .jumpEqualX, .jumpGreaterK, .jumpGreaterX, .jumpGreaterOrEqualK,
      .jumpGreaterOrEqualX, .jumpSetK, .jumpSetX:
      branch(instruction, opcode, at: pc, state)
      return
    case .divideX:
      let isZero = context.equal(state.machine.x, context.number(0))
      if isZero != context.no {
        returns.append(
          Return(
            programCounter: pc, condition: context.and(state.condition, isZero), value: context.number(0),
            isDivision: true))
      }
      state.condition = context.and(state.condition, context.not(isZero))
    default: break
    }
    state.machine.run(instruction, opcode, over: data, in: context)
    arrive(at: pc + 1, state)
  }

  private mutating func branch(_ instruction: Instruction, _ opcode: Opcode, at pc: Int, _ state: State) {
    let isTaken = state.machine.isTaken(instruction, opcode, in: context)
    jumps[pc] = isTaken
    let thenTarget = pc + 1 + Int(instruction.jumpTrue)
    let otherTarget = pc + 1 + Int(instruction.jumpFalse)
    guard thenTarget != otherTarget else { return arrive(at: thenTarget, state) }
    var taken = state, passed = state
    taken.condition = context.and(state.condition, isTaken)
    passed.condition = context.and(state.condition, context.not(isTaken))
    arrive(at: thenTarget, taken)
    arrive(at: otherTarget, passed)
  }

  private mutating func arrive(at pc: Int, _ state: State) {
    // Nobody comes this way.
    if state.condition == context.no { return }
    guard let known = states[pc] else {
      states[pc] = state
      return
    }
    // Nobody comes by both ways.
    let comes = state.condition
    var merged = known
    merged.condition = context.or(known.condition, comes)
    merged.machine = self.merged(known.machine, with: state.machine, where: comes)
    states[pc] = merged
  }

  private func merged(
    _ known: MachineTerm, with other: MachineTerm, where comes: Formula
  ) -> MachineTerm {
    var machine = known
    machine.a = context.choose(comes, other.a, known.a)
    machine.x = context.choose(comes, other.x, known.x)
    for index in machine.memory.indices {
      // Where one way has not written the word, the checker does not let it be read.
      guard let one = other.memory[index], let two = known.memory[index] else {
        machine.memory[index] = nil
        continue
      }
      machine.memory[index] = context.choose(comes, one, two)
    }
    return machine
  }
}
