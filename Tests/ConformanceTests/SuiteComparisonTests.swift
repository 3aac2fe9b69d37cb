import Profiles
import Testing

@testable import Conformance

@Suite("Reports of a suite, kept and compared")
struct SuiteComparisonTests {
  private static func report(_ verdicts: [(String, SuiteReport.Verdict)]) -> SuiteReport {
    SuiteReport(
      suite: "sample", properties: [.init("kernel", "6.18")],
      results: verdicts.map { name, verdict in
        .init(
          name: name, group: "group", claim: "\(name) holds", verdict: verdict,
          reason: verdict == .pass ? "" : "why",
          seconds: 0.25, diagnostics: ["a \"line\""])
      }, seconds: 1.5)
  }

  private static let before = report([
    ("a", .pass), ("b", .fail), ("c", .pass), ("d", .skip), ("e", .pass), ("f", .fail), ("g", .timeout),
  ])
  private static let after = report([
    ("a", .pass), ("b", .pass), ("c", .fail), ("d", .pass), ("e", .skip), ("g", .error), ("h", .fail),
  ])

  @Test("differ by new failures, what is fixed, newly skipped, no longer skipped, and what only one has")
  func changes() {
    let comparison = SuiteComparison(Self.before, from: "a.json", Self.after, from: "b.json")
    let kinds = comparison.changes.map { "\($0.name) \($0.kind)" }
    #expect(
      kinds == [
        "b fixed", "c newFailure", "d noLongerSkipped", "e newlySkipped", "g changed", "h onlyAfter",
        "f onlyBefore",
      ])
    #expect(!comparison.isEmpty)
    #expect(comparison.before.counts["pass"] == 3 && comparison.after.counts["fail"] == 2)
  }

  @Test("do not differ by times and reasons")
  func equal() {
    var other = Self.before
    other.seconds = 99
    other.results[1].reason = "another reason"
    #expect(SuiteComparison(Self.before, from: "a", other, from: "b").isEmpty)
  }

  /// As `--json` writes it.
  private static let text = """
    {
      "properties": [{"name": "kernel", "value": "6.18"}],
      "results": [
        {"claim": "a holds", "diagnostics": ["a \\"line\\""], "group": "group", "name": "a", "reason": "why",
         "seconds": 0.25, "verdict": "fail"}
      ],
      "seconds": 1.5,
      "suite": "sample"
    }
    """

  @Test("are read as they were written")
  func reading() throws {
    let read = try SuiteReport(reading: Array(Self.text.utf8), source: "r.json")
    #expect(read == Self.report([("a", .fail)]))
  }

  @Test(
    "are refused with file and place when they are something else",
    arguments: [
      ("{", "r.json:1:2: $: "), ("[]", "r.json:1:1: $: expected an object, found an empty array"),
      (
        text.replacing("\"fail\"", with: "\"odd\""),
        "r.json:5:34: $.results[0].verdict: expected one of pass, warn, skip, fail, timeout, error"
      ),
      (
        text.replacing("\"suite\": \"sample\"", with: "\"suite\": 1"),
        "r.json:8:12: $.suite: expected a string"
      ),
      (
        text.replacing("\"claim\": \"a holds\", ", with: ""),
        "r.json:4:5: $.results[0]: expected the member \"claim\", found none"
      ),
      (text.replacing("1.5", with: "null"), "r.json:7:14: $.seconds: expected a number, found null"),
    ])
  func badInput(_ text: String, _ message: String) {
    do {
      _ = try SuiteReport(reading: Array(text.utf8), source: "r.json")
      Issue.record("was read")
    } catch {
      #expect(error.description.hasPrefix(message), "\(error)")
    }
  }

  @Test("leave a baseline with names in order and without what was skipped, which reads back")
  func baseline() throws {
    let baseline = SuiteBaseline(of: Self.report([("b", .fail), ("a", .pass), ("c", .skip)]))
    #expect(
      baseline.text == """
        {
          "suite": "sample",
          "verdicts": {
            "a": "pass",
            "b": "fail"
          }
        }

        """)
    #expect(try SuiteBaseline(reading: Array(baseline.text.utf8), source: "b.json") == baseline)
    #expect(throws: ProfileError.self) {
      try SuiteBaseline(
        reading: Array(#"{"suite": "sample", "verdicts": {"a": "odd"}}"#.utf8), source: "b.json")
    }
  }

  @Test("fail, under a baseline, only for what is worse")
  func worse() {
    let baseline = SuiteBaseline(of: Self.report([("a", .fail), ("b", .pass), ("c", .fail)]))
    let judged = baseline.applied(
      to: Self.report([("a", .fail), ("b", .fail), ("c", .pass), ("new", .fail)]))
    #expect(judged.results.map(\.verdict) == [.warn, .fail, .pass, .fail])
    #expect(judged.results[0].reason == "known (fail): why")
    #expect(judged.properties.last == .init("better than the baseline", "c"))
  }
}
