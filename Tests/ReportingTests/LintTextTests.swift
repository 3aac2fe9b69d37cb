import Campaign
import Reporting
import Testing

@Suite("The report of lint")
struct LintTextTests {
  @Test("for people is the kept text")
  func text() throws { try Snapshot.expect(LintText(try Samples.lint()).text, "lint.txt") }

  @Test("as JSON is the kept text, and reads back")
  func json() throws { #expect(try ResultJSON.text(of: try Samples.lint()) == Samples.text("lint.json")) }

  @Test("as SARIF is the kept text")
  func sarif() throws {
    try Snapshot.expect(try ResultJSON.text(of: LintSARIF(try Samples.lint())), "lint.sarif")
  }

  @Test("says so when there is nothing to say, and when a call did not show what it should")
  func words() throws {
    var report = try Samples.lint()
    #expect(LintText(report).text.contains("This is NOT what the remark says"))
    report.remarks = []
    #expect(report.isClean)
    #expect(LintText(report).text == "a profile.json: nothing to remark on.\n")
  }

  @Test("is clean as long as there are notes only")
  func clean() throws {
    var report = try Samples.lint()
    #expect(!report.isClean)
    report.remarks.removeFirst()
    #expect(!report.isClean)
    report.remarks.removeFirst()
    #expect(report.isClean)
  }
}
