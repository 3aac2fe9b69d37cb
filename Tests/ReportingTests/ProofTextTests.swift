import Testing

@testable import Campaign
@testable import Reporting

@Suite("Proofs in words")
struct ProofTextTests {
  private static func witness(_ trial: ProofReport.Trial?) -> ProofReport.Witness {
    var witness = ProofReport.Witness(
      call: "socket", number: 41, architecture: 0xc000_003e, arguments: [], instructionPointer: "0x0")
    witness.one = trial
    return witness
  }

  private static func report(
    _ trial: ProofReport.Trial? = nil, limits: [String] = []
  ) throws -> ProofReport {
    var report = ProofReport(
      source: "test", environment: try Samples.check().environment, solver: "Z3", seconds: 1,
      comparisons: [
        .init(one: "one", other: "other", isProved: true, unfinished: nil, differences: [], contested: [])
      ])
    report.limits = limits
    report.widths = [
      .init(
        call: "socket", abi: "x86_64", argument: 0, kind: .bypass, wide: witness(trial), wideVerdict: "ALLOW",
        narrow: witness(nil), narrowVerdict: "ERRNO(1)")
    ]
    return report
  }

  @Test("what is proved passes")
  func passes() throws {
    let report = try Self.report(.init(outcome: "let through", isBorneOut: true))
    #expect(report.passes)
    let text = ProofText(report).text
    #expect(text.hasPrefix("test: proved for all inputs.") && !text.contains("NOT"))
  }

  @Test("a kernel that contradicts the filter does not, and is told")
  func refuted() throws {
    let report = try Self.report(.init(outcome: "killed", isBorneOut: false))
    #expect(report.isProved && !report.passes)
    let text = ProofText(report).text
    #expect(text.contains("this kernel contradicts the filter for 1 call"), "\(text)")
    #expect(text.contains("which is NOT that"), "\(text)")
  }

  @Test("what the solver did not tell besides does not pass")
  func limits() throws {
    let report = try Self.report(limits: ["the solver did not tell of 1 arguments' upper halves"])
    #expect(!report.passes)
    #expect(ProofText(report).text.contains("not everything is told"))
  }

  @Test("as many open ways as no integer counts are told")
  func manyWays() throws {
    let report = try Samples.check {
      $0.coverage.edges = .init(
        feasible: 4, taken: 4, impossible: 0, beyond: 0, open: 0, missed: [], paths: 4e30, pathsTaken: 1,
        pathsImpossible: 0, pathsOpen: 2e30)
    }
    let text = CheckText(report).text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(text.contains("10^30 open"), "\(text)")
  }
}
