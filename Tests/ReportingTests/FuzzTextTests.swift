import Campaign
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
      summary.differencesNotMinimised = 0
      summary.ended = "interrupted"
      summary.environment.suspendsSeccomp = true
    }
    let text = FuzzText(summary).text
    #expect(text.hasPrefix("All answers agree.\n"))
    try Snapshot.expect(text, "fuzz-nothing.txt")
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

  @Test("as JSON is the kept text, and reads back")
  func json() throws {
    #expect(try ResultJSON.text(of: try Samples.fuzz()) == Samples.text("fuzz.json"))
  }
}
