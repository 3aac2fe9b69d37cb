package import Campaign
import SeccompModel

/// The summary of a fuzz campaign for people: what was tried, how much, what differed, where it is, what to do next.
package struct FuzzText {
  let summary: FuzzSummary
  let isFallbackAsked: Bool

  /// - Parameter isFallbackAsked: whether `--fallback` was given.
  package init(_ summary: FuzzSummary, isFallbackAsked: Bool = false) {
    self.summary = summary
    self.isFallbackAsked = isFallbackAsked
  }

  package var text: String {
    var page = TextPage()
    page.line(headline)
    page.blank()
    writeTried(to: &page)
    page.heading("Compared")
    ComparisonTable(summary.tally).write(to: &page)
    coverage?.write(to: &page)
    writeFindings(to: &page)
    LimitsText(
      tally: summary.tally, environment: summary.environment, isFallbackAsked: isFallbackAsked,
      skipped: limits
    ).write(to: &page)
    writeNext(to: &page)
    return page.text
  }

  /// Nil for a campaign about profiles.
  var coverage: FilterCoverageText? {
    summary.tally.filters.map { FilterCoverageText(tally: summary.tally, counts: $0) }
  }

  /// What was counted and not looked into, and what was not reached.
  var limits: [String] {
    var sentences: [String] = []
    if summary.failuresNotLookedInto > 0 {
      sentences.append(
        "\(Numbers.counted(summary.failuresNotLookedInto, "case")) in which libseccomp failed in a way that had been "
          + "looked into often enough: counted only; the journal names them.")
    }
    if summary.hangsNotSeenAgain > 0 {
      sentences.append(
        "\(Numbers.counted(summary.hangsNotSeenAgain, "case")) in which libseccomp was late, and came back when it was "
          + "asked again: no finding; the journal names them.")
    }
    return sentences + (coverage?.limits ?? [])
  }

  /// The verdict, in a sentence.
  var headline: String {
    if summary.isEmpty { return "Nothing was tried: no case was brought to an end." }
    let new = summary.newFamilies.count
    let known = Set(summary.families.compactMap(\.known)).count
    if summary.isStrict, known > 0 {
      let all = summary.families.count
      return "\(Numbers.counted(all, "disagreement")), \(all - new) of them known and counted (--strict)."
    }
    let already = known == 0 ? "" : " \(Numbers.counted(known, "known disagreement")) turned up again."
    if new > 0 { return "\(Numbers.counted(new, "new disagreement")).\(already)" }
    return known == 0 ? "All answers agree." : "Nothing new.\(already)"
  }

  private func writeTried(to page: inout TextPage) {
    for (label, text) in tried { page.entry(label, text) }
  }

  /// What was tried: labels and texts.
  var tried: [(label: String, text: String)] {
    let tally = summary.tally
    var entries = [
      (
        label: "Tried",
        text: "\(Numbers.counted(tally.cases, "random case")) from seed \(Numbers.hexadecimal(summary.seed))"
          + (tally.stacks > 0 ? ", \(Numbers.grouped(tally.stacks)) of them stacks of filters" : "")
      )
    ]
    if let coverage {
      entries += [("Programs", coverage.programs), ("Kernel", summary.environment.kernel)]
    } else {
      entries += EnvironmentText(summary.environment).entries
    }
    entries.append(
      (
        "Took",
        "\(Numbers.seconds(summary.seconds)) with \(Numbers.counted(summary.workers, "worker")); \(ending)"
      ))
    if coverage == nil { entries.append(("Compiled", CompilerText(tally).sentence)) }
    entries.append(
      (
        "Covered",
        "\(Numbers.percent(tally.instructionsExecuted, of: tally.instructions)) of "
          + "\(Numbers.counted(tally.instructions, "filter instruction")) ran for at least one call"
      ))
    if tally.proofs > 0 { entries.append(("Proved", Self.proofs(tally))) }
    entries.append(
      (
        "Called",
        "\(Numbers.counted(tally.kernelCalls, "call")) answered by the kernel, "
          + "\(Numbers.grouped(Self.whole(summary.kernelCallsPerSecond))) a second; "
          + "\(Numbers.counted(tally.kills, "process", plural: "processes")) killed by filters"
      ))
    return entries
  }

  private static func proofs(_ tally: Tally) -> String {
    let settled = tally.proofs - tally.proofsUndecided - tally.proofsFoundMore
    return "\(Numbers.counted(settled, "filter")) of those without a difference, for all inputs"
      + (tally.proofsFoundMore > 0
        ? "; \(Numbers.grouped(tally.proofsFoundMore)) differed although no call had shown it" : "")
      + (tally.proofsUndecided > 0 ? "; \(Numbers.grouped(tally.proofsUndecided)) not decided" : "")
  }

  private var ending: String {
    switch summary.ended {
    case "time": "ended because its time was up"
    case "cases": "ended because all its cases were done"
    case "interrupted": "ended because it was interrupted; every finding counted here is on disk"
    default: "ended: \(summary.ended)"
    }
  }

  private func writeFindings(to page: inout TextPage) {
    guard !summary.families.isEmpty else { return }
    page.heading("Findings")
    let new = summary.newFamilies
    for family in new {
      let words = SignatureText(family.signature)
      page.line("  NEW  \(family.fingerprint)")
      page.paragraph(words.headline, indent: 7)
      if !words.shape.isEmpty { page.paragraph(words.shape, indent: 7) }
      page.paragraph(words.seen(family), indent: 7)
      page.paragraph(family.path, indent: 7)
    }
    writeKnown(to: &page)
    if !new.isEmpty, coverage == nil { page.paragraph(SignatureText.legend) }
  }

  /// The known disagreements, each once: many families can have one cause.
  private func writeKnown(to page: inout TextPage) {
    let byEntry = Dictionary(grouping: summary.families.filter { $0.known != nil }) { $0.known ?? "" }
    for entry in byEntry.keys.sorted() {
      guard let families = byEntry[entry], let first = families.first else { continue }
      let cases = families.reduce(0) { $0 + $1.cases }
      page.paragraph(
        "known  \(first.knownTitle ?? entry) [\(entry)]: "
          + "\(Numbers.counted(families.count, "family", plural: "families")), "
          + "\(Numbers.counted(cases, "case")), for example", hanging: 7)
      page.paragraph(first.path, indent: 9)
    }
  }

  private func writeNext(to page: inout TextPage) {
    page.heading("Next")
    if let path = (summary.newFamilies.first ?? summary.families.first)?.path {
      page.line("  less \(ShellWord.quoted(path))/report.md")
      page.line("  crosscheck replay \(ShellWord.quoted(path))")
      let library = coverage == nil ? " -lseccomp" : ""
      page.line("  cc \(ShellWord.quoted(path))/repro.c\(library) -o repro && ./repro")
    }
    page.line("  crosscheck fuzz --resume \(ShellWord.quoted(summary.directory))")
  }

  private static func whole(_ rate: Double) -> Int {
    rate.isFinite ? Int(min(max(rate, 0), 1e15).rounded()) : 0
  }
}
