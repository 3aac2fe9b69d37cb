import Conformance
import Reporting
import Testing

/// The lines of one KTAP document without subtests, read strictly after Documentation/dev-tools/ktap.rst: whatever is
/// no version, plan, result or diagnostic line is an error.
private struct KTAPDocument {
  struct Result: Equatable {
    var isOK: Bool
    var number: Int
    var name: String
    /// The directive, or empty.
    var directive: String
    var data: String
    /// The diagnostic lines before it.
    var diagnostics: [String]
  }

  struct NotKTAP: Error { var line: String }

  var planned = 0
  var results: [Result] = []
  var trailing: [String] = []

  init(_ text: String) throws {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
    guard lines.popLast() == "", lines.popFirst() == "KTAP version 1" else {
      throw NotKTAP(line: "first or last")
    }
    guard let plan = lines.popFirst(), let count = plan.wholeMatch(of: /1\.\.([0-9]+)/).flatMap({ Int($0.1) })
    else { throw NotKTAP(line: "plan") }
    planned = count
    for line in lines {
      if line.hasPrefix("# ") {
        trailing.append(String(line.dropFirst(2)))
        continue
      }
      guard let match = line.wholeMatch(of: /(ok|not ok) ([0-9]+) ([^#]*?)(?: # (.*))?/),
        let number = Int(match.2)
      else { throw NotKTAP(line: String(line)) }
      let data = match.4.map(String.init) ?? ""
      let directive = data.prefixMatch(of: /(?i:SKIP|TODO|XFAIL|TIMEOUT|ERROR)\b/).map { String($0.0) } ?? ""
      results.append(
        Result(
          isOK: match.1 == "ok", number: number, name: String(match.3), directive: directive,
          data: String(data.dropFirst(directive.isEmpty ? 0 : directive.count + 1)), diagnostics: trailing))
      trailing = []
    }
  }
}

@Suite("A suite's report as KTAP")
struct KTAPTests {
  @Test("reads back: every result in its line, numbered, with the directive of its verdict")
  func readsBack() throws {
    let document = try KTAPDocument(KTAPText(Samples.suite).text)
    #expect(document.planned == 7)
    #expect(document.results.map(\.number) == Array(1...7))
    #expect(document.results.map(\.name) == Samples.suite.results.map(\.name))
    #expect(document.results.map(\.isOK) == Samples.suite.results.map { !$0.verdict.isFailure })
    #expect(document.results.map(\.directive) == ["", "", "XFAIL", "SKIP", "TIMEOUT", "ERROR", ""])
    #expect(document.results[3].data == "no file")
    #expect(document.results[1].data == "expected <a> & \"b\"  , # found nothing")
  }

  @Test("puts diagnostics before the result they belong to, each in one line")
  func diagnostics() throws {
    let document = try KTAPDocument(KTAPText(Samples.suite).text)
    #expect(
      document.results[0].diagnostics == ["runtime: a \"runtime\" <1 & 2>", "kernel: 6.18 # not a line"])
    #expect(document.results[1].diagnostics == ["fails: one", "fails: ]]> & <two>   not ok 7 fails"])
    #expect(document.trailing == ["Totals: pass:1 warn:1 skip:1 fail:2 timeout:1 error:1"])
  }

  @Test("takes no reason for a directive")
  func noDirective() throws {
    #expect(KTAPText(Samples.suite).text.contains("\nnot ok 7 fails-oddly # - skip this\n"))
  }

  @Test("has a plan of no tests for a suite without any")
  func empty() throws {
    let report = SuiteReport(suite: "none", properties: [], results: [], seconds: 0)
    #expect(try KTAPDocument(KTAPText(report).text).planned == 0)
    #expect(!report.succeeded)
  }
}
