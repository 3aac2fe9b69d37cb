import ClassicBPF
import SeccompModel
import Testing

@Suite("the kernel's load-time check")
struct CheckerTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var filter: Filter
    var rejection: FilterRejection?
    var testDescription: String { name }

    init(_ name: String, _ instructions: [Instruction], _ rejection: FilterRejection? = nil) {
      self.name = name
      filter = Filter(instructions)
      self.rejection = rejection
    }
  }

  static let ret = Instruction.return(.allow)

  static let length: [Case] = [
    Case("no instruction", [], FilterRejection(.empty)),
    Case("one RET", [ret]),
    Case("4096 instructions", Array(repeating: ret, count: 4096)),
    Case("4097 instructions", Array(repeating: ret, count: 4097), FilterRejection(.tooLong(4097))),
  ]

  static let loads: [Case] =
    stride(from: UInt32(0), to: 64, by: 4).map { Case("LD ABS \($0)", [.load(absolute: $0), ret]) }
    + [1, 2, 3, 61, 62, 63, 64, 68, 0x7fff_fffc, 0xffff_f000, 0xffff_f004, 0xffff_ffff].map {
      Case("LD ABS \($0)", [.load(absolute: $0), ret], FilterRejection(.loadOffset($0), at: 0))
    }

  static let constants: [Case] = [
    Case("DIV 0", [ret, .operation(.divideK, 0), ret], FilterRejection(.divisionByZero, at: 1)),
    Case("DIV 1", [.operation(.divideK, 1), ret]),
    Case("MOD 0", [Instruction(code: 0x94), ret], FilterRejection(.divisionByZero, at: 0)),
    Case("LSH 31", [.operation(.shiftLeftK, 31), ret]),
    Case("LSH 32", [.operation(.shiftLeftK, 32), ret], FilterRejection(.shiftTooFar(32), at: 0)),
    Case("RSH 31", [.operation(.shiftRightK, 31), ret]),
    Case("RSH 32", [.operation(.shiftRightK, 32), ret], FilterRejection(.shiftTooFar(32), at: 0)),
    Case(
      "RSH 2^31", [.operation(.shiftRightK, 1 << 31), ret], FilterRejection(.shiftTooFar(1 << 31), at: 0)),
    Case("DIV X, k unused", [.operation(.divideX, 0), ret]),
    Case("LSH X, k unused", [.operation(.shiftLeftX, 99), ret]),
    Case("ST 15", [.store(memory: 15), ret]),
    Case("ST 16", [.store(memory: 16), ret], FilterRejection(.memoryIndex(16), at: 0)),
    Case("STX 16", [.storeX(memory: 16), ret], FilterRejection(.memoryIndex(16), at: 0)),
    Case("LD MEM 16", [.load(memory: 16), ret], FilterRejection(.memoryIndex(16), at: 0)),
    Case("LDX MEM 2^32-1", [.loadX(memory: .max), ret], FilterRejection(.memoryIndex(.max), at: 0)),
    Case(
      "unused fields",
      [
        Instruction(code: 0x84, jumpTrue: 255, jumpFalse: 255, k: .max),
        Instruction(code: 0x07, jumpTrue: 255, jumpFalse: 255, k: .max),
        Instruction(code: 0x16, jumpTrue: 9, k: 9),
      ]),
  ]

  static let memory: [Case] = [
    Case("unwritten load", [.load(memory: 0), ret], FilterRejection(.memoryNotWritten(0), at: 0)),
    Case("unwritten load to X", [.loadX(memory: 3), ret], FilterRejection(.memoryNotWritten(3), at: 0)),
    Case("written by ST", [.store(memory: 0), .load(memory: 0), ret]),
    Case("written by STX", [.storeX(memory: 5), .loadX(memory: 5), ret]),
    Case(
      "another word", [.store(memory: 1), .load(memory: 2), ret], FilterRejection(.memoryNotWritten(2), at: 1)
    ),
    Case(
      "written on one way only",
      [.jump(equal: 0, then: 0, otherwise: 1), .store(memory: 0), .load(memory: 0), ret],
      FilterRejection(.memoryNotWritten(0), at: 2)),
    Case(
      "written on both ways",
      [
        .jump(equal: 0, then: 0, otherwise: 2), .store(memory: 0), .jump(1), .store(memory: 0),
        .load(memory: 0), ret,
      ]),
    Case(
      "written before the branch",
      [.store(memory: 0), .jump(equal: 0, then: 0, otherwise: 1), ret, .load(memory: 0), ret]),
    Case(
      "dead after RET is judged", [ret, .load(memory: 0), ret], FilterRejection(.memoryNotWritten(0), at: 1)),
    Case("dead after JA is not", [.jump(1), .load(memory: 0), ret]),
    Case(
      "dead after a conditional jump is not", [.jump(equal: 0, then: 1, otherwise: 1), .load(memory: 0), ret]),
    Case(
      "after RET the set stays", [.store(memory: 0), ret, .load(memory: 0), ret]),
    Case(
      "a target keeps the poorer set",
      [.jump(equal: 0, then: 2, otherwise: 0), .store(memory: 0), .jump(0), .load(memory: 0), ret],
      FilterRejection(.memoryNotWritten(0), at: 3)),
  ]

  static let jumps: [Case] = [
    Case("JA 0", [.jump(0), ret]),
    Case("JA to the end", [.jump(1), ret], FilterRejection(.jumpOutOfBounds(.always, distance: 1), at: 0)),
    Case(
      "JA -1", [.jump(.max), ret], FilterRejection(.jumpOutOfBounds(.always, distance: .max), at: 0)),
    Case("JA to the last", [.jump(1), ret, ret]),
    Case(
      "jt out", [.jump(equal: 0, then: 1, otherwise: 0), ret],
      FilterRejection(.jumpOutOfBounds(.jumpTrue, distance: 1), at: 0)),
    Case(
      "jf out", [.jump(equal: 0, then: 0, otherwise: 255), ret],
      FilterRejection(.jumpOutOfBounds(.jumpFalse, distance: 255), at: 0)),
    Case(
      "dead jumps are judged", [ret, .jump(anyBit: 0, then: 0, otherwise: 1), ret],
      FilterRejection(.jumpOutOfBounds(.jumpFalse, distance: 1), at: 1)),
    Case("jt 255", [.jump(equal: 0, then: 255, otherwise: 0)] + Array(repeating: ret, count: 256)),
  ]

  static let ends: [Case] = [
    Case("RET A", [.returnA]),
    Case("no RET", [ret, .load(.number)], FilterRejection(.lastInstructionDoesNotReturn, at: 1)),
    Case(
      "unreachable last instruction", [ret, .negate], FilterRejection(.lastInstructionDoesNotReturn, at: 1)),
    Case("RET X", [Instruction(code: 0x0e)], FilterRejection(.unknownCode(0x0e), at: 0)),
    Case(
      "a conditional jump has no room at the end", [.jump(equal: 0, then: 0, otherwise: 0)],
      FilterRejection(.jumpOutOfBounds(.jumpTrue, distance: 0), at: 0)),
  ]

  static let order: [Case] = [
    Case(
      "classic pass before the last instruction", [.operation(.divideK, 0), .negate],
      FilterRejection(.divisionByZero, at: 0)),
    Case(
      "last instruction before scratch memory", [.load(memory: 0), .negate],
      FilterRejection(.lastInstructionDoesNotReturn, at: 1)),
    Case(
      "scratch memory before seccomp's codes", [Instruction(code: 0x9c), .load(memory: 0), ret],
      FilterRejection(.memoryNotWritten(0), at: 1)),
    Case(
      "seccomp's pass in program order", [.load(absolute: 64), Instruction(code: 0x9c), ret],
      FilterRejection(.loadOffset(64), at: 0)),
  ]

  @Test(
    "accepts what the kernel loads and names the place of what it refuses",
    arguments: length + loads + constants + memory + jumps + ends + order)
  func check(_ one: Case) {
    var rejection: FilterRejection?
    do throws(FilterRejection) { try one.filter.check() } catch { rejection = error }
    #expect(rejection == one.rejection)
  }

  @Test("a rejection tells instruction and reason")
  func text() {
    #expect(
      FilterRejection(.shiftTooFar(32), at: 7).description
        == "the filter is refused at instruction 7: shift by the constant 32, more than 31")
  }
}
