/// What the rest of a filter may still read, before each instruction: A, X, the scratch memory, the words of
/// `seccomp_data`. All jumps go forward, so one pass from the end suffices.
struct Liveness {
  struct Set {
    var a = false
    var x = false
    /// A bit per scratch memory word.
    var memory: UInt16 = 0
    /// A bit per word of `seccomp_data`.
    var words: UInt16 = 0

    mutating func formUnion(_ other: Set) {
      a = a || other.a
      x = x || other.x
      memory |= other.memory
      words |= other.words
    }
  }

  private var before: [Set]

  subscript(pc: Int) -> Set { before[pc] }

  /// `steps` must be a program that the checker accepts.
  init(_ steps: [Step]) {
    before = Array(repeating: Set(), count: steps.count)
    for pc in steps.indices.reversed() {
      let step = steps[pc]
      var live = Set()
      if step.opcode == .jump {
        live = before[pc + 1 + Int(step.k)]
      } else if step.opcode.isConditionalJump {
        live = before[pc + 1 + Int(step.jumpTrue)]
        live.formUnion(before[pc + 1 + Int(step.jumpFalse)])
      } else if !step.opcode.isReturn {
        live = before[pc + 1]
      }
      Self.step(step, &live)
      before[pc] = live
    }
  }

  private static func step(_ step: Step, _ live: inout Set) {
    switch step.opcode {
    case .loadAbsolute:
      live.a = false
      live.words |= 1 << UInt16(step.k >> 2)
    case .loadLength, .loadImmediate: live.a = false
    case .loadMemory:
      live.a = false
      live.memory |= 1 << UInt16(step.k)
    case .loadXLength, .loadXImmediate: live.x = false
    case .loadXMemory:
      live.x = false
      live.memory |= 1 << UInt16(step.k)
    case .storeA:
      live.memory &= ~(1 << UInt16(step.k))
      live.a = true
    case .storeX:
      live.memory &= ~(1 << UInt16(step.k))
      live.x = true
    case .copyAToX:
      live.x = false
      live.a = true
    case .copyXToA:
      live.a = false
      live.x = true
    case .jump: break
    case .returnK: live = Set()
    case .returnA:
      live = Set()
      live.a = true
    case .addX, .subtractX, .multiplyX, .divideX, .orX, .andX, .shiftLeftX, .shiftRightX, .xorX,
      .jumpEqualX, .jumpGreaterX, .jumpGreaterOrEqualX, .jumpSetX:
      live.a = true
      live.x = true
    case .addK, .subtractK, .multiplyK, .divideK, .orK, .andK, .shiftLeftK, .shiftRightK, .xorK, .negate,
      .jumpEqualK, .jumpGreaterK, .jumpGreaterOrEqualK, .jumpSetK:
      live.a = true
    }
  }
}
