import ClassicBPF
import Scripts
import SeccompModel

// What a loaded filter computes (net/core/filter.c; arch/x86/net/bpf_jit_comp.c): a program leaves a value in A, and the
// scenario sees twelve bits of it as an errno.
extension Scenario {
  static let evaluation = group("evaluation", arithmetic + comparisons + registers)

  private static func computes(
    _ name: String, _ claim: String, _ instructions: [Instruction], _ value: Int64
  ) -> Scenario {
    Scenario(name, claim) {
      $0.setNoNewPrivileges()
      $0.install(.compute(instructions))
      $0.call(.getppid, .returns(-value))
      $0.call(.getpid, .positive)
    }
  }

  private static func binary(_ opcode: Opcode, _ a: UInt32, _ x: UInt32) -> [Instruction] {
    [.loadX(immediate: x), .load(immediate: a), .operation(opcode)]
  }

  private static let high = Instruction.operation(.shiftRightK, 20)

  private static let arithmetic: [Scenario] = [
    computes("eval-add-wraps", "ADD wraps at 2^32", [.load(immediate: .max), .operation(.addK, 6)], 5),
    computes("eval-add-x", "ADD X adds X to A", binary(.addX, 40, 2), 42),
    computes(
      "eval-subtract-wraps", "SUB wraps below 0", [.load(immediate: 0), .operation(.subtractK, 1), high],
      0xfff),
    computes("eval-subtract-x", "SUB X subtracts X from A", binary(.subtractX, 40, 2), 38),
    computes(
      "eval-multiply-wraps", "MUL keeps the low 32 bits",
      [.load(immediate: .max), .operation(.multiplyK, .max)], 1),
    computes("eval-multiply-x", "MUL X multiplies", binary(.multiplyX, 21, 2), 42),
    computes(
      "eval-divide-unsigned", "DIV is unsigned", [.load(immediate: .max), .operation(.divideK, 2), high],
      0x7ff),
    computes("eval-divide-x", "DIV X divides A by X", binary(.divideX, 85, 2), 42),
    computes("eval-or", "OR sets bits", [.load(immediate: 0x0f0), .operation(.orK, 0xf00)], 0xff0),
    computes("eval-or-x", "OR X sets X's bits", binary(.orX, 0x0f0, 0x00f), 0x0ff),
    computes("eval-and-x", "AND X keeps X's bits", binary(.andX, 0x7f7, 0x0ff), 0x0f7),
    computes("eval-xor", "XOR flips bits", [.load(immediate: 0xff0), .operation(.xorK, 0x0ff)], 0xf0f),
    computes("eval-xor-x", "XOR X flips X's bits", binary(.xorX, 0x0f0, 0x0ff), 0x00f),
    computes("eval-negate", "NEG is the two's complement", [.load(immediate: 1), .negate, high], 0xfff),
    computes(
      "eval-shift-left", "LSH shifts to higher bits", [.load(immediate: 3), .operation(.shiftLeftK, 4)], 48),
    computes(
      "eval-shift-right-unsigned", "RSH shifts zeros in",
      [.load(immediate: 0x8000_0000), .operation(.shiftRightK, 31)], 1),
    computes("eval-shift-left-x-32", "LSH by X counts modulo 32: by 32", binary(.shiftLeftX, 1, 32), 1),
    computes("eval-shift-left-x-33", "LSH by X counts modulo 32: by 33", binary(.shiftLeftX, 1, 33), 2),
    computes(
      "eval-shift-left-x-huge", "LSH by X counts modulo 32: by 2^32-1",
      binary(.shiftLeftX, 1, .max) + [.operation(.shiftRightK, 31)], 1),
    computes("eval-shift-right-x-32", "RSH by X counts modulo 32", binary(.shiftRightX, 0x800, 32), 0x800),
    Scenario("eval-divide-by-x-zero", "DIV by X = 0 ends the filter with 0, which is KILL_THREAD") { play in
      play.setNoNewPrivileges()
      play.spawnThread(1)
      play.install(.compute(binary(.divideX, 7, 0)), by: 1)
      play.call(.getpid, .positive, by: 1)
      play.call(.getppid, .threadEnds, by: 1)
      play.call(.getpid, .positive)
    },
  ]

  /// A comparison's two branches, as errnos 1 (true) and 2.
  private static func compares(
    _ name: String, _ claim: String, _ load: [Instruction], _ jump: Instruction, _ isTrue: Bool
  ) -> Scenario {
    var jump = jump
    (jump.jumpTrue, jump.jumpFalse) = (0, 1)
    return Scenario(name, claim) {
      $0.setNoNewPrivileges()
      $0.install(
        Filter(
          [.load(.number), .jump(equal: Number.getppid, then: 1, otherwise: 0), .return(.allow)] + load
            + [jump, .return(.errno(1)), .return(.errno(2))]))
      $0.call(.getppid, .returns(isTrue ? -1 : -2))
    }
  }

  private static func both(_ a: UInt32, _ x: UInt32) -> [Instruction] {
    [.loadX(immediate: x), .load(immediate: a)]
  }

  private static let comparisons: [Scenario] = [
    compares(
      "eval-greater-unsigned", "JGT is unsigned", [.load(immediate: 0x8000_0000)],
      .operation(.jumpGreaterK, 1), true),
    compares(
      "eval-greater-equal-values", "JGT of equal values is false", [.load(immediate: 7)],
      .operation(.jumpGreaterK, 7), false),
    compares(
      "eval-at-least-equal-values", "JGE of equal values is true", [.load(immediate: 7)],
      .operation(.jumpGreaterOrEqualK, 7), true),
    compares(
      "eval-at-least-maximum", "JGE with 2^32-1 is not read as -1", [.load(immediate: 5)],
      .operation(.jumpGreaterOrEqualK, .max), false),
    compares(
      "eval-equal-high-constant", "JEQ with a constant of bit 31 compares 32 bits",
      [.load(immediate: 0xffff_0000)],
      .operation(.jumpEqualK, 0xffff_0000), true),
    compares(
      "eval-set-high-bit", "JSET sees bit 31", [.load(immediate: 0x8000_0001)],
      .operation(.jumpSetK, 0x8000_0000),
      true),
    compares(
      "eval-set-none", "JSET with 0 is false", [.load(immediate: .max)], .operation(.jumpSetK, 0), false),
    compares(
      "eval-equal-x", "JEQ X compares with X", both(0x8000_0000, 0x8000_0000), .operation(.jumpEqualX), true),
    compares("eval-greater-x", "JGT X is unsigned", both(.max, 1), .operation(.jumpGreaterX), true),
    compares("eval-at-least-x", "JGE X is unsigned", both(1, .max), .operation(.jumpGreaterOrEqualX), false),
    compares("eval-set-x", "JSET X tests X's bits", both(6, 8), .operation(.jumpSetX), false),
  ]

  private static let registers: [Scenario] = [
    computes("eval-x-starts-zero", "X is 0 at first", [.copyXToA], 0),
    computes("eval-length", "LD LEN is 64, the size of seccomp_data", [.loadLength], 64),
    computes("eval-length-x", "LDX LEN is 64", [.loadXLength, .copyXToA], 64),
    computes(
      "eval-scratch", "scratch words hold what A and X stored",
      [
        .loadX(immediate: 9), .storeX(memory: 3), .load(immediate: 5), .store(memory: 15), .load(memory: 3),
        .loadX(memory: 15), .operation(.addX),
      ], 14),
    computes(
      "eval-copy", "TAX and TXA copy", [.load(immediate: 77), .copyAToX, .load(immediate: 1), .copyXToA], 77),
    Scenario("eval-a-starts-zero", "A is 0 at first") {
      $0.setNoNewPrivileges()
      $0.install(Filter([.jump(equal: 0, then: 0, otherwise: 1), .return(.allow), .return(.killProcess)]))
      $0.call(.getppid, .positive)
    },
    Scenario("eval-jump", "JA skips what it says") {
      $0.setNoNewPrivileges()
      $0.install(
        .compute([
          .load(immediate: 1), .jump(2), .load(immediate: 2), .load(immediate: 3), .operation(.addK, 4),
        ]))
      $0.call(.getppid, .returns(-5))
    },
  ]
}
