import Campaign
import Testing

@testable import Reporting

@Suite("A text for a terminal")
struct TextPageTests {
  /// Clears a screen, turns the direction, breaks the line, rings.
  static let hostile = "a\u{1B}[2Jb\u{202E}c\nd\u{7}e\u{9B}f\u{2028}g"
  static let shown = #"a\u{1b}[2Jb\u{202e}c\u{a}d\u{7}e\u{9b}f\u{2028}g"#

  @Test("shows what a terminal would act on, by whatever way it is written")
  func harmless() {
    var page = TextPage()
    page.line(Self.hostile)
    page.paragraph(Self.hostile)
    page.entry("Label", Self.hostile)
    page.heading(Self.hostile)
    page.table([[Self.hostile, "1"], ["b", "2"]], rightAligned: [1])
    #expect(page.lines.count == 7)
    #expect(page.lines.count { $0.contains(Self.shown) } == 5)
    #expect(!page.text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" || $0.value > 0x7e })
    #expect(page.lines[5].count == page.lines[6].count, "columns are as wide as what is shown")
    // Letters of any script stay.
    #expect("größe 日本 é".harmless == "größe 日本 é")
  }

  @Test("a rule's name of a profile that nobody vouches for reaches the terminal as text")
  func refusal() throws {
    let report = try Samples.check { report in
      #expect(!report.refusals.isEmpty)
      for index in report.refusals.indices { report.refusals[index].name = Self.hostile }
    }
    let text = CheckText(report).text
    #expect(text.contains(Self.shown.prefix(20)))
    #expect(!text.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{202E}" || $0 == "\u{7}" })
  }
}
