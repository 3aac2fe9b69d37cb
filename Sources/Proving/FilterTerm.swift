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
    var a: Word
    var x: Word
    var memory: [Word?]
  }

  private var states: [State?]

  /// - Precondition: the checker accepts the filter.
  init(_ filter: Filter, over data: DataTerms, in context: Z3Context) {
    self.context = context
    self.data = data
    let zero = context.number(0)
    states = [State?](repeating: nil, count: filter.count)
    reach = [Formula?](repeating: nil, count: filter.count)
    jumps = reach
    if !states.isEmpty {
      states[0] = State(
        condition: context.yes, a: zero, x: zero, memory: [Word?](repeating: nil, count: 16))
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
    let k = context.number(instruction.k)
    switch opcode {
    case .returnK:
      returns.append(Return(programCounter: pc, condition: state.condition, value: k, isDivision: false))
      return
    case .returnA:
      returns.append(
        Return(programCounter: pc, condition: state.condition, value: state.a, isDivision: false))
      return
    case .jump:
      arrive(at: pc + 1 + Int(instruction.k), state)
      return
    case .jumpEqualK, .jumpEqualX, .jumpGreaterK, .jumpGreaterX, .jumpGreaterOrEqualK,
      .jumpGreaterOrEqualX, .jumpSetK, .jumpSetX:
      branch(instruction, opcode, at: pc, state)
      return
    case .loadAbsolute: state.a = data[offset: instruction.k]
    case .loadLength: state.a = context.number(Self.length)
    case .loadImmediate: state.a = k
    case .loadMemory: state.a = state.memory[Int(instruction.k)] ?? context.number(0)
    case .loadXLength: state.x = context.number(Self.length)
    case .loadXImmediate: state.x = k
    case .loadXMemory: state.x = state.memory[Int(instruction.k)] ?? context.number(0)
    case .storeA: state.memory[Int(instruction.k)] = state.a
    case .storeX: state.memory[Int(instruction.k)] = state.x
    case .copyAToX: state.x = state.a
    case .copyXToA: state.a = state.x
    case .negate: state.a = context.negate(state.a)
    case .divideX:
      let isZero = context.equal(state.x, context.number(0))
      if isZero != context.no {
        returns.append(
          Return(
            programCounter: pc, condition: context.and(state.condition, isZero), value: context.number(0),
            isDivision: true))
      }
      state.condition = context.and(state.condition, context.not(isZero))
      state.a = context.divide(state.a, state.x)
    default: state.a = arithmetic(opcode, state.a, Self.usesX(opcode) ? state.x : k)
    }
    arrive(at: pc + 1, state)
  }

  /// `sizeof(struct seccomp_data)`
  private static let length: UInt32 = 64

  private static func usesX(_ opcode: Opcode) -> Bool {
    switch opcode {
    case .addX, .subtractX, .multiplyX, .orX, .andX, .shiftLeftX, .shiftRightX, .xorX, .jumpEqualX,
      .jumpGreaterX,
      .jumpGreaterOrEqualX, .jumpSetX:
      true
    default: false
    }
  }

  private func arithmetic(_ opcode: Opcode, _ a: Word, _ operand: Word) -> Word {
    switch opcode {
    case .addK, .addX: return context.add(a, operand)
    case .subtractK, .subtractX: return context.subtract(a, operand)
    case .multiplyK, .multiplyX: return context.multiply(a, operand)
    case .divideK: return context.divide(a, operand)
    case .orK, .orX: return context.or(a, operand)
    case .andK, .andX: return context.and(a, operand)
    case .xorK, .xorX: return context.xor(a, operand)
    // A count in X is taken modulo 32 (kernel/bpf/core.c, `___bpf_prog_run`: `SRC & 31`; so does the x86 JIT).
    case .shiftLeftK, .shiftLeftX: return context.shiftLeft(a, context.and(operand, context.number(31)))
    case .shiftRightK, .shiftRightX: return context.shiftRight(a, context.and(operand, context.number(31)))
    default: return a
    }
  }

  private mutating func branch(_ instruction: Instruction, _ opcode: Opcode, at pc: Int, _ state: State) {
    let operand = Self.usesX(opcode) ? state.x : context.number(instruction.k)
    let isTaken: Formula
    switch opcode {
    case .jumpEqualK, .jumpEqualX: isTaken = context.equal(state.a, operand)
    case .jumpGreaterK, .jumpGreaterX: isTaken = context.less(operand, state.a)
    case .jumpGreaterOrEqualK, .jumpGreaterOrEqualX: isTaken = context.lessOrEqual(operand, state.a)
    default: isTaken = context.not(context.equal(context.and(state.a, operand), context.number(0)))
    }
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
    merged.a = context.choose(comes, state.a, known.a)
    merged.x = context.choose(comes, state.x, known.x)
    for index in merged.memory.indices {
      // Where one way has not written the word, the checker does not let it be read.
      guard let one = state.memory[index], let other = known.memory[index] else {
        merged.memory[index] = nil
        continue
      }
      merged.memory[index] = context.choose(comes, one, other)
    }
    states[pc] = merged
  }
}
