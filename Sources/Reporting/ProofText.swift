package import Campaign

/// What proofs came to, for people: the answer first, then where it does not hold.
package struct ProofText {
  let report: ProofReport

  package init(_ report: ProofReport) { self.report = report }

  package var text: String {
    var page = TextPage()
    page.paragraph("\(report.source): \(headline)", indent: 0, hanging: 2)
    page.blank()
    EnvironmentText(report.environment).write(to: &page)
    page.entry("Solver", "\(report.solver), \(Numbers.seconds(report.seconds))")
    let trials = report.comparisons.flatMap { $0.differences + $0.contested }.flatMap {
      [$0.witness.one, $0.witness.other].compactMap(\.self)
    }
    if !trials.isEmpty {
      page.entry(
        "Witnesses",
        "\(Numbers.counted(trials.count, "call")) made on this kernel, "
          + "\(Numbers.grouped(trials.count(where: \.isBorneOut))) with the result that the filter says; no call that a "
          + "filter let through was executed")
    }
    for comparison in report.comparisons { write(comparison, to: &page) }
    writeWidths(to: &page)
    for limit in report.limits { page.paragraph("- " + limit, hanging: 2) }
    return page.text
  }

  private var headline: String {
    var parts = report.isProved ? ["proved for all inputs"] : notProved
    if !report.limits.isEmpty { parts.append("not everything is told") }
    if report.refuted > 0 {
      parts.append("this kernel contradicts the filter for \(Numbers.counted(report.refuted, "call"))")
    }
    return parts.joined(separator: "; ") + "."
  }

  private var notProved: [String] {
    let open = report.comparisons.count { $0.unfinished != nil }
    let regions = report.comparisons.reduce(0) { $0 + $1.differences.count }
    var parts: [String] = []
    if regions > 0 { parts.append("\(Numbers.counted(regions, "difference"))") }
    if open > 0 { parts.append("not proved: the solver did not get through") }
    return parts
  }

  private func write(_ comparison: ProofReport.Comparison, to page: inout TextPage) {
    page.heading("\(comparison.one) - \(comparison.other)")
    if let reason = comparison.unfinished {
      page.paragraph("Not proved: \(reason).", hanging: 2)
    } else if comparison.isProved {
      page.paragraph("the same for every input (proved)")
    } else {
      page.paragraph(
        "\(Numbers.counted(comparison.differences.count, "difference")); for every other input the same (proved)"
      )
    }
    for region in comparison.differences { write(region, of: comparison, to: &page) }
    let open = OpenRegions(comparison.contested)
    if !open.ofCalls.isEmpty {
      page.blank()
      page.paragraph("Contested, and right either way: the text leaves open which answer it is", hanging: 2)
      for region in open.ofCalls { write(region, of: comparison, to: &page) }
    }
    open.writeNumbers(comparison, to: &page)
  }

  private func writeWidths(to page: inout TextPage) {
    guard !report.widths.isEmpty else { return }
    page.heading("Upper halves that the kernel does not read and the filter does")
    for width in report.widths {
      let effect =
        switch width.kind {
        case .bypass: "gets past the filter"
        case .overBlock: "is refused, though the kernel would make the call that is allowed"
        }
      page.paragraph(
        "\(width.call) (\(width.abi)), argument \(width.argument): a set upper half \(effect): "
          + "\(words(width.wide, width.wideVerdict)); \(words(width.narrow, width.narrowVerdict))", hanging: 2
      )
    }
  }

  private func words(_ witness: ProofReport.Witness, _ verdict: String) -> String {
    "\(witness.call) \(verdict)"
      + (witness.one.map {
        ", on this kernel: \($0.outcome)" + ($0.isBorneOut ? "" : ", which is NOT that")
      } ?? "")
      + (witness.notMade.map { ", not made: \($0)" } ?? "")
  }

  private func write(
    _ region: ProofReport.Region, of comparison: ProofReport.Comparison, to page: inout TextPage
  ) {
    page.blank()
    page.paragraph(RegionText.calls(region.calls), hanging: 2)
    RegionText(region, one: comparison.one, other: comparison.other).write(to: &page)
  }
}

/// A region: the condition, what each side says, a call of it.
struct RegionText {
  let region: ProofReport.Region
  let one: String
  let other: String

  init(_ region: ProofReport.Region, one: String, other: String) {
    self.region = region
    self.one = one
    self.other = other
  }

  /// `clone, unshare (x86_64, i386)`; numbers that no ABI has only where the ABIs beside them are not told as a whole.
  static func calls(_ calls: [ProofReport.Calls]) -> String {
    let isWhole = calls.contains { group in
      !Set(group.names).isDisjoint(with: ["every number", "every other call"])
        && Set(group.abis).isSuperset(of: ["x86_64", "x32"])
    }
    return calls.filter { !isWhole || $0.names != ["every number with bit 31"] }.map {
      "\($0.names.joined(separator: ", ")) (\($0.abis.joined(separator: ", ")))"
    }
    .joined(separator: "; ")
  }

  func write(to page: inout TextPage) {
    let rows = [
      ("where", region.condition), (one, says(region.one, region.witness.one)),
      (other, says(region.other, region.witness.other)), ("for example", example),
    ]
    for (label, text) in rows { page.paragraph("\(label): \(text)", indent: 4, hanging: 2) }
  }

  private func says(_ verdicts: [String], _ trial: ProofReport.Trial?) -> String {
    let words = verdicts.joined(separator: " or ")
    guard let trial else { return words }
    return words + "; on this kernel: \(trial.outcome)" + (trial.isBorneOut ? "" : ", which is NOT that")
  }

  private var example: String {
    region.witness.call + (region.witness.notMade.map { "; not made: \($0)" } ?? "")
  }
}
