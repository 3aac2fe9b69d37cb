package import Campaign
import Profiles

/// Remarks on a profile for people: the counts first, then each remark with what shows it.
package struct LintText {
  let report: LintReport

  package init(_ report: LintReport) { self.report = report }

  package var text: String {
    var page = TextPage()
    page.paragraph("\(report.source): \(headline)", indent: 0, hanging: 2)
    for remark in report.remarks { write(remark, to: &page) }
    let witnesses = report.remarks.flatMap(\.witnesses)
    if !witnesses.isEmpty {
      page.blank()
      EnvironmentText(report.environment).write(to: &page)
      let made = witnesses.count { $0.kernel != nil }
      let shown = witnesses.count { $0.isShown == true }
      page.entry(
        "Witnesses",
        "\(Numbers.counted(made, "call")) made on this kernel, \(Numbers.grouped(shown)) with the result that the remark "
          + "tells; no call that a filter let through was executed")
    }
    return page.text
  }

  private var headline: String {
    if report.remarks.isEmpty { return "nothing to remark on." }
    let parts = LintRemark.Severity.allCases.reversed().compactMap { severity -> String? in
      let count = report.remarks.count { $0.severity == severity }
      return count == 0 ? nil : Numbers.counted(count, severity.rawValue)
    }
    return parts.joined(separator: ", ") + "."
  }

  private func write(_ remark: LintReport.Remark, to page: inout TextPage) {
    page.blank()
    page.line("\(remark.line):\(remark.column): \(remark.severity.rawValue) [\(remark.rule)] \(remark.path)")
    page.paragraph(remark.message + ".")
    page.paragraph("Fix: \(remark.fix).", hanging: 2)
    for witness in remark.witnesses { page.paragraph(sentence(witness), hanging: 2) }
    if let reason = remark.withoutWitness { page.paragraph("No witness: \(reason).", hanging: 2) }
  }

  private func sentence(_ witness: LintReport.Witness) -> String {
    var text = "Call: \(witness.name)(\(arguments(witness))) by \(witness.entryPath), rax \(witness.rax)"
    switch witness.reading {
    case .meant: break
    case .raw: text += ", under the text as a runtime reads it"
    case .none: text += ", without a filter"
    }
    text += ": meant \(witness.meant)"
    if let policy = witness.policy { text += "; the policy says \(policy)" }
    if let filter = witness.filter { text += "; the filter \(filter)" }
    if let kernel = witness.kernel { text += "; on this kernel: \(kernel)" }
    if let reason = witness.notMade { text += "; not made: \(reason)" }
    if witness.isShown == false { text += ". This is NOT what the remark says (\(witness.claim))" }
    return text + "."
  }

  /// The arguments up to the last that is not 0.
  private func arguments(_ witness: LintReport.Witness) -> String {
    let last = witness.arguments.lastIndex { $0 != "0x0" } ?? 0
    return witness.arguments.prefix(last + 1).joined(separator: ", ")
  }
}
