import Testing

@testable import Overhead

@Suite("Two runs of different things")
struct ComparisonSubjectTests {
  private static func report(
    tool: String = "crosscheck 1", processor: Int = 0, _ subject: BenchReport.Subject? = nil
  ) -> BenchReport {
    var report = BenchReport(
      tool: tool, extent: "test", environment: .detect(processor: 0), confidence: 0.99, rounds: 100,
      quietShare: 1, conditions: [], seconds: 1, noiseFloor: 0, controls: [], figures: [], relations: [],
      distributions: [], memory: [], counts: [], skips: [])
    report.environment.processor = processor
    report.subject = subject
    return report
  }

  private static func subject(
    _ profile: String, _ workload: String, _ variants: [String]
  ) -> BenchReport.Subject {
    BenchReport.Subject(profile: profile, workload: workload, calls: 3, variants: variants, rows: [])
  }

  @Test("say that the profile, the workload, the variants, the tool or the processor is another")
  func told() {
    let old = Self.report(Self.subject("a.json", "ls", ["allow-all", "profile"]))
    #expect(BenchComparison(old: old, new: old).environment.isEmpty)
    let new = Self.report(
      tool: "crosscheck 2", processor: 1, Self.subject("b.json", "ls -l", ["allow-all", "profile", "runc"]))
    #expect(
      BenchComparison(old: old, new: new).environment == [
        "tool: crosscheck 1 → crosscheck 2", "profile: a.json → b.json", "workload: ls → ls -l",
        "variants: allow-all, profile → allow-all, profile, runc", "processor's number: 0 → 1",
      ])
    #expect(
      BenchComparison(old: old, new: Self.report()).environment.contains("profile: a.json → not told"))
  }
}
