import Campaign

/// What the comparisons came to, a row each. Contested calls stand apart: there the policy's text leaves the answer
/// open, and the filter gave one of the answers it permits.
struct ComparisonTable {
  let tally: Tally

  /// Columns of a row's title that say who is compared.
  static let partiesWidth = 18

  init(_ tally: Tally) { self.tally = tally }

  func write(to page: inout TextPage) {
    if let counts = tally.filters {
      let text = FilterCoverageText(tally: tally, counts: counts)
      page.table([["", "asked", "differ"]] + text.rows, rightAligned: [1, 2])
      return
    }
    page.table([["", "calls", "differ"]] + rows, rightAligned: [1, 2])
    if tally.policyContested > 0 {
      page.paragraph(
        "Contested, counted apart: \(Numbers.counted(tally.policyContested, "call")) on which the profile leaves "
          + "the answer open. Any of the possible ones is right there, and the filter took one.")
    }
  }

  var rows: [[String]] {
    var rows = [
      row(
        "policy - filter   the profile's text / the compiled program",
        tally.policyDecided + tally.policyDiffered, tally.policyDiffered),
      row(
        "filter - kernel   which return the kernel reaches (tagged returns)",
        tally.taggedCalls, tally.taggedDiffered),
      row(
        "filter - kernel   what it then does (real verdicts, real kills)", tally.realCalls, tally.realDiffered
      ),
      row(
        "policy - kernel   end to end", tally.endToEndAgreed + tally.endToEndDiffered, tally.endToEndDiffered),
    ]
    if tally.liveCalls > 0 {
      rows.append(
        row("live              executed / executed without filter", tally.liveCalls, tally.liveDiffered))
    }
    if tally.libraryCalls > 0 {
      rows.append(
        row("library - library verdicts of the other builds", tally.libraryCalls, tally.libraryDiffered))
    }
    return rows
  }

  private func row(_ title: String, _ calls: Int, _ differ: Int) -> [String] {
    [title, Numbers.grouped(calls), Numbers.grouped(differ)]
  }
}
