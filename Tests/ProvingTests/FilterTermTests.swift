import ClassicBPF
import Generation
import SeccompModel
import Testing

@testable import Proving

@Suite("A filter as a term", .timeLimit(.minutes(30)))
struct FilterTermTests {
  /// What the term is worth for an input, with nothing known and with number and architecture known; both must
  /// be what the evaluator says.
  private func expectAgreement(
    _ filter: Filter, on inputs: [SeccompData], sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let context = Z3Context()
    let data = DataTerms(context)
    let verdict = FilterTerm(filter, over: data, in: context).verdict
    let asked = TermValues(context, data)
    for input in inputs {
      let known = DataTerms(
        data, number: input.number, architecture: input.architecture, in: context)
      let narrowed = FilterTerm(filter, over: known, in: context).verdict
      let expected = UInt64(filter.evaluate(input).rawValue)
      #expect(
        try #require(asked.values(of: [verdict, narrowed], for: input)) == [expected, expected],
        "\(input)\n\(Disassembler(filter).text)", sourceLocation: sourceLocation)
    }
  }

  /// Words at the edges of arithmetic, shifts and signs.
  private static let edges: [UInt32] = [
    0, 1, 2, 7, 31, 32, 33, 0x21, 0x800, 0x7fff_ffff, 0x8000_0000, 0xffff_fffe, .max,
  ]

  private static let inputs: [SeccompData] = edges.flatMap { one in
    [UInt32(0), 3, 32, 33, 0x8000_0001, .max].map { other in
      var input = SeccompData(number: one, architecture: AuditToken.x86_64)
      input.arguments[0] = UInt64(one)
      input.arguments[1] = UInt64(other)
      return input
    }
  }

  @Test("every operation is what the interpreter does with it", arguments: Opcode.allCases)
  func operation(_ opcode: Opcode) throws {
    // X = low(a1), M[3] = A = low(a0); then the operation, and its outcome, X and M[3] mixed and returned.
    for k in Self.operands(of: opcode) {
      let filter = Filter([
        .load(.low(argument: 1)), .copyAToX, .load(.low(argument: 0)), .store(memory: 3), .storeX(memory: 4),
        Instruction(
          opcode, jumpTrue: opcode.isConditionalJump ? 1 : 0, jumpFalse: 0, k: k),
        opcode == .returnK ? .return(.allow) : .operation(.addK, 5),
        .store(memory: 5), .copyXToA, .operation(.multiplyK, 0x10001), .copyAToX, .load(memory: 5),
        .operation(.xorX), .copyAToX, .load(memory: 3), .operation(.shiftLeftK, 1), .operation(.addX),
        .returnA,
      ])
      try filter.check()
      try expectAgreement(filter, on: Self.inputs)
    }
  }

  private static func operands(of opcode: Opcode) -> [UInt32] {
    switch opcode {
    case .loadAbsolute: [0, 4, 8, 12, 16, 20, 60]
    case .loadMemory, .loadXMemory: [3, 4]
    case .storeA, .storeX: [3, 4, 15]
    case .shiftLeftK, .shiftRightK: [0, 1, 31]
    case .divideK: [1, 3, .max]
    case .jump: [0, 1]
    case .loadLength, .loadXLength: [0]
    default: [0, 33, 0x8000_0000, .max]
    }
  }

  @Test("division by X = 0 ends the filter with 0, whatever stands behind")
  func division() throws {
    let filter = Filter([
      .load(.low(argument: 1)), .copyAToX, .load(immediate: 100), .operation(.divideX), .operation(.orK, 1),
      .returnA,
    ])
    let context = Z3Context()
    let term = FilterTerm(filter, over: DataTerms(context), in: context)
    #expect(term.returns.map(\.isDivision) == [true, false])
    try expectAgreement(filter, on: Self.inputs)
    let always = Filter([.load(immediate: 1), .operation(.divideX), .return(.allow)])
    #expect(try Prover().compare(always, Filter([.return(0)]), reading: .exact) == .proved)
  }

  @Test("a shift by X uses the count modulo 32")
  func shifts() throws {
    for opcode in [Opcode.shiftLeftX, .shiftRightX] {
      let filter = Filter([
        .load(.low(argument: 1)), .copyAToX, .load(immediate: 0x8000_0001), .operation(opcode), .returnA,
      ])
      let masked = Filter([
        .load(.low(argument: 1)), .and(31), .copyAToX, .load(immediate: 0x8000_0001), .operation(opcode),
        .returnA,
      ])
      #expect(try Prover().compare(filter, masked, reading: .exact) == .proved)
      try expectAgreement(filter, on: Self.inputs)
    }
  }

  @Test("what reached a place by two ways is kept apart: scratch words, A and X", arguments: [true, false])
  func merge(_ storesInBoth: Bool) throws {
    let filter = Filter([
      .load(.number), .jump(greater: 31, then: 3, otherwise: 0),
      .store(memory: 0), .loadX(immediate: 7), .jump(2),
      .store(memory: storesInBoth ? 0 : 1), .copyAToX,
      .load(.low(argument: 0)), .operation(.addX), .returnA,
    ])
    try expectAgreement(filter, on: Self.inputs)
    let both = Filter([
      .load(.number), .store(memory: 0), .jump(greater: 31, then: 2, otherwise: 0), .operation(.addK, 9),
      .store(memory: 0), .load(memory: 0), .returnA,
    ])
    try expectAgreement(both, on: Self.inputs)
  }

  @Test("random programs answer as the evaluator says", arguments: 1...4)
  func random(seed: UInt64) throws {
    let generator = RawFilterGenerator(seed: seed)
    var seen: Set<Opcode> = []
    for number in UInt64(0)..<96 {
      let made = generator.makeCase(number: number)
      guard made.shape != .long, made.shape != .chain else { continue }
      for filter in made.stack.prefix(2) {
        seen.formUnion(filter.instructions.compactMap(\.opcode))
        let drawer = RawCallDrawer([filter])
        var random = generator.callSource(number: number)
        let inputs = (0..<12).map { _ in
          drawer.call(using: &random).seccompData(instructionPointer: 0x1234_5678_9abc)
        }
        try expectAgreement(filter, on: inputs)
      }
    }
    #expect(seen.count > 35, "\(Set(Opcode.allCases).subtracting(seen))")
  }
}
