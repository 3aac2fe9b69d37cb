import ClassicBPF
import SeccompModel
import Testing

@Suite("the kernel's action cache")
struct ActionCacheTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var filter: Filter
    var isCached: Bool

    init(_ name: String, _ instructions: [Instruction], cached: Bool) {
      testDescription = name
      filter = Filter(instructions)
      isCached = cached
    }
  }

  /// What the answer is for native getpid, 39.
  static let cases: [Case] = [
    Case("ALLOW", [.return(.allow)], cached: true),
    Case("ALLOW with data is not exactly SECCOMP_RET_ALLOW", [.return(0x7fff_0001)], cached: false),
    Case("LOG", [.return(.log)], cached: false),
    Case("a denial", [.return(.errno(1))], cached: false),
    Case("RET A", [.load(immediate: 0x7fff_0000), .returnA], cached: false),
    Case("LD IMM", [.load(immediate: 0), .return(.allow)], cached: false),
    Case("LD LEN", [.loadLength, .return(.allow)], cached: false),
    Case("a load of an argument", [.load(.low(argument: 0)), .return(.allow)], cached: false),
    Case(
      "a load of the instruction pointer", [.load(.instructionPointerLow), .return(.allow)], cached: false),
    Case("TAX", [.copyAToX, .return(.allow)], cached: false),
    Case("TXA", [.copyXToA, .return(.allow)], cached: false),
    Case("a store", [.store(memory: 0), .return(.allow)], cached: false),
    Case("OR", [.load(.number), .operation(.orK, 0), .return(.allow)], cached: false),
    Case("NEG", [.negate, .return(.allow)], cached: false),
    Case("JEQ with X", [.init(.jumpEqualX), .return(.allow)], cached: false),
    Case("JA over a denial", [.jump(1), .return(.errno(1)), .return(.allow)], cached: true),
    Case(
      "JEQ", [.load(.number), .jump(equal: 39, then: 1, otherwise: 0), .return(0), .return(.allow)],
      cached: true),
    Case(
      "JGT is strict",
      [.load(.number), .jump(greater: 39, then: 0, otherwise: 1), .return(0), .return(.allow)],
      cached: true),
    Case(
      "JGE is not",
      [.load(.number), .jump(greaterOrEqual: 39, then: 1, otherwise: 0), .return(0), .return(.allow)],
      cached: true),
    Case(
      "JSET", [.load(.number), .jump(anyBit: 0x18, then: 0, otherwise: 1), .return(.allow), .return(0)],
      cached: false),
    Case(
      "AND before a test",
      [.load(.number), .and(0x7), .jump(equal: 7, then: 0, otherwise: 1), .return(.allow), .return(0)],
      cached: true),
    Case(
      "the architecture",
      [
        .load(.architecture), .jump(equal: AuditToken.x86_64, then: 0, otherwise: 1), .return(.allow),
        .return(0),
      ], cached: true),
    Case(
      "A begins as 0", [.jump(equal: 0, then: 0, otherwise: 1), .return(.allow), .return(0)], cached: true),
    Case(
      "an argument that only other numbers' path looks at",
      [
        .load(.number), .jump(equal: 39, then: 1, otherwise: 0), .load(.low(argument: 0)), .return(.allow),
      ], cached: true),
    // The interpreter knows that both paths allow; the kernel does not try.
    Case(
      "an argument that makes no difference",
      [
        .load(.low(argument: 0)), .jump(equal: 1, then: 0, otherwise: 0), .return(.allow),
      ], cached: false),
  ]

  @Test("holds what the kernel's emulation shows to be ALLOW, and nothing else", arguments: cases)
  func emulation(_ example: Case) throws {
    try example.filter.check()
    #expect(example.filter.isCached(number: 39, architecture: AuditToken.x86_64) == example.isCached)
  }

  @Test("has no bit for x32 numbers, negative ones and those past its end")
  func bounds() {
    let all = Filter([.return(.allow)])
    let cache = ActionCache(nativeCount: 470, compatCount: 460)
    func isCached(_ number: UInt32, _ architecture: UInt32) -> Bool {
      all.isCached(number: number, architecture: architecture, in: cache)
    }
    #expect(isCached(0, AuditToken.x86_64))
    #expect(isCached(469, AuditToken.x86_64))
    #expect(!isCached(470, AuditToken.x86_64))
    #expect(isCached(459, AuditToken.i386))
    #expect(!isCached(460, AuditToken.i386))
    #expect(!isCached(39 | x32SyscallBit, AuditToken.x86_64))
    #expect(!isCached(.max, AuditToken.x86_64))
    #expect(!isCached(39, 0xc000_00b7), "another machine's architecture")
  }

  @Test("has the bits of numbers that are shown to no filter, on the native entry only")
  func exempt() {
    let none = Filter([.return(.killProcess)])
    let cache = ActionCache(exemptNumbers: [335])
    #expect(none.isCached(number: 335, architecture: AuditToken.x86_64, in: cache))
    #expect(!none.isCached(number: 335, architecture: AuditToken.i386, in: cache))
    #expect(!none.isCached(number: 336, architecture: AuditToken.x86_64, in: cache))
  }

  @Test("holds a call under several filters only when each allows it by itself")
  func stack() {
    let all = Filter([.return(.allow)])
    let looks = Filter([.load(.low(argument: 0)), .return(.allow)])
    #expect([all, all].isCached(number: 39, architecture: AuditToken.x86_64))
    #expect(![all, looks].isCached(number: 39, architecture: AuditToken.x86_64))
    #expect(![looks, all].isCached(number: 39, architecture: AuditToken.x86_64))
    #expect([Filter]().isCached(number: 39, architecture: AuditToken.x86_64))
    #expect(![Filter]().isCached(number: 39 | x32SyscallBit, architecture: AuditToken.x86_64))
  }

  @Test(
    "never holds a call that the filter could answer otherwise; misses none in a program of its own operations"
  )
  func random() {
    let known: [Opcode] = [
      .loadAbsolute, .jump, .jumpEqualK, .jumpGreaterK, .jumpGreaterOrEqualK, .jumpSetK, .andK, .returnK,
    ]
    var generator = ProgramGenerator(seed: 6)
    var held = 0
    for round in 0..<4000 {
      let filter = generator.acceptedProgram(operations: round % 2 == 0 ? known : Opcode.allCases)
      let data = generator.data(for: filter)
      let isCached = filter.isCached(number: data.number, architecture: data.architecture)
      if isCached {
        held += 1
        #expect(filter.evaluate(data) == Action.allow.verdict)
      } else if !filter.instructions.contains(where: { $0.opcode == .loadAbsolute && $0.k > 4 }),
        round % 2 == 0,
        ActionCache().holds(number: data.number, architecture: data.architecture)
      {
        #expect(filter.evaluate(data) != Action.allow.verdict)
      }
    }
    #expect(held > 20, "only \(held) calls were cached")
  }
}
