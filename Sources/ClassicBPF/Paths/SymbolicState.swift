import SeccompModel

/// What a register holds, as far as it is followed.
enum SymbolicValue: Hashable, Sendable {
  case constant(UInt32)
  /// A word of `seccomp_data` under a mask that is not 0.
  case word(UInt8, mask: UInt32)
  /// Anything.
  case unknown

  func and(_ mask: UInt32) -> SymbolicValue {
    switch self {
    case .constant(let value): .constant(value & mask)
    case .word(let index, let old): old & mask == 0 ? .constant(0) : .word(index, mask: old & mask)
    case .unknown: .unknown
    }
  }

  /// A bit for the word this reads.
  var words: UInt16 {
    if case .word(let index, _) = self { 1 << UInt16(index) } else { 0 }
  }
}

/// A set of runs that arrive at one instruction: what is known of the registers, a constraint for each word of
/// `seccomp_data`, and a model, one input that is believed to be such a run.
///
/// Every test concerns one word, so the constraints are independent of each other and are solved one by one.
struct SymbolicState: Sendable {
  var a = SymbolicValue.constant(0)
  var x = SymbolicValue.constant(0)
  var memory = [SymbolicValue](repeating: .unknown, count: 16)
  var words = [WordConstraint](repeating: .any, count: DataWord.count)
  var model: SeccompData

  /// Forgets what the rest of the program cannot read, so that more states are found alike.
  mutating func project(on live: Liveness.Set) {
    if !live.a { a = .constant(0) }
    if !live.x { x = .constant(0) }
    var read = live.words | a.words | x.words
    for index in memory.indices where memory[index] != .unknown {
      if live.memory & 1 << UInt16(index) == 0 {
        memory[index] = .unknown
      } else {
        read |= memory[index].words
      }
    }
    for index in words.indices where read & 1 << UInt16(index) == 0 && !words[index].isAny {
      words[index] = .any
    }
  }

  /// Whether every run of `other` surely is one of this.
  func covers(_ other: SymbolicState) -> Bool {
    func covers(_ mine: SymbolicValue, _ theirs: SymbolicValue) -> Bool { mine == .unknown || mine == theirs }
    return covers(a, other.a) && covers(x, other.x) && zip(memory, other.memory).allSatisfy(covers)
      && zip(words, other.words).allSatisfy { $0.covers($1) }
  }

  /// A state of all runs of both; the model stays.
  mutating func formUnion(_ other: SymbolicState) {
    func union(_ one: SymbolicValue, _ other: SymbolicValue) -> SymbolicValue {
      one == other ? one : .unknown
    }
    a = union(a, other.a)
    x = union(x, other.x)
    for index in memory.indices { memory[index] = union(memory[index], other.memory[index]) }
    for index in words.indices { words[index] = words[index].union(other.words[index]) }
  }

  /// The operand of an instruction that reads k or X.
  func operand(of step: Step) -> SymbolicValue {
    step.opcode.rawValue & BPFCode.sourceX != 0 ? x : .constant(step.k)
  }

  /// Runs an instruction that does not jump and does not end the filter.
  mutating func run(_ step: Step) {
    switch step.opcode {
    case .loadAbsolute: a = .word(UInt8(step.k >> 2), mask: .max)
    case .loadLength: a = .constant(SeccompData.size)
    case .loadImmediate: a = .constant(step.k)
    case .loadMemory: a = memory[Int(step.k)]
    case .loadXLength: x = .constant(SeccompData.size)
    case .loadXImmediate: x = .constant(step.k)
    case .loadXMemory: x = memory[Int(step.k)]
    case .storeA: memory[Int(step.k)] = a
    case .storeX: memory[Int(step.k)] = x
    case .copyAToX: x = a
    case .copyXToA: a = x
    case .andK: a = a.and(step.k)
    case .negate:
      if case .constant(let value) = a { a = .constant(0 &- value) } else { a = .unknown }
    default:
      switch (a, operand(of: step)) {
      case (.constant(let a), .constant(let operand)):
        self.a = .constant(arithmetic(step.opcode, a, k: step.k, x: operand))
      case (_, .constant(let operand)) where step.opcode == .andX: a = a.and(operand)
      case (.constant(let value), _) where step.opcode == .andX: a = x.and(value)
      default: a = .unknown
      }
    }
  }
}
