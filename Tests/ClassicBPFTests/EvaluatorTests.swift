import ClassicBPF
import SeccompModel
import Testing

@Suite("answering many calls of one filter")
struct EvaluatorTests {
  @Test("all ways to run a program agree, on programs of all 41 operations", arguments: 0..<8)
  func differential(_ part: Int) throws {
    var generator = ProgramGenerator(seed: UInt64(part) &* 7919)
    var operations: Set<UInt16> = []
    var stoppedByDivision = 0
    for _ in 0..<1000 {
      let filter = generator.acceptedProgram()
      operations.formUnion(filter.instructions.map(\.code))
      var evaluator = try FilterEvaluator(filter)
      // Each call twice and in one table, so that what is kept is used.
      let calls = (0..<40).map { _ in generator.data(for: filter) }
      let answers = batch(&evaluator, calls + calls)
      for (index, data) in calls.enumerated() {
        let expected = referenceRun(filter, data)
        let plain = filter.evaluateWithSite(data)
        try #require(
          plain.verdict.rawValue == expected.value && plain.site == expected.site,
          "\(filter.disassembly)\n\(data)")
        for answer in [answers[index], answers[index + calls.count]] {
          try #require(
            answer.verdict == expected.value && answer.site == expected.site, "\(filter.disassembly)\n\(data)"
          )
        }
        if filter.instructions[expected.site].opcode == .divideX { stoppedByDivision += 1 }
      }
    }
    #expect(operations.count == 41)
    #expect(stoppedByDivision > 0)
  }

  @Test("a number's kept prefix does not leak to others in the same cache slot")
  func collisions() throws {
    let filter = Filter([
      .load(.number), .jump(greaterOrEqual: 700, then: 0, otherwise: 1), .returnA, .load(.low(argument: 0)),
      .returnA,
    ])
    var evaluator = try FilterEvaluator(filter)
    for round in 0..<2 {
      for number in UInt32(512)..<3000 {
        let data = SeccompData(
          number: number, architecture: AuditToken.i386, arguments: Arguments(UInt64(round)))
        let expected = number >= 700 ? number : UInt32(round)
        #expect(evaluator.evaluate(data).verdict.rawValue == expected)
      }
    }
  }

  @Test("a call is shown as its entry path shows it", arguments: EntryPath.allCases)
  func entryPaths(_ path: EntryPath) throws {
    let isCompat = path.auditToken == AuditToken.i386
    let call = Call(path, rax: 0x7_0000_0027, arguments: Arguments(1, 2, 3, 4, 5, 0x8_0000_0009))
    let expected: [(DataWord, UInt32)] = [
      (.number, 0x27), (.architecture, path.auditToken), (.instructionPointerLow, isCompat ? 20 : 10),
      (.high(argument: 5), 8), (.low(argument: 5), 9),
    ]
    for (word, value) in expected {
      var evaluator = try FilterEvaluator(Filter([.load(word), .returnA]))
      var verdicts: [UInt32] = [0]
      var sites: [UInt16] = [0]
      [call].withUnsafeBufferPointer { calls in
        verdicts.withUnsafeMutableBufferPointer { verdicts in
          sites.withUnsafeMutableBufferPointer { sites in
            evaluator.evaluate(calls, instructionPointers: (10, 20), verdicts: verdicts, sites: sites)
          }
        }
      }
      #expect(verdicts == [value])
      #expect(sites == [1])
    }
  }

  @Test("a filter that the kernel refuses has no evaluator")
  func refused() {
    #expect(throws: FilterRejection(.empty)) { try FilterEvaluator(Filter([])) }
  }

  private func batch(_ evaluator: inout FilterEvaluator, _ calls: [SeccompData]) -> [(
    verdict: UInt32, site: Int
  )] {
    var verdicts = [UInt32](repeating: 0xdead, count: calls.count)
    var sites = [UInt16](repeating: 0, count: calls.count)
    calls.withUnsafeBufferPointer { calls in
      verdicts.withUnsafeMutableBufferPointer { verdicts in
        sites.withUnsafeMutableBufferPointer { sites in
          evaluator.evaluate(calls, verdicts: verdicts, sites: sites)
        }
      }
    }
    return zip(verdicts, sites).map { ($0, Int($1)) }
  }
}
