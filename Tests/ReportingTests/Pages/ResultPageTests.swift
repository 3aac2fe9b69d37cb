import Campaign
import Conformance
import Foundation
import Reporting
import Testing

@Suite("Pages of results")
struct ResultPageTests {
  private static func cards(_ markup: StrictMarkup) -> [String] { markup.all("h3").map(\.text) }

  @Test("of a check: the text's verdict, each way to differ with its smallest case and its commands")
  func check() throws {
    let markup = try StrictMarkup(try PageSamples.check().page.rendered())
    markup.expectHarmless()
    #expect(
      markup.all("h1").first?.text.hasSuffix(
        "2 differences (1 known), 1 rule of the profile not in the filter.") == true)
    #expect(markup.all("header").first?.attributes["class"] == "bad")
    #expect(
      Self.cards(markup) == [
        " personality (x86_64): policy and filter differ, 3 calls",
        " read (x32): filter and kernel differ, 1 call",
      ])
    let code = markup.all("pre").map(\.text)
    #expect(
      code.contains { $0.hasPrefix("crosscheck replay crosscheck-check-profile/findings/policy-filter-") })
    #expect(code.contains { $0.contains("\"personality\"") && $0.contains("4294967304") })
    #expect(markup.all("dd").contains { $0.text == "ERRNO(1) ()" })
  }

  @Test("of a check: every reason for something not done, every remark, every contested call")
  func complete() throws {
    let report = try Samples.check()
    let items = try StrictMarkup(try PageSamples.check().page.rendered())
    let list = items.all("li").map(\.text)
    for reason in report.skipped + report.remarks { #expect(list.contains(reason)) }
    #expect(list.contains { $0.hasPrefix("Fallback: ") })
    #expect(items.all("td").contains { $0.text.hasPrefix("clone (x86_64)") })
  }

  @Test("of a check: the sides of jumps that no call took are listed, as in the text")
  func missedSides() throws {
    let report = try Samples.check { report in
      report.coverage.unreachable = []
      report.coverage.missed = []
      report.coverage.edges = try? JSONDecoder().decode(
        CheckReport.Edges.self,
        from: Data(
          #"{"feasible":3,"taken":2,"impossible":0,"beyond":0,"open":0,"missed":["l7: jeq #0x2a, false"],"paths":4}"#
            .utf8))
    }
    #expect(CheckText(report).text.contains("l7: jeq #0x2a, false"))
    let page = CheckPage(report, written: PageSamples.written) { _ in throw CancellationError() }.page
    #expect(try StrictMarkup(page.rendered()).all("pre").contains { $0.text == "l7: jeq #0x2a, false" })
  }

  @Test("of a check: a matrix marks where answers differ and where the profile leaves them open")
  func matrix() throws {
    let text = try PageSamples.check().page.rendered()
    let tips = try StrictMarkup(text).all("title").map(\.text)
    #expect(
      tips.contains(
        "personality\nsyscall: ALLOW – answers differ\nx32: KILL_PROCESS\nint $0x80: ALLOW, ERRNO(1)"))
    #expect(tips.contains { $0.hasPrefix("read\n") && $0.contains("x32: KILL_PROCESS – answers differ") })
    #expect(tips.contains { $0.hasPrefix("clone\n") && $0.contains("syscall: ALLOW – contested") })
    // -2 and its like have no name, and are contested.
    #expect(tips.contains("(no name)\nsyscall: KILL_THREAD – contested"))
    // A call of one ABI has one cell.
    #expect(tips.contains("waitpid\nint $0x80: USER_NOTIF"))
    for name in [
      "by arguments, partly ALLOW (5)", "by arguments, never ALLOW (1)",
      "an action the kernel does not know (1)",
    ] {
      #expect(text.contains(name), "\(name)")
    }
  }

  @Test("of a check that agrees says so, and has no findings; one without answers has no matrix")
  func agrees() throws {
    let report = try Samples.check {
      $0.differences = []
      $0.refusals = []
      $0.contested = []
    }
    let page = CheckPage(report, written: PageSamples.written, finding: PageSamples.finding).page
    let markup = try StrictMarkup(page.rendered())
    #expect(markup.all("h1").first?.text.hasSuffix("The answers agree.") == true)
    #expect(markup.all("header").first?.attributes["class"] == "good")
    #expect(markup.all("h3").isEmpty)
    #expect(!page.sections.contains { $0.heading.hasPrefix("Every call") })
  }

  @Test("of a check with a library that is wrong everywhere: one finding for one way to be wrong")
  func alike() throws {
    let report = try Samples.check { report in
      let one = report.differences[0]
      report.differences = (0..<900).map { number in
        var other = one
        other.call = "call\(number) (x86_64)"
        if number != 3 { other.path = nil }
        return other
      }
    }
    let markup = try StrictMarkup(
      CheckPage(report, written: PageSamples.written, finding: PageSamples.finding).page.rendered())
    #expect(
      Self.cards(markup) == [
        " call0 (x86_64), call1 (x86_64), call2 (x86_64) and 897 more: policy and filter differ, 2,700 calls"
      ])
    #expect(markup.all("summary").contains { $0.text == "All 900 that differ in this way" })
  }

  @Test(
    "of a campaign: new findings first, what is known in one row each, and a file that cannot be read is told"
  )
  func fuzz() throws {
    let summary = try Samples.fuzz()
    let page = try PageSamples.fuzz().page
    let markup = try StrictMarkup(page.rendered())
    markup.expectHarmless()
    #expect(page.sections.first?.heading == "New findings")
    #expect(Self.cards(markup).count == summary.newFamilies.count)
    #expect(markup.all("p").contains { $0.text.contains("opening <minimized.json>: there is none") })
    #expect(markup.all("code").contains { $0.text == "libseccomp-high-words" })
    for family in summary.newFamilies {
      #expect(markup.all("code").contains { $0.text == family.fingerprint })
    }
  }

  @Test("of a suite: a tile for each check, then what failed with its reason, the reason of each skip")
  func suite() throws {
    let page = PageSamples.suite.page
    let markup = try StrictMarkup(page.rendered())
    markup.expectHarmless()
    #expect(page.answer == "4 of 6 checks failed.")
    #expect(page.sections.map(\.heading).starts(with: ["By theme", "Failed", "Other than most do"]))
    #expect(
      Self.cards(markup).prefix(4) == [" it fails", " it ends", " it works", " the reason is no directive"])
    #expect(markup.all("pre").contains { $0.text == "crosscheck conform --filter hangs" })
    #expect(markup.all("td").contains { $0.text == "no file" })
    let tips = markup.all("title").map(\.text)
    for result in Samples.suite.results {
      #expect(tips.contains { $0.hasPrefix("\(result.name): ") && $0.hasSuffix(result.claim) })
    }
    #expect(markup.text.contains("1 of 2"))
  }

  @Test("of a suite in which everything was skipped is neither success nor failure")
  func nothing() {
    var report = Samples.suite
    report.results = report.results.filter { $0.verdict == .skip }
    let page = SuitePage(report, command: "c", written: PageSamples.written) { $0 }.page
    #expect(page.tone == .neutral && !report.succeeded)
    #expect(page.answer == "Nothing was judged: every check was skipped.")
    report.results = Samples.suite.results.filter { $0.verdict == .warn }
    #expect(report.succeeded, "a check that passed with a warning was judged")
  }
}
