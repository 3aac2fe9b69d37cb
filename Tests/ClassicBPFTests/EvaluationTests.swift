import ClassicBPF
import SeccompModel
import Testing

@Suite("running a filter")
struct EvaluationTests {
  /// Programs that return A, and the value expected; `nr` is 39, `args[0]` is 0x0123456789abcdef.
  static let cases: [(name: String, body: [Instruction], value: UInt32)] = [
    ("A is 0 at the start", [], 0),
    ("X is 0 at the start", [.load(immediate: 5), .copyXToA], 0),
    ("nr", [.load(.number)], 39),
    ("arch", [.load(.architecture)], AuditToken.x86_64),
    ("ip low", [.load(.instructionPointerLow)], 0x5566_7788),
    ("ip high", [.load(.instructionPointerHigh)], 0x1122_3344),
    ("args[0] low", [.load(.low(argument: 0))], 0x89ab_cdef),
    ("args[0] high", [.load(.high(argument: 0))], 0x0123_4567),
    ("args[5] high", [.load(absolute: 60)], 0x7777_7777),
    ("LD LEN", [.loadLength], 64),
    ("LDX LEN", [.loadXLength, .copyXToA], 64),
    ("ADD wraps", [.load(immediate: .max), .operation(.addK, 3)], 2),
    ("SUB wraps", [.operation(.subtractK, 1)], .max),
    ("MUL wraps", [.load(immediate: 0x8000_0001), .operation(.multiplyK, 2)], 2),
    ("DIV is unsigned", [.load(immediate: .max), .operation(.divideK, 2)], 0x7fff_ffff),
    ("DIV X", [.loadX(immediate: 7), .load(immediate: 50), .operation(.divideX)], 7),
    ("OR", [.load(immediate: 0xf0), .operation(.orK, 0x0f)], 0xff),
    ("XOR X", [.loadX(immediate: 0xff), .load(immediate: 0xf0), .operation(.xorX)], 0x0f),
    ("NEG", [.load(immediate: 1), .negate], .max),
    ("NEG of the smallest", [.load(immediate: 1 << 31), .negate], 1 << 31),
    ("LSH X 33 is 1", [.loadX(immediate: 33), .load(immediate: 1), .operation(.shiftLeftX)], 2),
    ("LSH X 32 is 0", [.loadX(immediate: 32), .load(immediate: 1), .operation(.shiftLeftX)], 1),
    ("RSH X 32 is 0", [.loadX(immediate: 32), .load(immediate: 0x800), .operation(.shiftRightX)], 0x800),
    ("LSH X 2^32-1 is 31", [.loadX(immediate: .max), .load(immediate: 1), .operation(.shiftLeftX)], 1 << 31),
    ("RSH is unsigned", [.load(immediate: 1 << 31), .operation(.shiftRightK, 31)], 1),
    ("ST and LD MEM", [.load(immediate: 9), .store(memory: 15), .load(immediate: 1), .load(memory: 15)], 9),
    (
      "STX and LDX MEM",
      [.loadX(immediate: 8), .storeX(memory: 0), .loadX(immediate: 1), .loadX(memory: 0), .copyXToA], 8
    ),
    ("TAX", [.load(immediate: 6), .copyAToX, .load(immediate: 1), .copyXToA], 6),
    ("JA", [.jump(1), .load(immediate: 1)], 0),
    (
      "JGT is unsigned",
      [.load(immediate: 1 << 31), .jump(greater: 1, then: 0, otherwise: 1), .load(immediate: 5)], 5
    ),
    (
      "JGE equal",
      [.load(immediate: 7), .jump(greaterOrEqual: 7, then: 0, otherwise: 1), .load(immediate: 5)], 5
    ),
    ("JGT equal", [.load(immediate: 7), .jump(greater: 7, then: 0, otherwise: 1), .load(immediate: 5)], 7),
    ("JSET 0", [.load(immediate: .max), .jump(anyBit: 0, then: 0, otherwise: 1), .load(immediate: 5)], .max),
    (
      "JEQ X",
      [
        .loadX(immediate: 3), .load(immediate: 3), .init(.jumpEqualX, jumpTrue: 1, k: 4), .load(immediate: 5),
      ], 3
    ),
  ]

  static let data = SeccompData(
    number: 39, architecture: AuditToken.x86_64, instructionPointer: 0x1122_3344_5566_7788,
    arguments: Arguments(0x0123_4567_89ab_cdef, 0, 0, 0, 0, 0x7777_7777_0000_0000))

  @Test("computes as the kernel does", arguments: cases)
  func evaluate(_ one: (name: String, body: [Instruction], value: UInt32)) throws {
    let filter = Filter(one.body + [.returnA])
    try filter.check()
    let (verdict, site) = filter.evaluateWithSite(Self.data)
    #expect(verdict.rawValue == one.value, "\(one.name)")
    #expect(site == one.body.count)
    #expect(filter.evaluate(Self.data) == verdict)
  }

  @Test("division by X = 0 ends the filter with 0, at the division")
  func divisionByZero() {
    let filter = Filter([.load(immediate: 5), .operation(.divideX), .return(.allow)])
    let (verdict, site) = filter.evaluateWithSite(Self.data)
    #expect(verdict.rawValue == 0)
    #expect(site == 1)
  }

  @Test("every word of seccomp_data is read and written where it lies")
  func words() {
    for word in DataWord.all {
      var data = SeccompData(number: 0, architecture: 0)
      data[word] = 0xdead_beef
      #expect(data[word] == 0xdead_beef)
      #expect(Filter([.load(word), .returnA]).evaluate(data).rawValue == 0xdead_beef)
      #expect(DataWord.all.filter { data[$0] != 0 } == [word])
      #expect(DataWord(offset: word.offset) == word)
    }
  }
}
