import Campaign
import Reporting
import Testing

@Suite("The report on a profile")
struct CheckTextTests {
  @Test("with differences, refusals and contested calls is the kept text")
  func differences() throws {
    try Snapshot.expect(CheckText(try Samples.check()).text, "check.txt")
  }

  @Test("of agreement says so first, and is the kept text")
  func agreement() throws {
    let report = try Samples.check { report in
      report.differences = []
      report.refusals.removeAll { !$0.isHarmless }
      report.contested = []
      report.remarks = []
      report.skipped = []
      report.coverage.unreachable = []
      report.coverage.missed = []
      report.coverage.executed = report.coverage.reachable
    }
    #expect(report.agrees)
    let text = CheckText(report).text
    #expect(text.hasPrefix("profile.json: the answers agree.\n"))
    try Snapshot.expect(text, "check-agrees.txt")
  }

  @Test("never says that answers agree when a rule was lost")
  func lostRule() throws {
    let report = try Samples.check { $0.differences = [] }
    #expect(!report.agrees)
    #expect(CheckText(report).text.hasPrefix("profile.json: 1 rule of the profile not in the filter.\n"))
  }

  @Test("gives every reason for something skipped")
  func skipped() throws {
    let report = try Samples.check()
    #expect(!report.skipped.isEmpty)
    for reason in report.skipped { #expect(CheckText(report).text.contains("- " + reason)) }
  }

  @Test("as JSON is the kept text, and reads back")
  func json() throws {
    #expect(try ResultJSON.text(of: try Samples.check()) == Samples.text("check.json"))
  }
}
