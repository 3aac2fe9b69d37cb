import Campaign

/// Regions where a text leaves the answer open. Those of numbers with bit 31, which hardly anybody asks about, are told in one
/// sentence.
struct OpenRegions {
  /// To be told one by one.
  private(set) var ofCalls: [ProofReport.Region] = []
  private var ofNumbers: [ProofReport.Region] = []

  init(_ regions: [ProofReport.Region]) {
    for region in regions {
      // A kernel that does otherwise than its filter says is told whatever the number.
      if region.isBeyondABIs, !region.witness.isRefuted {
        ofNumbers.append(region)
      } else {
        ofCalls.append(region)
      }
    }
  }

  func writeNumbers(_ comparison: ProofReport.Comparison, to page: inout TextPage) {
    guard !ofNumbers.isEmpty else { return }
    func words(_ verdicts: (ProofReport.Region) -> [String]) -> String {
      var all: [String] = []
      for verdict in ofNumbers.flatMap(verdicts) where !all.contains(verdict) { all.append(verdict) }
      return all.joined(separator: " or ")
    }
    page.blank()
    page.paragraph(
      "Numbers with bit 31 set belong to no ABI, and what they get is left open: \(comparison.one): "
        + "\(words(\.one)); \(comparison.other): \(words(\.other))", hanging: 2)
  }
}

extension ProofReport.Region {
  /// Whether it is of numbers only that no ABI has.
  fileprivate var isBeyondABIs: Bool { calls.allSatisfy { $0.abis == ["x86_64 or x32"] } }
}
