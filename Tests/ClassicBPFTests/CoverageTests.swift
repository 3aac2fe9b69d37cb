import ClassicBPF
import SeccompModel
import Testing

@Suite("coverage of a filter")
struct CoverageTests {
  let filter = SampleFilters.small
  let getpid = SeccompData(number: 20, architecture: AuditToken.i386)

  @Test("marks the instructions that run and the sides taken, nothing else")
  func mark() {
    var coverage = FilterCoverage(of: filter)
    #expect(coverage.unexecuted == Array(0..<21))
    #expect(coverage.untaken.count == 20)
    #expect(coverage.mark(getpid, in: filter) == Action.allow.verdict)
    #expect((0..<21).filter(coverage.contains) == [0, 1, 2, 17, 18, 20])
    #expect(coverage.executedCount == 6)
    #expect(coverage.edgeCount == 3)
    #expect(coverage.edgeTotal == 20)
    #expect(coverage.contains(.init(programCounter: 1, taken: false)))
    #expect(!coverage.contains(.init(programCounter: 1, taken: true)))
    #expect(coverage.contains(.init(programCounter: 18, taken: true)))
    #expect(coverage.untaken.count == 17)
  }

  @Test("merged coverage is that of all calls")
  func merge() throws {
    let calls = try FilterPaths(of: filter).witnesses
    var whole = FilterCoverage(of: filter)
    whole.mark(calls, in: filter)
    var merged = FilterCoverage(of: filter)
    for call in calls {
      var one = FilterCoverage(of: filter)
      one.mark(call, in: filter)
      merged.merge(one)
    }
    #expect(merged == whole)
    #expect(whole.unexecuted == [16])
    #expect(whole.untaken == [])
  }

  @Test("a batch of calls marks what the calls mark one by one")
  func batch() throws {
    let pointers = (syscall: UInt64(0x401000), int80: UInt64(0x402000))
    let calls =
      try FilterPaths(of: filter).witnesses.map {
        Call(
          $0.architecture == AuditToken.i386 ? .int80 : .syscall, rax: UInt64($0.number),
          arguments: $0.arguments)
      } + [Call(.sysenter, rax: 20)]
    for count in 0...calls.count {
      var one = FilterCoverage(of: filter)
      for call in calls.prefix(count) {
        one.mark(
          call.seccompData(
            instructionPointer: call.entryPath == .syscall ? pointers.syscall : pointers.int80),
          in: filter)
      }
      var all = FilterCoverage(of: filter)
      let evaluator = try FilterEvaluator(filter)
      Array(calls.prefix(count)).withUnsafeBufferPointer {
        evaluator.mark($0, instructionPointers: pointers, in: &all)
      }
      #expect(all == one)
    }
  }
}
