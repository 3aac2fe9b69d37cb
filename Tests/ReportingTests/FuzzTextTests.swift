import Campaign
import Foundation
import Reporting
import Testing

@Suite("The summary of a campaign")
struct FuzzTextTests {
  @Test("with new and known findings is the kept text")
  func findings() throws {
    try Snapshot.expect(FuzzText(try Samples.fuzz()).text, "fuzz.txt")
  }

  @Test("without findings says that the answers agree, and is the kept text")
  func nothing() throws {
    let summary = try Samples.fuzz { summary in
      summary.families = []
      summary.failuresNotLookedInto = 0
      summary.hangsNotSeenAgain = 0
      summary.ended = "interrupted"
      summary.environment.suspendsSeccomp = true
    }
    let text = FuzzText(summary).text
    #expect(text.hasPrefix("All answers agree.\n"))
    try Snapshot.expect(text, "fuzz-nothing.txt")
  }

  @Test("of a run without a case says that nothing was tried, and is no agreement")
  func nothingTried() throws {
    let summary = try Samples.fuzz { summary in
      summary.families = []
      summary.tally = Tally()
      summary.ended = "interrupted"
    }
    #expect(!summary.agrees && summary.isEmpty)
    let text = FuzzText(summary).text
    #expect(text.hasPrefix("Nothing was tried: no case was brought to an end.\n"))
    #expect(!text.contains("%") && !text.contains("agree"))
    let page = FuzzPage(summary, written: Date(timeIntervalSince1970: 0)) { _ in throw CancellationError() }
      .page
    #expect(page.tone == .neutral && page.answer.hasPrefix("Nothing was tried"))
  }

  @Test("with known findings only says that nothing is new, and counts them in a strict run")
  func known() throws {
    let relaxed = try Samples.fuzz { $0.families.removeAll { $0.known == nil } }
    #expect(FuzzText(relaxed).text.hasPrefix("Nothing new. 1 known disagreement turned up again.\n"))
    #expect(relaxed.agrees)
    let strict = try Samples.fuzz { summary in
      summary.families.removeAll { $0.known == nil }
      summary.isStrict = true
    }
    #expect(FuzzText(strict).text.hasPrefix("1 disagreement, 1 of them known and counted (--strict).\n"))
    #expect(!strict.agrees)
  }

  @Test("what did not show again is told as that, and not as minimised")
  func once() throws {
    let summary = try Samples.fuzz { summary in
      summary.families.removeSubrange(1...)
      summary.families[0].signature = "filter-kernel, once/return expected, errno seen/one filter/64-bit"
      summary.families[0].firstCase = 3
      summary.families[0].cases = 2
    }
    #expect(!summary.agrees)
    let words = FuzzText(summary).text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
      .joined(separator: " ")
    #expect(words.contains("The kernel does not do what the filter returns: return expected, errno seen."))
    #expect(words.contains("first in case 3, seen in 2 cases; asked again, alone, it did not show"))
    #expect(!words.contains("minimised from"))
  }

  @Test("names the reason for the fallback")
  func fallback() throws {
    let denied = try Samples.fuzz { $0.environment.suspendErrno = 1 }
    #expect(FuzzText(denied).text.contains("EPERM"))
    let asked = FuzzText(denied, isFallbackAsked: true).text
    #expect(asked.contains("asked for by --fallback"))
    #expect(!asked.contains("EPERM"))
  }

  @Test("keeps to the page but for words that are longer")
  func width() throws {
    for line in FuzzText(try Samples.fuzz()).text.split(separator: "\n") {
      #expect(line.count <= 90 || line.contains("/a/rather/long/directory"), "\(line)")
    }
  }

  @Test("gives commands that a shell takes as they are")
  func shell() throws {
    let summary = try Samples.fuzz { $0.directory = "/tmp/it's here" }
    #expect(FuzzText(summary).text.contains(#"--resume '/tmp/it'\''s here'"#))
  }

  @Test("of a campaign about programs counts every operation and refusal, and names what was not reached")
  func filters() throws {
    let summary = try Samples.fuzz { summary in
      summary.families = []
      (summary.failuresNotLookedInto, summary.hangsNotSeenAgain) = (0, 0)
      var counts = FilterTally()
      counts.programs = 1000
      counts.accepted = 400
      counts.refused = 600
      counts.untagged = 3
      for index in counts.operations.indices where counts.operations[index].name != "XOR X" {
        counts.operations[index].loaded = 100 + index
        counts.operations[index].executed = 50 + index
        if counts.operations[index].taken != nil {
          counts.operations[index].taken = 7
          counts.operations[index].notTaken = counts.operations[index].name == "JSET K" ? 0 : 8
        }
      }
      for reason in counts.refusals.keys where reason != "no instructions" { counts.refusals[reason] = 5 }
      counts.cacheFilters = 2
      counts.cacheCalls = 6000
      summary.tally = Tally()
      (summary.tally.cases, summary.tally.stacks, summary.tally.kills) = (300, 12, 40)
      (summary.tally.taggedCalls, summary.tally.realCalls) = (30_000, 20_000)
      summary.tally.filters = counts
    }
    let text = FuzzText(summary).text
    for line in text.split(separator: "\n") {
      #expect(line.count <= 90 || line.contains("/a/rather"), "\(line)")
    }
    try Snapshot.expect(text, "fuzz-filters.txt")
    // Nothing of libseccomp.
    #expect(!text.contains("libseccomp") && !text.contains("policy"))
    #expect(
      try JSONDecoder().decode(FuzzSummary.self, from: Data(try ResultJSON.text(of: summary).utf8)) == summary
    )
  }

  @Test("as JSON is the kept text, and reads back")
  func json() throws {
    #expect(try ResultJSON.text(of: try Samples.fuzz()) == Samples.text("fuzz.json"))
  }
}
