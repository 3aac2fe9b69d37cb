package import Campaign
package import Foundation
import Generation

/// The summary of a campaign of histories as a page.
package struct HistoryPage {
  let summary: HistorySummary
  let written: Date

  package init(_ summary: HistorySummary, written: Date) {
    self.summary = summary
    self.written = written
  }

  package var page: HTMLPage {
    let text = HistoryText(summary)
    return HTMLPage(
      command: "crosscheck fuzz --histories", subject: "seed \(Numbers.hexadecimal(summary.seed))",
      answer: text.headline, tone: summary.isEmpty ? .neutral : summary.agrees ? .good : .bad,
      lead: [
        HTMLText(
          "A history is what several processes and threads do with seccomp, step by step; each step is held against a model "
            + "of the kernel.")
      ], facts: PageParts.facts(text.tried),
      sections: [
        findings, kinds, HTMLSection("Steps right behind each other", pairs), open,
        PageParts.features(summary.features),
        HTMLSection("Go on", [.code("crosscheck fuzz --resume \(ShellWord.quoted(summary.directory))")]),
      ].compactMap(\.self), written: written)
  }

  private var tally: HistoryTally { summary.tally }

  private var findings: HTMLSection? {
    guard !summary.families.isEmpty else { return nil }
    return HTMLSection(
      "Findings",
      summary.families.map { family in
        .finding(
          HTMLFinding(
            label: "new", isNew: true, headline: family.signature,
            blocks: [
              .definitions(
                DefinitionTable([
                  ("family", .code(family.fingerprint)),
                  (
                    "seen",
                    HTMLText(
                      "first in case \(family.firstCase), seen in \(Numbers.counted(family.cases, "case"))")
                  ),
                ])),
              .code(
                """
                crosscheck replay \(ShellWord.quoted(family.path))
                less \(ShellWord.quoted(family.path))/report.md
                """),
            ]))
      })
  }

  private var kinds: HTMLSection {
    let bars = HistoryKind.allCases.map { kind -> BarPlot.Bar in
      let count = tally.kinds[kind.rawValue]
      var bar = BarPlot.Bar(
        kind.name, [count == 0 ? nil : .init(Double(count), text: Numbers.grouped(count))])
      bar.missing = "no step"
      return bar
    }
    let plot = BarPlot(
      title: "Steps by what they are about",
      summary: "\(Numbers.counted(tally.steps, "step")) of \(Numbers.counted(bars.count, "kind")).",
      axis: PlotAxis("steps"), bars: bars)
    let missing = tally.kindsNotReached
    return HTMLSection(
      "Steps by what they are about",
      [.figure(HTMLFigure(caption: "Steps that were played, by kind.", plot.drawing(width:)))]
        + (missing.isEmpty
          ? [] : [.prose(HTMLText("Not reached: " + missing.map(\.name).joined(separator: ", ") + "."))]))
  }

  private var pairs: [HTMLBlock] {
    let missing = tally.pairsNotReached
    let sentence = HTMLText(
      "\(Numbers.grouped(tally.pairsReached)) of \(Numbers.grouped(tally.pairs.count)) pairs of kinds were reached."
    )
    guard !missing.isEmpty else { return [.prose(sentence)] }
    return [
      .prose(sentence),
      .details(
        "\(Numbers.counted(missing.count, "pair")) not reached",
        [.list(missing.map { HTMLText("\($0.before.name) – \($0.after.name)") })]),
    ]
  }

  private var open: HTMLSection? {
    guard !tally.reasons.isEmpty else { return nil }
    return HTMLSection(
      "Not judged to the end, and why",
      [
        .prose("Where the model does not say what follows, the rest of a history is played and not judged."),
        .table(
          DataTable(
            [.number("Histories"), .text("Reason")],
            tally.reasons.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map {
              .init([HTMLText(Numbers.grouped($0.value)), HTMLText($0.key)])
            })),
      ])
  }
}
