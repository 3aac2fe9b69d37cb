package import Campaign
import SeccompModel

/// The report on one profile for people: the verdict first, then what it rests on.
package struct CheckText {
  let report: CheckReport
  let isFallbackAsked: Bool

  /// - Parameter isFallbackAsked: whether `--fallback` was given.
  package init(_ report: CheckReport, isFallbackAsked: Bool = false) {
    self.report = report
    self.isFallbackAsked = isFallbackAsked
  }

  package var text: String {
    var page = TextPage()
    page.paragraph("\(report.source): \(headline)", indent: 0, hanging: 2)
    page.blank()
    writeTried(to: &page)
    page.heading("Compared")
    ComparisonTable(report.tally).write(to: &page)
    writeDifferences(to: &page)
    writeRefusals(to: &page)
    writeContested(to: &page)
    writeCoverage(to: &page)
    writeRemarks(to: &page)
    LimitsText(
      tally: report.tally, environment: report.environment, isFallbackAsked: isFallbackAsked,
      skipped: report.skipped
    ).write(to: &page)
    writeNext(to: &page)
    return page.text
  }

  /// The verdict, in a sentence without a subject.
  var headline: String {
    let known = report.differences.count { $0.known != nil }
    let lost = report.refusals.count { !$0.isHarmless }
    var parts: [String] = []
    if !report.differences.isEmpty {
      parts.append(
        Numbers.counted(report.differences.count, "difference")
          + (known > 0 ? " (\(Numbers.grouped(known)) known)" : ""))
    }
    if lost > 0 { parts.append("\(Numbers.counted(lost, "rule")) of the profile not in the filter") }
    if let missed = report.coverage.edges?.missed, !missed.isEmpty {
      parts.append("\(Numbers.counted(missed.count, "side")) of the filter's jumps that no call made took")
    }
    if parts.isEmpty, report.proof?.result == .differs {
      return
        "the answers to the calls made agree, but a proof found an input on which policy and filter differ."
    }
    return parts.isEmpty ? "the answers agree." : parts.joined(separator: ", ") + "."
  }

  private func writeTried(to page: inout TextPage) {
    for (label, text) in tried { page.entry(label, text) }
  }

  /// What the verdict rests on: labels and texts.
  var tried: [(label: String, text: String)] {
    let tally = report.tally
    let verdicts = report.verdicts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    let coverage = report.coverage
    var entries = EnvironmentText(report.environment).entries
    entries.append(
      (
        "Called",
        "\(Numbers.counted(tally.kernelCalls, "call")) answered by the kernel in \(Numbers.seconds(report.seconds)); "
          + "\(Numbers.counted(tally.kills, "process", plural: "processes")) killed by the filter"
      ))
    entries.append(
      ("Verdicts", verdicts.map { "\($0.key) \(Numbers.grouped($0.value))" }.joined(separator: ", ")))
    entries.append(
      (
        "Covered",
        "\(Numbers.percent(coverage.executed, of: coverage.reachable)) of the filter's "
          + "\(Numbers.counted(coverage.reachable, "reachable instruction")) ran; it has "
          + "\(Numbers.grouped(coverage.instructions))"
          + (coverage.edges.map { "; \(Self.words(of: $0))" } ?? "")
      ))
    if let proof = report.proof { entries.append(("Proof", Self.words(of: proof))) }
    return entries
  }

  private static func words(of edges: CheckReport.Edges) -> String {
    var words = [
      "\(Numbers.grouped(edges.taken)) of \(Numbers.grouped(edges.feasible)) feasible sides of its jumps taken",
      "\(Numbers.grouped(edges.impossible)) impossible (proved)",
    ]
    if edges.beyond > 0 { words.append("\(Numbers.grouped(edges.beyond)) not for calls made here") }
    if edges.open > 0 { words.append("\(Numbers.grouped(edges.open)) open") }
    let paths =
      edges.paths < 1e6
      ? Numbers.counted(Int(edges.paths), "path") : "10^\(edges.paths.logarithm) paths"
    guard let taken = edges.pathsTaken else {
      return words.joined(separator: ", ") + "; \(paths), too many to go"
    }
    var ways = ["\(Numbers.grouped(taken)) gone by a call each"]
    if let impossible = edges.pathsImpossible, impossible > 0 {
      ways.append("\(impossible < 1e6 ? Numbers.grouped(Int(impossible)) : "the others") impossible (proved)")
    }
    if let open = edges.pathsOpen, open > 0 { ways.append("\(WayCount.words(open)) open") }
    return words.joined(separator: ", ") + "; \(paths), " + ways.joined(separator: ", ")
  }

  private static func words(of proof: CheckReport.Proof) -> String {
    switch proof.result {
    case .proved: "the filter means what the policy does, for all inputs"
    case .differs:
      "the filter differs from the policy, for one at \(proof.witness ?? "?"); 'crosscheck prove' tells where"
    case .notTold: "not told: \(proof.reason ?? "?")"
    }
  }

  private func writeCoverage(to page: inout TextPage) {
    writeInstructions("No call reaches these instructions (proved)", report.coverage.unreachable, to: &page)
    writeInstructions(
      "Not reached by any call made, though perhaps reachable", report.coverage.missed, to: &page)
    writeInstructions(
      "Sides of jumps that no call made took, though some call does", report.coverage.edges?.missed ?? [],
      to: &page)
  }

  private func writeInstructions(_ title: String, _ lines: [String], to page: inout TextPage) {
    guard !lines.isEmpty else { return }
    page.heading(title)
    for line in lines { page.line("  " + line) }
  }

  private func writeRemarks(to page: inout TextPage) {
    guard !report.remarks.isEmpty else { return }
    page.heading("Remarks on the profile's text")
    for remark in report.remarks { page.paragraph("- " + remark, hanging: 2) }
  }

  private func writeNext(to page: inout TextPage) {
    guard let path = report.differences.lazy.compactMap(\.path).first else { return }
    page.heading("Next")
    page.line("  less \(ShellWord.quoted(path))/report.md")
    page.line("  crosscheck replay \(ShellWord.quoted(path))")
    page.line("  cc \(ShellWord.quoted(path))/repro.c -lseccomp -o repro && ./repro")
  }
}

extension Double {
  /// To the base 10, rounded down.
  fileprivate var logarithm: Int {
    var (exponent, rest) = (0, self)
    while rest >= 10, exponent < 400 { (exponent, rest) = (exponent + 1, rest / 10) }
    return exponent
  }
}
