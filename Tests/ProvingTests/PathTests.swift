import ClassicBPF
import Generation
import SeccompModel
import Testing

@testable import Proving

@Suite("Ways through a filter", .timeLimit(.minutes(30)))
struct PathTests {
  /// The sides of jumps, and the last instruction, that tell one way from another.
  private static func way(_ input: SeccompData, _ filter: Filter) -> FilterCoverage {
    var coverage = FilterCoverage(of: filter)
    coverage.mark(input, in: filter)
    return coverage
  }

  @Test("each that some input goes has one, and the others are proved to have none")
  func ways() throws {
    // Two tests of one word, of which the second is settled by the first on one side.
    let filter = Filter([
      .load(.low(argument: 0)), .jump(greater: 4, then: 0, otherwise: 1), .return(.errno(1)),
      .jump(greater: 9, then: 0, otherwise: 1), .return(.errno(2)),
      .load(.high(argument: 5)), .jump(anyBit: 6, then: 0, otherwise: 1), .return(.errno(3)),
      .return(.allow),
    ])
    let result = try PathSearch(reach: FilterEquivalence.Reach.x86).run(filter)
    #expect(filter.pathCount == 4 && result.isComplete)
    #expect(result.impossible == 1 && result.undecided == 0)
    #expect(
      Set(result.inputs.map { filter.evaluate($0).action }) == [.errno(1), .errno(3), .allow])
  }

  @Test("a division by X = 0 is a way of its own")
  func division() throws {
    let filter = Filter([
      .load(.low(argument: 1)), .copyAToX, .load(immediate: 100), .operation(.divideX), .returnA,
    ])
    let result = try PathSearch(reach: FilterEquivalence.Reach.x86).run(filter)
    #expect(filter.pathCount == 2 && result.inputs.count == 2)
    #expect(result.inputs.contains { $0.arguments[1] & 0xffff_ffff == 0 })
    let never = Filter([.load(immediate: 1), .copyAToX, .operation(.divideX), .returnA])
    let settled = try PathSearch(reach: FilterEquivalence.Reach.x86).run(never)
    #expect(settled.inputs.count == 1 && settled.impossible == 1)
  }

  @Test("inputs out of reach do not count; more ways than the limit are not said to be all")
  func bounds() throws {
    let filter = Filter([
      .load(.number), .jump(equal: 335, then: 0, otherwise: 1), .return(.errno(1)), .load(.architecture),
      .jump(equal: 0x1234, then: 0, otherwise: 1), .return(.errno(2)), .return(.allow),
    ])
    let hidden = FilterEquivalence.Reach(architecture: AuditToken.x86_64, hiddenNumbers: [335])
    let result = try PathSearch(reach: [hidden]).run(filter)
    #expect(result.inputs.count == 1 && result.impossible == 2 && result.isComplete)
    let cut = try PathSearch(reach: FilterEquivalence.Reach.x86, limit: 1).run(filter)
    #expect(!cut.isComplete)
    // As many as there are, and the others are proved to be none.
    let exact = try PathSearch(reach: [hidden], limit: 1).run(filter)
    #expect(exact.isComplete && exact.inputs.count == 1 && exact.impossible == 2)
  }

  @Test("a way that is said to end in a division by 0 is one that does")
  func divisionIsRun() {
    let filter = Filter([
      .load(.low(argument: 1)), .copyAToX, .load(immediate: 100), .operation(.divideX), .returnA,
    ])
    var input = SeccompData(number: 0, architecture: AuditToken.x86_64)
    #expect(Self.way(input, filter).ends(at: 3) && !Self.way(input, filter).ends(at: 2))
    input.arguments[1] = 7
    #expect(!Self.way(input, filter).ends(at: 3))
  }

  @Test("no input of random programs goes a way that was not found")
  func random() throws {
    let generator = RawFilterGenerator(seed: 12)
    var counts = (ways: 0, impossible: 0, inputs: 0)
    for number in UInt64(0)..<60 {
      let made = generator.makeCase(number: number)
      guard made.shape != .long, made.shape != .chain, let filter = made.stack.first,
        filter.pathCount < 2000
      else { continue }
      let result = try PathSearch(
        reach: FilterEquivalence.Reach.x86, limits: ProofLimits(seconds: 5)
      ).run(filter)
      guard result.isComplete, result.undecided == 0 else { continue }
      let found = Set(result.inputs.map { Self.way($0, filter) })
      #expect(found.count == result.inputs.count, "case \(number): one way has two inputs")
      #expect(Double(found.count) + result.impossible == filter.pathCount, "case \(number)")
      counts.ways += found.count
      counts.impossible += Int(result.impossible)
      let drawer = RawCallDrawer([filter])
      var source = generator.callSource(number: number)
      for _ in 0..<300 {
        var data = drawer.call(using: &source).seccompData()
        data.instructionPointer = source.next()
        counts.inputs += 1
        #expect(found.contains(Self.way(data, filter)), "case \(number): \(data)")
      }
    }
    #expect(counts.ways > 100 && counts.impossible > 10 && counts.inputs > 3000, "\(counts)")
  }
}
