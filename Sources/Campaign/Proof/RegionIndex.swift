import Proving
import SeccompModel

/// Finds the region that an input is told to be in.
struct RegionIndex {
  private struct Run {
    var numbers: ClosedRange<UInt32>
    var regions: [RegionDifference]
  }

  /// By architecture, ascending; runs of numbers do not overlap.
  private var runs: [UInt32?: [Run]] = [:]
  /// Tokens that regions tell one by one.
  private let named: Set<UInt32>

  init(_ regions: [RegionDifference], named: [UInt32]) {
    self.named = Set(named)
    for (architecture, group) in Dictionary(grouping: regions, by: \.architecture) {
      runs[architecture] = Dictionary(grouping: group, by: \.numbers)
        .map { Run(numbers: $0.key, regions: $0.value) }
        .sorted { $0.numbers.lowerBound < $1.numbers.lowerBound }
    }
  }

  /// All of them that hold it, one at most when they are what they say; and those that may, as they are told in part.
  func regions(holding data: SeccompData) -> (certain: [RegionDifference], possible: [RegionDifference]) {
    let architecture = named.contains(data.architecture) ? data.architecture : nil
    guard let runs = runs[architecture] else { return ([], []) }
    var (low, high) = (0, runs.count)
    while low < high {
      let middle = (low + high) / 2
      if runs[middle].numbers.upperBound < data.number { low = middle + 1 } else { high = middle }
    }
    guard low < runs.count, runs[low].numbers.contains(data.number) else { return ([], []) }
    var found: (certain: [RegionDifference], possible: [RegionDifference]) = ([], [])
    for region in runs[low].regions {
      if region.calls.holds(for: data) {
        found.certain.append(region)
      } else if !region.calls.isExact {
        found.possible.append(region)
      }
    }
    return found
  }
}

extension Cover {
  /// Whether one of the alternatives holds for an input.
  fileprivate func holds(for data: SeccompData) -> Bool {
    alternatives.contains { $0.allSatisfy { $0.atom.holds(for: data) == $0.holds } }
  }
}
