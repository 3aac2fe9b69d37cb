import SeccompModel

/// Which words of a call a filter's answer can depend on, once number and architecture are given.
///
/// The filter is followed with every value that number and architecture fix known, and each other value known by the
/// words that it was made of. A word counts when a value made of it decides a jump, ends the filter (a division by 0) or
/// is returned. What is left out surely makes no difference; what is named may, in rare programs, make none either
/// (both sides of a jump that come to the same).
package struct DecisionWords: Sendable {
  private let steps: [Step]
  /// What arrives at each instruction, nil while nothing has. All jumps go forward, so one pass suffices, and it leaves
  /// the array as it found it.
  private var arriving: [Registers?]

  /// Prepares `filter`; throws what the checker says against it.
  package init(_ filter: Filter) throws(FilterRejection) {
    try filter.check()
    steps = filter.instructions.compactMap(Step.init)
    arriving = Array(repeating: nil, count: steps.count)
  }

  /// The words that the answer to calls of this number and architecture can depend on, without these two. With nil as the
  /// number: of all numbers together.
  package mutating func words(number: UInt32?, architecture: UInt32) -> DataWordSet {
    var decisive: DataWordSet = []
    arriving[0] = Registers()
    for pc in steps.indices {
      guard var registers = arriving[pc] else { continue }
      arriving[pc] = nil
      let step = steps[pc]
      switch step.opcode {
      case .returnK: break
      case .returnA: decisive.formUnion(registers.a.words)
      case .jump: arrive(registers, at: pc + 1 + Int(step.k))
      case _ where step.opcode.isConditionalJump:
        let operand = registers.operand(of: step)
        if let a = registers.a.constant, let operand = operand.constant {
          let holds = compare(step.opcode, a, k: operand, x: operand)
          arrive(registers, at: pc + 1 + Int(holds ? step.jumpTrue : step.jumpFalse))
        } else {
          if step.jumpTrue != step.jumpFalse { decisive.formUnion(registers.a.words.union(operand.words)) }
          arrive(registers, at: pc + 1 + Int(step.jumpTrue))
          arrive(registers, at: pc + 1 + Int(step.jumpFalse))
        }
      case .divideX:
        if registers.x.constant == 0 { break }
        if registers.x.constant == nil { decisive.formUnion(registers.x.words) }
        registers.run(step)
        arrive(registers, at: pc + 1)
      case .loadAbsolute:
        registers.a = Self.load(step, number: number, architecture: architecture)
        arrive(registers, at: pc + 1)
      default:
        registers.run(step)
        arrive(registers, at: pc + 1)
      }
    }
    return decisive.subtracting([DataWordSet(.number), DataWordSet(.architecture)])
  }

  private static func load(_ step: Step, number: UInt32?, architecture: UInt32) -> TracedValue {
    let word = DataWord.all[Int(step.k >> 2)]
    if word == .architecture { return TracedValue(architecture) }
    if word == .number, let number { return TracedValue(number) }
    return TracedValue(madeOf: DataWordSet(word))
  }

  private mutating func arrive(_ registers: Registers, at pc: Int) {
    if arriving[pc] == nil {
      arriving[pc] = registers
    } else {
      arriving[pc]?.formUnion(registers)
    }
  }
}

/// A value that is known, or the words that it was made of.
private struct TracedValue: Hashable, Sendable {
  private(set) var constant: UInt32?
  private(set) var words: DataWordSet = []

  init(_ constant: UInt32) { self.constant = constant }
  init(madeOf words: DataWordSet) { self.words = words }

  /// One or the other, depending on a jump; what decided that jump counts already.
  func union(_ other: TracedValue) -> TracedValue {
    self == other ? self : TracedValue(madeOf: words.union(other.words))
  }
}

private struct Registers: Sendable {
  var a = TracedValue(0)
  var x = TracedValue(0)
  /// The checker refuses programs that read a word before they write it.
  var memory = InlineArray<16, TracedValue>(repeating: TracedValue(0))

  mutating func formUnion(_ other: Registers) {
    a = a.union(other.a)
    x = x.union(other.x)
    for index in memory.indices { memory[index] = memory[index].union(other.memory[index]) }
  }

  /// What an instruction with a constant or X combines A with.
  func operand(of step: Step) -> TracedValue {
    step.opcode.rawValue & BPFCode.sourceX != 0 ? x : TracedValue(step.k)
  }

  /// Runs an instruction that neither jumps nor ends the filter nor loads from the call.
  mutating func run(_ step: Step) {
    switch step.opcode {
    case .loadLength: a = TracedValue(SeccompData.size)
    case .loadImmediate: a = TracedValue(step.k)
    case .loadMemory: a = memory[Int(step.k)]
    case .loadXLength: x = TracedValue(SeccompData.size)
    case .loadXImmediate: x = TracedValue(step.k)
    case .loadXMemory: x = memory[Int(step.k)]
    case .storeA: memory[Int(step.k)] = a
    case .storeX: memory[Int(step.k)] = x
    case .copyAToX: x = a
    case .copyXToA: a = x
    default:
      let operand = step.opcode == .negate ? TracedValue(0) : operand(of: step)
      if let value = a.constant, let other = operand.constant {
        a = TracedValue(arithmetic(step.opcode, value, k: step.k, x: other))
      } else if step.opcode == .andK, step.k == 0 {
        a = TracedValue(0)
      } else {
        a = TracedValue(madeOf: a.words.union(operand.words))
      }
    }
  }
}
