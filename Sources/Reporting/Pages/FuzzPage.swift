package import Campaign
package import Foundation

/// The summary of a fuzz campaign as a page.
package struct FuzzPage {
  let summary: FuzzSummary
  let isFallbackAsked: Bool
  let written: Date
  let finding: (String) throws -> Finding

  /// - Parameters:
  ///   - isFallbackAsked: Whether `--fallback` was given.
  ///   - finding: Reads the finding whose files are at a path; what it throws is told on the page.
  package init(
    _ summary: FuzzSummary, isFallbackAsked: Bool = false, written: Date,
    finding: @escaping (String) throws -> Finding
  ) {
    self.summary = summary
    self.isFallbackAsked = isFallbackAsked
    self.written = written
    self.finding = finding
  }

  private var text: FuzzText { FuzzText(summary, isFallbackAsked: isFallbackAsked) }

  package var page: HTMLPage {
    HTMLPage(
      command: text.coverage == nil ? "crosscheck fuzz" : "crosscheck fuzz --filters",
      subject: "seed \(Numbers.hexadecimal(summary.seed))", answer: text.headline,
      tone: summary.isEmpty ? .neutral : summary.agrees ? .good : .bad,
      lead: [
        HTMLText(
          "\(Numbers.counted(summary.tally.cases, "random case")), \(Numbers.counted(summary.tally.kernelCalls, "call")) "
            + "answered by the kernel. Every finding counted here is on disk, as small as it got.")
      ], facts: PageParts.facts(text.tried),
      sections: [
        newFindings, knownFindings, compared, operations, notReached,
        HTMLPage.skips(
          LimitsText(
            tally: summary.tally, environment: summary.environment, isFallbackAsked: isFallbackAsked,
            skipped: text.limits
          ).sentences), PageParts.features(summary.environment.features),
        HTMLSection("Go on", [.code("crosscheck fuzz --resume \(ShellWord.quoted(summary.directory))")]),
      ].compactMap(\.self), written: written)
  }

  // MARK: Findings

  private var newFindings: HTMLSection? {
    let new = summary.newFamilies
    guard !new.isEmpty else { return nil }
    var blocks: [HTMLBlock] = new.map { .finding(words(of: $0)) }
    if text.coverage == nil { blocks.append(.prose(HTMLText(SignatureText.legend))) }
    return HTMLSection("New findings", blocks)
  }

  private func words(of family: FuzzSummary.Family) -> HTMLFinding {
    let signature = SignatureText(family.signature)
    var facts = DefinitionTable([("family", .code(family.fingerprint))])
    if !signature.shape.isEmpty { facts.add("on", [HTMLText(signature.shape)]) }
    facts.add("seen", [HTMLText(signature.seen(family))])
    var blocks: [HTMLBlock] = [.definitions(facts)]
    do {
      blocks += PageParts.minimalCase(try finding(family.path))
    } catch {
      blocks.append(.prose("The saved case could not be read for this page: " + HTMLText("\(error)") + "."))
    }
    blocks.append(PageParts.commands(path: family.path, linksLibrary: text.coverage == nil))
    return HTMLFinding(label: "new", isNew: true, headline: signature.headline, blocks: blocks)
  }

  /// Each known disagreement once: many families can have one cause.
  private var knownFindings: HTMLSection? {
    let byEntry = Dictionary(grouping: summary.families.filter { $0.known != nil }) { $0.known ?? "" }
    guard !byEntry.isEmpty else { return nil }
    let rows = byEntry.sorted { $0.key < $1.key }.map { entry, families in
      DataTable.Row([
        HTMLText("\(families.first?.knownTitle ?? entry) ") + .code(entry),
        HTMLText(Numbers.grouped(families.count)),
        HTMLText(Numbers.grouped(families.reduce(0) { $0 + $1.cases })),
        .code(families.first?.path ?? ""),
      ])
    }
    return HTMLSection(
      summary.isStrict
        ? "Known disagreements, counted (--strict)" : "Known disagreements that turned up again",
      [
        .table(
          DataTable(
            [.text("Disagreement"), .number("Families"), .number("Cases"), .text("For example")], rows))
      ])
  }

  // MARK: What was compared

  private var compared: HTMLSection {
    let table = ComparisonTable(summary.tally).dataTable
    var blocks: [HTMLBlock] = [.table(table)]
    if summary.tally.policyContested > 0 {
      blocks.append(
        .prose(
          HTMLText(
            "Counted apart: \(Numbers.counted(summary.tally.policyContested, "call")) on which the profile leaves the "
              + "answer open. Any of the possible ones is right there, and the filter took one.")))
    }
    return HTMLSection("Compared", blocks)
  }

  private var operations: HTMLSection? {
    guard let counts = summary.tally.filters else { return nil }
    let rows = counts.operations.map { operation in
      DataTable.Row([
        .code(operation.name), HTMLText(Numbers.grouped(operation.loaded)),
        HTMLText(Numbers.grouped(operation.executed)), HTMLText(operation.taken.map(Numbers.grouped) ?? ""),
        HTMLText(operation.notTaken.map(Numbers.grouped) ?? ""),
      ])
    }
    let refusals = counts.refusals.sorted { ($0.value, $1.key) > ($1.value, $0.key) }
    let plot = BarPlot(
      title: "Why the kernel refused programs",
      summary:
        "\(Numbers.counted(counts.refused, "program")) refused, by \(Numbers.counted(refusals.count, "reason")).",
      axis: PlotAxis("programs refused"),
      bars: refusals.map { .init($0.key, .init(Double($0.value), text: Numbers.grouped($0.value))) })
    return HTMLSection(
      "Programs",
      [
        .figure(
          HTMLFigure(caption: "Programs that the kernel did not load, by the reason.", plot.drawing(width:))),
        .details(
          "Operations that were loaded and run",
          [
            .table(
              DataTable(
                [
                  .text("Operation"), .number("Loaded"), .number("Executed"), .number("Test true"),
                  .number("Test false"),
                ], rows))
          ]),
      ])
  }

  private var notReached: HTMLSection? {
    guard let missing = summary.tally.filters?.notReached, !missing.isEmpty else { return nil }
    return HTMLSection("Not reached", [.list(missing.map { HTMLText($0) })])
  }
}
