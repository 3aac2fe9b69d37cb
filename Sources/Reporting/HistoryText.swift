package import Campaign
import Generation

/// The summary of a campaign of histories for people.
package struct HistoryText {
  let summary: HistorySummary

  package init(_ summary: HistorySummary) { self.summary = summary }

  package var text: String {
    var page = TextPage()
    page.line(headline)
    page.blank()
    writeTried(to: &page)
    writeKinds(to: &page)
    writePairs(to: &page)
    writeOpen(to: &page)
    writeFindings(to: &page)
    page.heading("Next")
    if let path = summary.families.first?.path {
      page.line("  less \(ShellWord.quoted(path))/report.md")
      page.line("  crosscheck replay \(ShellWord.quoted(path))")
    }
    page.line("  crosscheck fuzz --resume \(ShellWord.quoted(summary.directory))")
    return page.text
  }

  var headline: String {
    if summary.isEmpty { return "Nothing was judged: no step of a history was compared." }
    return summary.agrees
      ? "The kernel did what the model says."
      : "\(Numbers.counted(summary.families.count, "disagreement")) of kernel and model."
  }

  private var tally: HistoryTally { summary.tally }

  private func writeTried(to page: inout TextPage) {
    for (label, text) in tried { page.entry(label, text) }
  }

  /// What was tried: labels and texts.
  var tried: [(label: String, text: String)] {
    [
      (
        "Tried",
        "\(Numbers.counted(tally.histories, "history", plural: "histories")) from seed "
          + Numbers.hexadecimal(summary.seed)
      ),
      ("Kernel", summary.kernel + (summary.isPrivileged ? "" : "; the actors have no CAP_SYS_ADMIN")),
      (
        "Took",
        "\(Numbers.seconds(summary.seconds)) with \(Numbers.counted(summary.workers, "worker")), "
          + "\(Numbers.grouped(Self.whole(summary.historiesPerSecond))) histories a second; \(ending)"
      ),
      (
        "Compared",
        "\(Numbers.counted(tally.judged, "step")) of \(Numbers.grouped(tally.steps)) "
          + "(\(Numbers.percent(tally.judged, of: tally.steps))); "
          + "\(Numbers.counted(tally.differing, "history", plural: "histories")) differed"
      ),
    ]
  }

  private var ending: String {
    switch summary.ended {
    case "time": "ended because its time was up"
    case "cases": "ended because all its cases were done"
    case "interrupted": "ended because it was interrupted"
    default: "ended: \(summary.ended)"
    }
  }

  // MARK: Coverage

  private func writeKinds(to page: inout TextPage) {
    let kinds = HistoryKind.allCases
    page.heading("Steps by what they are about")
    let cells = kinds.map { [Self.code($0), $0.name, Numbers.grouped(tally.kinds[$0.rawValue])] }
    let rows = (cells.count + 1) / 2
    page.table(
      (0..<rows).map { cells[$0] + ($0 + rows < cells.count ? cells[$0 + rows] : []) }, rightAligned: [2, 5])
    let missing = tally.kindsNotReached
    if !missing.isEmpty {
      page.paragraph("Not reached: " + missing.map(\.name).joined(separator: ", ") + ".")
    }
  }

  /// A row for what comes first, a column for what comes next.
  private func writePairs(to page: inout TextPage) {
    let kinds = HistoryKind.allCases
    page.heading(
      "Steps right behind each other (digits: 0 is 1 to 9 times, 1 is 10 to 99, …; a point: never)")
    page.line("     " + kinds.map { Self.code($0) }.joined(separator: " "))
    for before in kinds {
      let cells = kinds.map { Self.magnitude(tally.pairs[HistoryTally.place(before, $0)]) }
      page.line("  \(Self.code(before)) " + cells.map { $0.filledLeft(to: 2) }.joined(separator: " "))
    }
    let missing = tally.pairsNotReached
    page.paragraph(
      "\(Numbers.grouped(tally.pairsReached)) of \(Numbers.grouped(tally.pairs.count)) pairs were reached"
        + (missing.isEmpty
          ? "."
          : ", not these: "
            + missing.map { "\($0.before.name) - \($0.after.name)" }.joined(separator: ", ") + "."))
  }

  /// Two letters for a kind: `a`, `b`, … with a blank before.
  private static func code(_ kind: HistoryKind) -> String {
    let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return String(letters[kind.rawValue % letters.count]).filledLeft(to: 2)
  }

  private static func magnitude(_ count: Int) -> String { count == 0 ? "." : "\("\(count)".count - 1)" }

  // MARK: What is left

  private func writeOpen(to page: inout TextPage) {
    guard !tally.reasons.isEmpty else { return }
    page.heading("Histories that were not judged to their end, as the model does not say what follows")
    page.table(
      tally.reasons.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map {
        [Numbers.grouped($0.value), $0.key]
      },
      rightAligned: [0])
  }

  private func writeFindings(to page: inout TextPage) {
    guard !summary.families.isEmpty else { return }
    page.heading("Findings")
    for family in summary.families {
      page.line("  NEW  \(family.fingerprint)")
      page.paragraph(family.signature, indent: 7)
      page.paragraph(
        "first in case \(family.firstCase), seen in \(Numbers.counted(family.cases, "case"))", indent: 7)
      page.paragraph(family.path, indent: 7)
    }
  }

  private static func whole(_ rate: Double) -> Int {
    rate.isFinite ? Int(min(max(rate, 0), 1e15).rounded()) : 0
  }
}

/// What a replay of a history showed, for people.
package struct HistoryReplayText {
  let replay: HistoryReplay
  let file: String

  package init(_ replay: HistoryReplay, file: String) {
    self.replay = replay
    self.file = file
  }

  package var text: String {
    var page = TextPage()
    page.entry("Kernel", replay.kernel)
    page.blank()
    page.line("\(replay.reproduced ? "REPRODUCED" : "gone      ")  \(replay.fingerprint)")
    page.paragraph(replay.signature, indent: 2)
    for line in replay.lines { page.paragraph(line, indent: 2, hanging: 6) }
    page.paragraph(file, indent: 2)
    return page.text
  }
}
