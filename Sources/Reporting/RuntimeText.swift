package import Campaign

/// What one runtime did with one profile, for people.
package struct RuntimeText {
  let report: RuntimeReport

  package init(_ report: RuntimeReport) { self.report = report }

  package var text: String {
    var page = TextPage()
    page.paragraph("\(title): \(headline)", indent: 0, hanging: 2)
    page.blank()
    writeFacts(to: &page)
    writeExplanations(to: &page)
    if report.tally.kernelCalls > 0 || report.tally.policyDecided > 0 {
      page.heading("Compared")
      page.table([["", "calls", "differ"]] + rows, rightAligned: [1, 2])
    }
    writeDifferences(to: &page)
    writeSkipped(to: &page)
    return page.text
  }

  /// The same in one line, for a list of profiles, with what differs below it.
  package var line: String {
    var page = TextPage()
    page.paragraph("\(title): \(headline)", indent: 0, hanging: 2)
    for difference in report.differences { Self.write(difference, to: &page) }
    return page.text
  }

  private var title: String { "\(report.source) under \(RuntimeWords.name(of: report.runtime))" }

  var headline: String {
    let unknown = report.differences.count { $0.known == nil }
    let known = report.differences.count - unknown
    switch report.outcome {
    case .filtered where report.lacksProgram:
      return
        "NO FILTER INSTALLED of one that the runtime made; the kernel refused it, and the container runs."
    case .filtered where unknown > 0:
      return "\(Numbers.counted(unknown, "difference")) that nothing explains."
    case .filtered where report.explanations.contains { $0.opened > 0 }:
      let opened = report.explanations.reduce(0) { $0 + $1.opened }
      return
        "LOOSER THAN THE PROFILE: \(Numbers.counted(opened, "call")) of those made get through that it denies."
    case .filtered where !report.wasCompared:
      return
        "\(Numbers.counted(report.filters, "filter")) bind\(report.filters == 1 ? "s" : "") the container; there "
        + "is nothing to compare with."
    case .filtered:
      let effective = report.explanations.count { $0.calls > 0 }
      var parts = ["the filter does what the profile says"]
      if effective > 0 {
        parts.append("but for \(Numbers.counted(effective, "thing")) explained by the runtime")
      }
      if known > 0 { parts.append("but for \(Numbers.counted(known, "known disagreement")) of libseccomp's") }
      let start = report.startFailure == nil ? "." : "; the container does not start under it."
      return parts.joined(separator: ", ") + start
    case .unfiltered: return "NO FILTER INSTALLED; the container runs unfiltered."
    case .refused:
      return "the container is not started" + (report.predicted == .refused ? ", as expected." : ".")
    case .hung:
      return "the runtime does not come to an end" + (report.predicted == .hung ? ", as expected." : ".")
    }
  }

  private func writeFacts(to page: inout TextPage) {
    page.entry("Given", report.given)
    EnvironmentText(report.environment).write(to: &page)
    if let dialect = report.runtime.dialect {
      page.entry(
        "Read as", dialect + (report.runtime.isExact ? "" : ", the nearest version that is described here"))
    }
    for installation in report.installations {
      let flags = "\(FlagWords(installation.flags))"
      page.entry(
        "Installed",
        "by \(installation.route)(2), flags \(flags), \(Numbers.counted(installation.instructions, "instruction"))"
          + (installation.errno == 0 ? "" : ": the kernel refused it (errno \(installation.errno))"))
    }
    if report.filters > 1 {
      page.entry("Binding", "\(Numbers.counted(report.filters, "filter")) the container's process")
    }
    if let failure = report.startFailure {
      page.entry(
        "Start", "\(report.runtime.name) could not start the container under this filter: \(failure)")
    }
    if let proof = report.proof { page.entry("Program", Self.words(of: proof)) }
    if let message = report.message, !message.isEmpty { page.entry("It says", message) }
    page.entry("Took", Numbers.seconds(report.seconds))
  }

  private static func words(of proof: RuntimeReport.Proof) -> String {
    switch proof.result {
    case .same: "for every call the same as \(proof.expectation) (proved)"
    case .undecided: "could not be compared with \(proof.expectation): \(proof.reason ?? "")"
    case .different:
      "unlike \(proof.expectation): \(proof.witness ?? "") gives \(proof.installed ?? ""), expected \(proof.expected ?? "")"
    }
  }

  private func writeExplanations(to page: inout TextPage) {
    guard !report.explanations.isEmpty else { return }
    page.heading("How \(report.runtime.name) reads the profile")
    for explanation in report.explanations {
      page.paragraph("\(explanation.clause): \(explanation.sentence)", hanging: 2)
      guard explanation.calls > 0 else { continue }
      var words = "changes \(Numbers.counted(explanation.calls, "call")) of those made"
      if explanation.opened > 0 { words += ", \(Numbers.grouped(explanation.opened)) of which get through" }
      if let witness = explanation.witness {
        words += ": \(witness.call) is \(witness.profile) by the profile, \(witness.filter) here"
      }
      page.paragraph(words, indent: 4, hanging: 2)
    }
  }

  private var rows: [[String]] {
    let tally = report.tally
    var rows = [
      row(
        "policy - filter     the profile as the runtime reads it / the installed program",
        tally.policyDecided + tally.policyContested + tally.policyDiffered, tally.policyDiffered),
      row(
        "filter - kernel     which return the kernel reaches (tagged returns)", tally.taggedCalls,
        tally.taggedDiffered),
      row("filter - kernel     what it then does (real verdicts)", tally.realCalls, tally.realDiffered),
    ]
    if report.inside.reason == nil, report.inside.calls > 0 {
      rows.append(
        row("filter - container  made inside, under a shield", report.inside.calls, report.inside.differed))
      rows.append(
        row(
          "filter - container  executed inside / without filter", report.inside.executed,
          report.inside.executedDiffered))
    }
    return rows
  }

  private func row(_ title: String, _ calls: Int, _ differ: Int) -> [String] {
    [title, Numbers.grouped(calls), Numbers.grouped(differ)]
  }

  private func writeDifferences(to page: inout TextPage) {
    guard !report.differences.isEmpty else { return }
    page.heading("Differences")
    for difference in report.differences { Self.write(difference, to: &page) }
  }

  private static func write(_ difference: RuntimeReport.Difference, to page: inout TextPage) {
    let count = difference.count > 1 ? ", \(Numbers.counted(difference.count, "call"))" : ""
    page.paragraph(
      "\(difference.known == nil ? "NEW:" : "known:") \(difference.parties)\(count): expected \(difference.expected), "
        + "found \(difference.found)", hanging: 7)
    if difference.calls.count > 1 {
      let few = difference.calls.prefix(6).joined(separator: ", ")
      let more = difference.calls.count > 6 ? " and \(Numbers.grouped(difference.calls.count - 6)) more" : ""
      page.paragraph(few + more, indent: 7)
    }
    if let witness = difference.witness { page.paragraph("for example " + witness, indent: 7, hanging: 2) }
    if let known = difference.known { page.paragraph("known as \(known)", indent: 7) }
  }

  private func writeSkipped(to page: inout TextPage) {
    var sentences = report.skipped
    if let reason = report.inside.reason, report.outcome == .filtered || report.outcome == .unfiltered {
      sentences.insert("calls inside the container: \(reason)", at: 0)
    }
    guard !sentences.isEmpty else { return }
    page.heading("Not done")
    for sentence in sentences { page.paragraph("- " + sentence, hanging: 2) }
  }
}

/// Runtimes in words.
enum RuntimeWords {
  static func name(of runtime: RuntimeReport.Runtime) -> String {
    runtime.version.isEmpty ? runtime.name : "\(runtime.name) \(runtime.version)"
  }
}
