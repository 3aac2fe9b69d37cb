import Campaign
import ClassicBPF
import Profiles

/// Pieces that several pages have.
enum PageParts {
  /// Labels and texts as a text for a terminal has them: an empty label goes on with the one before.
  static func facts(_ entries: [(label: String, text: String)]) -> DefinitionTable {
    var table = DefinitionTable([])
    for (label, text) in entries {
      if label.isEmpty, !table.entries.isEmpty {
        table.entries[table.entries.count - 1].texts.append(HTMLText(text))
      } else {
        table.add(label, [HTMLText(text)])
      }
    }
    return table
  }

  /// How to see a finding again.
  static func commands(path: String, linksLibrary: Bool) -> HTMLBlock {
    let path = ShellWord.quoted(path)
    return .code(
      """
      crosscheck replay \(path)
      cc \(path)/repro.c\(linksLibrary ? " -lseccomp" : "") -o repro && ./repro
      less \(path)/report.md
      """)
  }

  /// The smallest case of a finding: who says what, on what input.
  static func minimalCase(_ finding: Finding) -> [HTMLBlock] {
    let small = finding.minimized
    var entries = small.witness.map { [("the call", HTMLText.code(ReportText.symbolic($0)))] } ?? []
    entries += ReportText(finding).answers.map { ($0.0, HTMLText(marking: $0.1)) }
    var blocks: [HTMLBlock] = [.definitions(DefinitionTable(entries))]
    blocks.append(.prose(HTMLText(marking: ReportText(finding).judgement)))
    let inputs =
      small.isAboutPrograms
      ? small.filters.map { Disassembler($0).lines.joined(separator: "\n") }
      : small.profiles.map {
        (try? OCIWriter.text(of: $0)) ?? "a profile that has no text: see minimized.json"
      }
    let title =
      small.isAboutPrograms ? "The smallest program that shows it" : "The smallest profile that shows it"
    for (index, input) in inputs.enumerated() {
      let position = inputs.count > 1 ? ", filter \(index + 1) of \(inputs.count), oldest first" : ""
      blocks.append(.details(title + position, [.code(shortened(input))]))
    }
    return blocks
  }

  /// Of a long text the beginning, and how much more there is.
  static func shortened(_ text: String, lines limit: Int = 200) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count > limit else { return text }
    return lines.prefix(limit).joined(separator: "\n")
      + "\n… and \(lines.count - limit) lines more: minimized.json"
  }

  /// The peculiarities of the kernel that were probed before.
  static func features(_ features: [String: Bool]) -> HTMLSection? {
    guard !features.isEmpty else { return nil }
    func names(_ holds: Bool) -> String {
      let names = features.filter { $0.value == holds }.keys.sorted()
      return names.isEmpty ? "none" : names.joined(separator: ", ")
    }
    return HTMLSection(
      "The kernel",
      [
        .prose("What predictions depend on was found out by trying, before anything was compared."),
        .definitions(
          DefinitionTable([("It has", HTMLText(names(true))), ("It has not", HTMLText(names(false)))])),
      ])
  }
}

extension ComparisonTable {
  /// For a page: what is compared, how, how often, how often it differed.
  var dataTable: DataTable {
    let rows = tally.filters.map { FilterCoverageText(tally: tally, counts: $0).rows } ?? self.rows
    return DataTable(
      [.text("Who against whom"), .text("About what"), .number("Compared"), .number("Differ")],
      rows.map { row in
        // The first cell of a row has both: the text for a terminal is set in columns.
        let who = String(row[0].prefix(Self.partiesWidth)).split(separator: " ").joined(separator: " ")
        let what = String(row[0].dropFirst(Self.partiesWidth))
        return DataTable.Row(
          [HTMLText(who), HTMLText(what), HTMLText(row[1]), HTMLText(row[2])], isMarked: row[2] != "0")
      })
  }
}
