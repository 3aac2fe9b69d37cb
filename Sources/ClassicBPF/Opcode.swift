/// The 41 operations that a seccomp filter may contain (kernel/seccomp.c, `seccomp_check_filter`), with the
/// codes of `linux/bpf_common.h` and `linux/filter.h`. `A` is the accumulator, `X` the index register, `M[0…15]`
/// the scratch memory, `k` the instruction's constant.
public enum Opcode: UInt16, Hashable, Sendable, CaseIterable {
  /// `BPF_LD | BPF_W | BPF_ABS`: A = the word of `seccomp_data` at byte offset k.
  case loadAbsolute = 0x20
  /// `BPF_LD | BPF_W | BPF_LEN`: A = 64, the size of `seccomp_data`.
  case loadLength = 0x80
  /// `BPF_LD | BPF_IMM`: A = k.
  case loadImmediate = 0x00
  /// `BPF_LD | BPF_MEM`: A = M[k].
  case loadMemory = 0x60
  /// `BPF_LDX | BPF_W | BPF_LEN`: X = 64.
  case loadXLength = 0x81
  /// `BPF_LDX | BPF_IMM`: X = k.
  case loadXImmediate = 0x01
  /// `BPF_LDX | BPF_MEM`: X = M[k].
  case loadXMemory = 0x61
  /// `BPF_ST`: M[k] = A.
  case storeA = 0x02
  /// `BPF_STX`: M[k] = X.
  case storeX = 0x03
  /// `BPF_MISC | BPF_TAX`: X = A.
  case copyAToX = 0x07
  /// `BPF_MISC | BPF_TXA`: A = X.
  case copyXToA = 0x87
  /// `BPF_ALU | BPF_ADD | BPF_K`: A = A + k, modulo 2³² as all arithmetic.
  case addK = 0x04
  /// `BPF_ALU | BPF_ADD | BPF_X`
  case addX = 0x0c
  /// `BPF_ALU | BPF_SUB | BPF_K`
  case subtractK = 0x14
  /// `BPF_ALU | BPF_SUB | BPF_X`
  case subtractX = 0x1c
  /// `BPF_ALU | BPF_MUL | BPF_K`
  case multiplyK = 0x24
  /// `BPF_ALU | BPF_MUL | BPF_X`
  case multiplyX = 0x2c
  /// `BPF_ALU | BPF_DIV | BPF_K`: unsigned.
  case divideK = 0x34
  /// `BPF_ALU | BPF_DIV | BPF_X`: unsigned; with X = 0 the filter ends and returns 0.
  case divideX = 0x3c
  /// `BPF_ALU | BPF_OR | BPF_K`
  case orK = 0x44
  /// `BPF_ALU | BPF_OR | BPF_X`
  case orX = 0x4c
  /// `BPF_ALU | BPF_AND | BPF_K`
  case andK = 0x54
  /// `BPF_ALU | BPF_AND | BPF_X`
  case andX = 0x5c
  /// `BPF_ALU | BPF_LSH | BPF_K`
  case shiftLeftK = 0x64
  /// `BPF_ALU | BPF_LSH | BPF_X`: by X & 31, as x86 shifts.
  case shiftLeftX = 0x6c
  /// `BPF_ALU | BPF_RSH | BPF_K`: unsigned.
  case shiftRightK = 0x74
  /// `BPF_ALU | BPF_RSH | BPF_X`: unsigned, by X & 31.
  case shiftRightX = 0x7c
  /// `BPF_ALU | BPF_XOR | BPF_K`
  case xorK = 0xa4
  /// `BPF_ALU | BPF_XOR | BPF_X`
  case xorX = 0xac
  /// `BPF_ALU | BPF_NEG`: A = −A, two's complement.
  case negate = 0x84
  /// `BPF_JMP | BPF_JA`: skip k instructions.
  case jump = 0x05
  /// `BPF_JMP | BPF_JEQ | BPF_K`: A == k.
  case jumpEqualK = 0x15
  /// `BPF_JMP | BPF_JEQ | BPF_X`: A == X.
  case jumpEqualX = 0x1d
  /// `BPF_JMP | BPF_JGT | BPF_K`: A > k, unsigned as all comparisons.
  case jumpGreaterK = 0x25
  /// `BPF_JMP | BPF_JGT | BPF_X`
  case jumpGreaterX = 0x2d
  /// `BPF_JMP | BPF_JGE | BPF_K`: A ≥ k.
  case jumpGreaterOrEqualK = 0x35
  /// `BPF_JMP | BPF_JGE | BPF_X`
  case jumpGreaterOrEqualX = 0x3d
  /// `BPF_JMP | BPF_JSET | BPF_K`: A & k is not 0.
  case jumpSetK = 0x45
  /// `BPF_JMP | BPF_JSET | BPF_X`
  case jumpSetX = 0x4d
  /// `BPF_RET | BPF_K`: the verdict is k.
  case returnK = 0x06
  /// `BPF_RET | BPF_A`: the verdict is A.
  case returnA = 0x16

  /// Whether this is a conditional jump, the only kind of instruction that reads `jumpTrue` and `jumpFalse`.
  @inlinable public var isConditionalJump: Bool {
    rawValue & BPFCode.classMask == BPFCode.jump && self != .jump
  }

  /// Whether this ends the filter.
  @inlinable public var isReturn: Bool { self == .returnK || self == .returnA }

  /// Whether a jump compares with X, not with k.
  @inlinable public var comparesWithX: Bool {
    isConditionalJump && rawValue & BPFCode.sourceX != 0
  }

  /// Whether this loads or stores the scratch memory word k.
  @inlinable public var usesMemory: Bool {
    switch self {
    case .loadMemory, .loadXMemory, .storeA, .storeX: true
    default: false
    }
  }
}

/// Fields of an instruction code (`linux/bpf_common.h`), and codes that socket filters have and seccomp refuses.
@usableFromInline
enum BPFCode {
  /// `BPF_CLASS`
  @usableFromInline static let classMask: UInt16 = 0x07
  /// `BPF_JMP`
  @usableFromInline static let jump: UInt16 = 0x05
  /// `BPF_X`
  @usableFromInline static let sourceX: UInt16 = 0x08
  /// `BPF_ALU | BPF_MOD | BPF_K`
  static let moduloK: UInt16 = 0x94

  /// Codes that `bpf_check_classic` (net/core/filter.c) lets pass and `seccomp_check_filter` does not:
  /// MOD K and X, LD ABS of 16 and 8 bits, LD IND of 32, 16 and 8 bits, LDX MSH.
  static let socketFiltersOnly: [UInt16] = [0x94, 0x9c, 0x28, 0x30, 0x40, 0x48, 0x50, 0xb1]
}
