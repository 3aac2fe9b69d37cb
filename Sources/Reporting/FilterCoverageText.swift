import Campaign
import SeccompModel

/// What the summary of a campaign about programs says otherwise than that of one about profiles.
struct FilterCoverageText {
  let tally: Tally
  let counts: FilterTally

  /// What was tried, after how many cases.
  var programs: String {
    "\(Numbers.counted(counts.programs, "program")) judged for load: \(Numbers.grouped(counts.accepted)) accepted, "
      + "\(Numbers.grouped(counts.refused)) refused; \(Numbers.counted(tally.stacks, "stack")), "
      + "\(Numbers.grouped(counts.nearChainLimit)) of them at the limit of all filters together, "
      + "\(Numbers.grouped(counts.tooLongTogether)) beyond it"
  }

  /// A row each, for ``ComparisonTable``.
  var rows: [[String]] {
    var rows = [
      row("checker - kernel  which programs are loaded", counts.programs, counts.loadDiffered),
      row(
        "filter - kernel   which return the kernel reaches (tagged returns)", tally.taggedCalls,
        tally.taggedDiffered),
      row(
        "filter - kernel   what it then does (real verdicts, real kills)", tally.realCalls, tally.realDiffered
      ),
      row(
        "action cache      the filter / its uncacheable form, over a shield", counts.cacheCalls,
        counts.cacheDiffered),
    ]
    if counts.cacheLiveCalls > 0 {
      rows.append(
        row(
          "action cache      the same without a shield, cache in use", counts.cacheLiveCalls,
          counts.cacheLiveDiffered))
    }
    return rows
  }

  private func row(_ title: String, _ count: Int, _ differ: Int) -> [String] {
    [title, Numbers.grouped(count), Numbers.grouped(differ)]
  }

  func write(to page: inout TextPage) {
    page.heading("Operations")
    page.table(
      [["", "loaded", "executed", "test true", "test false"]]
        + counts.operations.map { operation in
          [
            operation.name, Numbers.grouped(operation.loaded), Numbers.grouped(operation.executed),
            operation.taken.map(Numbers.grouped) ?? "", operation.notTaken.map(Numbers.grouped) ?? "",
          ]
        }, rightAligned: [1, 2, 3, 4])
    page.paragraph(
      "Loaded: programs that hold the operation. The other columns count instructions: run for some call, and with "
        + "either result of their test. \(Numbers.counted(counts.divisionsByZero, "call")) ended in a DIV X by 0."
    )
    page.heading("Refusals")
    page.table(
      counts.refusals.sorted { ($0.value, $1.key) > ($1.value, $0.key) }.map {
        [$0.key, Numbers.grouped($0.value)]
      }, rightAligned: [1])
    let reached = counts.notReached
    page.heading("Not reached")
    if reached.isEmpty {
      page.paragraph(
        "Nothing: all \(counts.operations.count) operations were loaded and run, all tests went both ways, all "
          + "\(counts.refusals.count) refusals came up, all 65,536 codes were tried.")
    }
    for missing in reached { page.paragraph("- " + missing, hanging: 2) }
  }

  /// What could not be done in all ways.
  var limits: [String] {
    var sentences: [String] = []
    if counts.untagged > 0 {
      sentences.append(
        "\(Numbers.counted(counts.untagged, "program")) with a RET A or a DIV X: compared by real verdicts only."
      )
    }
    if counts.cacheFilters > 0, counts.cacheLiveCalls == 0 {
      sentences.append(
        "The action cache was never in use: a shield switches it off, and live calls want root and namespaces."
      )
    } else if counts.cacheLiveSkipped > 0 {
      sentences.append(
        "\(Numbers.counted(counts.cacheLiveSkipped, "program")) not compared by live calls: they want root and namespaces."
      )
    }
    return sentences
  }
}
