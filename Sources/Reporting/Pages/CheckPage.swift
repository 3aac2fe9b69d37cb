package import Campaign
package import Foundation

/// The report on one profile as a page.
package struct CheckPage {
  let report: CheckReport
  let isFallbackAsked: Bool
  let written: Date
  /// Reads the finding whose files are at a path.
  let finding: (String) throws -> Finding

  /// - Parameters:
  ///   - isFallbackAsked: Whether `--fallback` was given.
  ///   - finding: Reads the finding whose files are at a path; what it throws is told on the page.
  package init(
    _ report: CheckReport, isFallbackAsked: Bool = false, written: Date,
    finding: @escaping (String) throws -> Finding
  ) {
    self.report = report
    self.isFallbackAsked = isFallbackAsked
    self.written = written
    self.finding = finding
  }

  package var page: HTMLPage {
    let text = CheckText(report, isFallbackAsked: isFallbackAsked)
    return HTMLPage(
      command: "crosscheck check", subject: report.source, answer: text.headline.capitalised,
      tone: report.agrees ? .good : .bad, lead: [HTMLText(lead)], facts: PageParts.facts(text.tried),
      sections: [
        differences, lostRules, matrix,
        HTMLSection("Compared", compared), contested, coverage, remarks, harmlessRefusals,
        HTMLPage.skips(
          LimitsText(
            tally: report.tally, environment: report.environment, isFallbackAsked: isFallbackAsked,
            skipped: report.skipped
          ).sentences), PageParts.features(report.environment.features),
      ].compactMap(\.self), written: written)
  }

  private var lead: String {
    let questions =
      report.tally.policyDecided + report.tally.policyDiffered + report.tally.policyContested
    if questions == 0 { return "Nothing was called: there is no filter that this kernel loads." }
    return "The profile's text, the program that libseccomp makes of it and this kernel were asked "
      + Numbers.counted(questions, "question")
      + ": every system call, by every way into the kernel, with the arguments that matter."
      + (report.contested.isEmpty
        ? "" : " Where the profile's own rules disagree, its answer is open; that is told apart.")
  }

  // MARK: Sections

  /// A wrong library differs on hundreds of calls in one way: one finding for a way, with the names.
  private var differences: HTMLSection? {
    guard !report.differences.isEmpty else { return nil }
    var told = Set<Way>()
    var blocks: [HTMLBlock] = []
    for way in report.differences.map(Way.init) where told.insert(way).inserted {
      blocks.append(.finding(words(of: report.differences.filter { Way($0) == way })))
    }
    return HTMLSection("Differences", blocks)
  }

  /// What differences of one way have in common.
  private struct Way: Hashable {
    var kind: String
    var answers: [String?]
    var known: String?

    init(_ group: CheckReport.DifferenceGroup) {
      kind = group.kind
      answers = [group.policy, group.filter, group.otherFilter, group.predicted, group.observed]
      known = group.known
    }
  }

  private func words(of groups: [CheckReport.DifferenceGroup]) -> HTMLFinding {
    let group = groups.first { $0.path != nil } ?? groups[0]
    let answers = [
      ("the policy says", group.policy), ("the filter returns", group.filter),
      ("the other library's", group.otherFilter), ("predicted", group.predicted),
      ("the kernel does", group.observed),
    ].compactMap { label, answer in answer.map { (label, HTMLText.code($0)) } }
    var blocks: [HTMLBlock] = [
      .definitions(
        DefinitionTable(
          answers + [("for example", .code(group.witness))]
            + (group.known.map { [("known as", .code($0))] } ?? [])))
    ]
    if let path = group.path {
      do {
        blocks +=
          [.prose("The smallest case with the same fault:")] + PageParts.minimalCase(try finding(path))
      } catch {
        blocks.append(.prose("The saved case could not be read for this page: " + HTMLText("\(error)") + "."))
      }
      blocks.append(PageParts.commands(path: path, linksLibrary: true))
    }
    if groups.count > 1 {
      let rows = groups.map {
        DataTable.Row([
          HTMLText($0.call), HTMLText(Numbers.grouped($0.count)), .code($0.witness), .code($0.path ?? ""),
        ])
      }
      blocks.append(
        .appendix(
          "All \(Numbers.grouped(groups.count)) that differ in this way",
          [
            .table(
              DataTable([.text("Call"), .number("Calls"), .text("For example"), .text("Saved in")], rows))
          ]))
    }
    let calls = CheckText.few(groups.map(\.call), limit: 3)
    let count = Numbers.counted(groups.reduce(0) { $0 + $1.count }, "call")
    return HTMLFinding(
      label: group.known == nil ? "new" : "known", isNew: group.known == nil,
      headline: "\(calls): \(CheckText.parties(group.kind)), \(count)", blocks: blocks)
  }

  private var lostRules: HTMLSection? {
    let lost = report.refusals.filter { !$0.isHarmless }
    guard !lost.isEmpty else { return nil }
    return HTMLSection(
      "Rules that are not in the filter", [.list(lost.map { HTMLText(CheckText.words($0)) })])
  }

  private var matrix: HTMLSection? {
    guard let answers = report.answers, !answers.isEmpty else { return nil }
    let picture = AnswerMatrix(answers, report)
    return HTMLSection(
      "Every call, by every way in",
      [
        .figure(
          HTMLFigure(
            caption: HTMLText(
              "What the filter answers, by call and by way into the kernel. A cell that is divided has other answers for "
                + "other arguments. The pointer over a column shows its verdicts."),
            picture.plot.drawing(width:))),
        .appendix("The same as a table", [.table(picture.table)]),
      ])
  }

  private var compared: [HTMLBlock] {
    let contested = report.tally.policyContested
    return [.table(ComparisonTable(report.tally).dataTable)]
      + (contested == 0
        ? []
        : [
          .prose(
            HTMLText(
              "Counted apart: \(Numbers.counted(contested, "call")) on which the profile leaves the answer open. Any of "
                + "the possible ones is right there, and the filter took one."))
        ])
  }

  private var contested: HTMLSection? {
    guard !report.contested.isEmpty else { return nil }
    var rows: [DataTable.Row] = []
    var told = Set<CheckText.Choice>()
    for choice in report.contested.map(CheckText.Choice.init) where told.insert(choice).inserted {
      let groups = report.contested.filter { CheckText.Choice($0) == choice }
      let chosen = choice.chosen.map { action in
        "\(action) for \(Numbers.counted(groups.reduce(0) { $0 + ($1.chosen[action] ?? 0) }, "call"))"
      }
      rows.append(
        DataTable.Row([
          HTMLText(CheckText.few(groups.map(\.call))), HTMLText(choice.candidates.joined(separator: " or ")),
          HTMLText(chosen.joined(separator: ", ")), .code(groups.first?.witness ?? ""),
        ]))
    }
    return HTMLSection(
      "Contested",
      [
        .prose("Several rules match these calls and ask for different things; no text says which one wins."),
        .table(
          DataTable(
            [.text("Calls"), .text("Rules ask for"), .text("libseccomp chose"), .text("For example")], rows)),
      ])
  }

  private var coverage: HTMLSection? {
    let lists = [
      ("No call reaches these instructions (proved)", report.coverage.unreachable),
      ("Not reached by any call made, though perhaps reachable", report.coverage.missed),
      (
        "Sides of jumps that no call made took, though some call does", report.coverage.edges?.missed ?? []
      ),
    ].filter { !$0.1.isEmpty }
    guard !lists.isEmpty else { return nil }
    return HTMLSection(
      "Instructions and jumps that were not covered",
      lists.map { .details("\($0): \(Numbers.grouped($1.count))", [.code($1.joined(separator: "\n"))]) })
  }

  private var remarks: HTMLSection? {
    report.remarks.isEmpty
      ? nil : HTMLSection("Remarks on the profile's text", [.list(report.remarks.map { HTMLText($0) })])
  }

  private var harmlessRefusals: HTMLSection? {
    let harmless = report.refusals.filter(\.isHarmless)
    guard !harmless.isEmpty else { return nil }
    let reasons = harmless.map(\.reason).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    return HTMLSection(
      "Rules not taken, with nothing lost",
      [
        .definitions(
          DefinitionTable(
            reasons.map { reason in
              (reason, HTMLText(harmless.filter { $0.reason == reason }.map(\.name).joined(separator: ", ")))
            }))
      ])
  }
}
