import ClassicBPF
import SeccompModel
import Testing

@testable import Generation

@Suite("Random programs")
struct RawFilterTests {
  private static let generator = RawFilterGenerator(seed: 1)

  @Test("are the same for a seed and a number, whatever was made before")
  func deterministic() {
    for number: UInt64 in [0, 1, 2, 3, 4, 5, 260, 1 << 40] {
      let one = Self.generator.makeCase(number: number)
      _ = Self.generator.makeCase(number: 7)
      #expect(RawFilterGenerator(seed: 1).makeCase(number: number) == one)
    }
    // Of another seed, other programs: but for the edges, which are no matter of chance.
    #expect(RawFilterGenerator(seed: 2).makeCase(number: 5) != Self.generator.makeCase(number: 5))
  }

  /// FNV-1a over the instructions and the calls of 512 cases: a change of it changes every campaign's cases.
  @Test("are those of any other machine")
  func digest() {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    func add(_ word: UInt64) { hash = (hash ^ word) &* 0x0000_0100_0000_01b3 }
    for number: UInt64 in 0..<512 {
      let generated = Self.generator.makeCase(number: number)
      for instruction in (generated.trials + generated.stack).flatMap(\.instructions) {
        add(UInt64(instruction.code) << 48 | UInt64(instruction.jumpTrue) << 40)
        add(UInt64(instruction.jumpFalse) << 32 | UInt64(instruction.k))
      }
      var random = Self.generator.callSource(number: number)
      let drawer = RawCallDrawer(generated.stack)
      for _ in 0..<8 {
        let call = drawer.call(using: &random)
        add(call.rax)
        for index in 0..<Arguments.count { add(call.arguments[index]) }
      }
    }
    #expect(hash == 5_355_618_148_696_598_468)
  }

  @Test("try every one of the 65536 codes")
  func codes() {
    var tried: Set<UInt16> = []
    for number in stride(from: 0, to: RawFilterGenerator.casesOfAllCodes, by: 16) {
      let generated = Self.generator.makeCase(number: number)
      #expect(generated.shape == .codes)
      for trial in generated.trials { tried.insert(trial.instructions[5].code) }
    }
    #expect(tried.count == 65536)
  }

  @Test("are refused for every reason, and 2000 cases hold, run and branch at everything")
  func coverage() throws {
    var refusals: Set<String> = []
    var loaded: Set<Opcode> = []
    var executed: Set<Opcode> = []
    var taken: Set<Opcode> = []
    var notTaken: Set<Opcode> = []
    var shapes: Set<RawFilterCase.Shape> = []
    for number: UInt64 in 0..<2000 {
      let generated = Self.generator.makeCase(number: number)
      shapes.insert(generated.shape)
      for filter in generated.trials {
        do throws(FilterRejection) {
          try filter.check()
          loaded.formUnion(filter.instructions.compactMap(\.opcode))
        } catch {
          refusals.insert(error.reason.name)
        }
      }
      var random = Self.generator.callSource(number: number)
      let drawer = RawCallDrawer(generated.stack)
      for filter in generated.stack where generated.shape != .chain {
        try filter.check()
        var coverage = FilterCoverage(of: filter)
        for _ in 0..<16 { coverage.mark(drawer.call(using: &random).seccompData(), in: filter) }
        for (pc, instruction) in filter.instructions.enumerated() where coverage.contains(pc) {
          guard let opcode = instruction.opcode else { continue }
          executed.insert(opcode)
          if coverage.contains(.init(programCounter: pc, taken: true)) { taken.insert(opcode) }
          if coverage.contains(.init(programCounter: pc, taken: false)) { notTaken.insert(opcode) }
        }
      }
    }
    #expect(shapes == Set(RawFilterCase.Shape.allCases))
    #expect(executed.count == 41 && loaded.count == 41)
    let conditional = Set(Opcode.allCases.filter(\.isConditionalJump))
    #expect(taken == conditional && notTaken == conditional)
    #expect(refusals == Set(FilterRejection.Reason.names))
  }

  @Test("stand at the limit of all filters together, on both sides of it")
  func chains() {
    var fits = 0
    var exceeds = 0
    for number in stride(from: UInt64(260), to: 260 + 512 * 40, by: 512) {
      let generated = Self.generator.makeCase(number: number)
      #expect(generated.shape == .chain)
      #expect(generated.stack.count <= 64)
      #expect(generated.stack.reduce(0) { $0 + $1.count } <= Filter.chainLimit)
      for index in generated.stack.indices.dropLast() {
        #expect(generated.stack[index].fitsChain(after: generated.stack[..<index]))
      }
      let last = generated.stack.count - 1
      if generated.stack[last].fitsChain(after: generated.stack[..<last]) { fits += 1 } else { exceeds += 1 }
    }
    #expect(fits > 5 && exceeds > 5)
  }
}
