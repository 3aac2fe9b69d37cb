import Foundation
import Reporting
import Testing

@Suite("A page")
struct HTMLPageTests {
  @Test("is well-formed and harmless, and forbids itself whatever it does not need")
  func sound() throws {
    let markup = try StrictMarkup(PlotSamples.page.rendered())
    markup.expectHarmless()
    let policy = markup.all("meta").first { $0.attributes["http-equiv"] == "Content-Security-Policy" }
    #expect(
      policy?.attributes["content"]
        == "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
    )
    #expect(markup.all("h1").count == 1)
    #expect(markup.all("h2").map(\.text) == PlotSamples.page.sections.map(\.heading))
  }

  @Test("has the command, the answer with its sign, the facts, and when it was written")
  func header() throws {
    var page = PlotSamples.page
    page.tone = .bad
    let markup = try StrictMarkup(page.rendered())
    #expect(markup.all("h1").first?.text.hasSuffix(page.answer) == true)
    #expect(markup.all("span").contains { $0.attributes["class"] == "sign" && $0.text == "✗" })
    #expect(markup.all("dt").map(\.text).starts(with: ["Kernel", "Processor", "Library"]))
    #expect(markup.all("footer").count == 1)
    #expect(page.rendered().contains("Written 2026-09-21 14:13 UTC"))
    page.tone = .neutral
    #expect(try StrictMarkup(page.rendered()).all("span").allSatisfy { $0.attributes["class"] != "sign" })
  }

  @Test(
    "shows hostile text as it is wherever a text can stand",
    arguments: [
      "<script>alert(1)</script>", "&\"'", "\"\u{301} onload=\"x", "<\u{338}img src=x>",
      "{{answer}}{{{style}}}",
      "</style><script>", "]]> <!-- -->", "a\u{0}b\u{1b}c", "\u{202e}txt.exe", "line\nline\r\nline\ttab",
    ])
  func hostile(text: String) throws {
    let words = HTMLText(text)
    let runs = words + .code(text) + .strong(text)
    let page = HTMLPage(
      command: text, subject: text, answer: text, tone: .bad, lead: [runs],
      facts: DefinitionTable([(text, runs)]),
      sections: [
        HTMLSection(
          text,
          [
            .prose(runs), .list([runs]), .definitions(DefinitionTable([(text, runs)])),
            .table(DataTable(caption: text, [.text(text), .number(text)], [.init([runs, runs])])),
            .code(text),
            .finding(
              HTMLFinding(label: text, isNew: true, headline: text, blocks: [.prose(runs), .code(text)])),
            .details(text, [.prose(runs)]), .appendix(text, [.list([runs])]),
            .figure(HTMLFigure(caption: runs) { PlotSamples.linear.drawing(width: $0) }),
          ])
      ] + [HTMLPage.skips([text])].compactMap(\.self), written: Date(timeIntervalSince1970: 0))
    let markup = try StrictMarkup(page.rendered())
    markup.expectHarmless()
    // As many elements as with harmless text: nothing of it became one.
    var harmless = page
    harmless.sections = []
    #expect(markup.all("script").isEmpty && markup.all("img").isEmpty)
    let shown = String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { $0 == "\0" || $0 == "\u{1b}" ? "\u{fffd}" : $0 }))
    #expect(markup.all("pre").map(\.text) == [shown, shown])
    #expect(markup.all("code").allSatisfy { $0.text == shown })
    #expect(markup.all("caption").map(\.text) == [shown])
    #expect(markup.all("title").first?.text == "\(shown) – \(shown)")
  }

  @Test("sets numbers to the right, and marks the row that is looked for")
  func table() throws {
    let markup = try StrictMarkup(PlotSamples.page.rendered())
    let cells = markup.all("td")
    #expect(cells.filter { $0.text == "1,200,000" }.map { $0.attributes["class"] } == ["number"])
    #expect(markup.all("tr").count { $0.attributes["class"] == "marked" } == 1)
  }

  @Test("has a section of what was not done only where something was not")
  func skips() throws {
    #expect(HTMLPage.skips([]) == nil)
    let section = try #require(HTMLPage.skips(["no root"]))
    #expect(section.heading == "Not done, and why")
  }

  @Test("Text with grave accents becomes code between them; a single one stays")
  func marking() {
    #expect(
      HTMLText(marking: "see `a b` and `c`").runs == [
        .words("see "), .code("a b"), .words(" and "), .code("c"),
      ])
    #expect(HTMLText(marking: "a ` b").runs == [.words("a ` b")])
  }
}
