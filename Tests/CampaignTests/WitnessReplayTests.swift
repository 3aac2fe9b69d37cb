import ClassicBPF
import Probing
import SeccompModel
import Testing

@testable import Campaign

@Suite("Witnesses on the kernel", .timeLimit(.minutes(30)))
struct WitnessReplayTests {
  private static let allow = Filter([.return(.allow)])

  private static func regions(_ filters: [Filter]) throws -> [ProofReport.Region] {
    let comparison = try ProofBench(ProofOptions()).compare(
      ProofSide("one", filters), ProofSide("other", [allow]))
    #expect(comparison.unfinished == nil && !comparison.differences.isEmpty)
    return comparison.differences
  }

  @Test("a filter that asks where a call is made from is not tried from elsewhere")
  func instructionPointer() throws {
    let filter = Filter([
      .load(absolute: 8), .jump(equal: 0, then: 0, otherwise: 3), .load(absolute: 12),
      .jump(equal: 0, then: 0, otherwise: 1), .return(.errno(1)), .return(.allow),
    ])
    for region in try Self.regions([filter]) {
      #expect(!region.witness.isRefuted && region.witness.notMade != nil, "\(region)")
    }
  }

  @Test("more filters than the probe holds leave the proof, with the reason")
  func capacity() throws {
    let refusing = Filter([
      .load(.number), .jump(equal: 39, then: 0, otherwise: 1), .return(.errno(1)), .return(.allow),
    ])
    let many = [Filter](repeating: Self.allow, count: Probe.stackCapacity) + [refusing]
    for region in try Self.regions(many) {
      #expect(region.witness.one == nil)
      #expect(region.witness.notMade?.contains("65 filters") == true, "\(region)")
    }
  }

  @Test("more instructions than the kernel lets a process have leave the proof, with the reason")
  func kernelCapacity() throws {
    // MAX_INSNS_PER_PATH of kernel/seccomp.c, which counts four more for each filter: they fill the probe, and no kernel.
    let long = Filter(
      [.load(.number), .jump(equal: 39, then: 0, otherwise: 1), .return(.errno(1))]
        + [Instruction](repeating: .load(.number), count: 4092) + [.return(.allow)])
    for region in try Self.regions([Filter](repeating: long, count: 8)) {
      #expect(region.witness.one == nil && region.witness.notMade != nil, "\(region)")
    }
  }

  @Test("an unknown action that is weaker than the shield's is not tried under it; a stronger one is")
  func unknownAction() throws {
    for region in try Self.regions([Filter([.return(0x7ff1_0000)])]) {
      #expect(region.witness.one == nil && region.witness.notMade != nil, "\(region)")
    }
    let strong = try Self.regions([Filter([.return(0x0100_0000)])])
    #expect(strong.contains { $0.witness.one?.isBorneOut == true })
  }
}
