import ClassicBPF
import SeccompModel

/// The registers and scratch words of the machine as terms, and what one instruction makes of them.
struct MachineTerm {
  var a: Word
  var x: Word
  /// Nil where nothing was stored by some way of getting here: the checker does not let it be read.
  var memory: [Word?]

  /// At the first instruction.
  init(_ context: Z3Context) {
    (a, x) = (context.number(0), context.number(0))
    memory = [Word?](repeating: nil, count: 16)
  }

  /// Runs an instruction that neither jumps nor returns. Division by X is of an X that is not 0.
  mutating func run(
    _ instruction: Instruction, _ opcode: Opcode, over data: DataTerms, in context: Z3Context
  ) {
    let k = context.number(instruction.k)
    switch opcode {
    case .loadAbsolute: a = data[offset: instruction.k]
    case .loadLength: a = context.number(Self.length)
    case .loadImmediate: a = k
    case .loadMemory: a = memory[Int(instruction.k)] ?? context.number(0)
    case .loadXLength: x = context.number(Self.length)
    case .loadXImmediate: x = k
    case .loadXMemory: x = memory[Int(instruction.k)] ?? context.number(0)
    case .storeA: memory[Int(instruction.k)] = a
    case .storeX: memory[Int(instruction.k)] = x
    case .copyAToX: x = a
    case .copyXToA: a = x
    case .negate: a = context.negate(a)
    default: a = Self.arithmetic(opcode, a, Self.usesX(opcode) ? x : k, in: context)
    }
  }

  /// Whether a conditional jump is taken.
  func isTaken(_ instruction: Instruction, _ opcode: Opcode, in context: Z3Context) -> Formula {
    let operand = Self.usesX(opcode) ? x : context.number(instruction.k)
    switch opcode {
    case .jumpEqualK, .jumpEqualX: return context.equal(a, operand)
    case .jumpGreaterK, .jumpGreaterX: return context.less(operand, a)
    case .jumpGreaterOrEqualK, .jumpGreaterOrEqualX: return context.lessOrEqual(operand, a)
    default: return context.not(context.equal(context.and(a, operand), context.number(0)))
    }
  }

  /// `sizeof(struct seccomp_data)`
  private static let length: UInt32 = 64

  private static func usesX(_ opcode: Opcode) -> Bool {
    switch opcode {
    case .addX, .subtractX, .multiplyX, .divideX, .orX, .andX, .shiftLeftX, .shiftRightX, .xorX, .jumpEqualX,
      .jumpGreaterX, .jumpGreaterOrEqualX, .jumpSetX:
      true
    default: false
    }
  }

  private static func arithmetic(
    _ opcode: Opcode, _ a: Word, _ operand: Word, in context: Z3Context
  ) -> Word {
    switch opcode {
    case .addK, .addX: return context.add(a, operand)
    case .subtractK, .subtractX: return context.subtract(a, operand)
    case .multiplyK, .multiplyX: return context.multiply(a, operand)
    case .divideK, .divideX: return context.divide(a, operand)
    case .orK, .orX: return context.or(a, operand)
    case .andK, .andX: return context.and(a, operand)
    case .xorK, .xorX: return context.xor(a, operand)
    // A count in X is taken modulo 32 (kernel/bpf/core.c, `___bpf_prog_run`: `SRC & 31`; so does the x86 JIT).
    case .shiftLeftK, .shiftLeftX: return context.shiftLeft(a, context.and(operand, context.number(31)))
    case .shiftRightK, .shiftRightX: return context.shiftRight(a, context.and(operand, context.number(31)))
    default: return a
    }
  }
}
