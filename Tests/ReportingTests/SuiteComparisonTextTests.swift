import Conformance
import Reporting
import Testing

@Suite("What changed between two reports, in words")
struct SuiteComparisonTextTests {
  private static func report(_ kernel: String, _ verdicts: [(String, SuiteReport.Verdict)]) -> SuiteReport {
    SuiteReport(
      suite: "sample", properties: [.init("kernel", kernel)],
      results: verdicts.map { name, verdict in
        .init(
          name: name, group: "group", claim: "\(name) holds", verdict: verdict,
          reason: verdict == .pass ? "" : "why",
          seconds: 0)
      }, seconds: 0)
  }

  @Test("is told kind by kind, failures first")
  func changes() {
    let comparison = SuiteComparison(
      Self.report("6.1", [("a", .pass), ("b", .fail), ("c", .pass)]), from: "old.json",
      Self.report("6.18", [("a", .fail), ("b", .pass), ("c", .skip)]), from: "new.json")
    #expect(
      SuiteComparisonText(comparison).text == """
        before: old.json, sample, kernel 6.1: 2 pass, 1 fail
        after: new.json, sample, kernel 6.18: 1 pass, 1 skip, 1 fail

        new failures: 1
          a (pass -> fail): a holds
            why

        fixed: 1
          b (fail -> pass): b holds

        newly skipped: 1
          c (pass -> skip): c holds
            why

        """)
  }

  @Test("is told to be nothing")
  func nothing() {
    let report = Self.report("6.18", [("a", .pass)])
    #expect(
      SuiteComparisonText(SuiteComparison(report, from: "a", report, from: "b")).text.hasSuffix(
        "\n\nno difference\n"))
  }

  @Test("The list of scenarios is told group by group")
  func list() throws {
    let summaries = try KernelSuite(filters: ["errno-0", "errno-1", "strict-read"]).scenarios.map(
      ScenarioSummary.init)
    #expect(
      ScenarioListText(summaries).text == """
        actions: 2
          errno-0: ERRNO with data 0 skips the call and returns 0
          errno-1: ERRNO with data 1 skips the call and returns -1

        strict: 1
          strict-read: strict mode lets read through

        """)
  }
}
