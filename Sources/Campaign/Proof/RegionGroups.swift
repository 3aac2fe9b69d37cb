import Prediction
import Proving
import SeccompModel

/// Regions that are told as one: the same condition and the same verdicts, whatever the calls.
struct RegionGroups {
  /// In the order in which the first of each was found.
  private(set) var groups: [[RegionDifference]] = []

  private struct Key: Hashable {
    var one: [UInt32]
    var other: [UInt32]
    var calls: Cover
  }

  init(_ regions: [RegionDifference]) {
    var places: [Key: Int] = [:]
    for region in regions {
      let key = Key(one: region.permitted.one, other: region.permitted.other, calls: region.calls)
      if let place = places[key] {
        groups[place].append(region)
      } else {
        places[key] = groups.count
        groups.append([region])
      }
    }
  }
}

extension ProofReport.Region {
  /// - Parameters:
  ///   - comparison: what the regions were found by.
  ///   - hidden: numbers that this kernel shows to no filter on the native entry.
  init(_ group: [RegionDifference], by comparison: SideComparison, hidden: Set<UInt32>) {
    let first = group[0]
    let calls = RegionCalls(group).calls
    let leanings = ProofReport.Leaning.possible(first.permitted)
    self.init(
      calls: calls,
      condition: ArgumentNames.condition(first.calls, of: calls), isExact: first.calls.isExact,
      one: Self.words(first.permitted.one),
      other: Self.words(first.permitted.other),
      leaning: leanings.count == 1 ? leanings[0] : .open, leanings: leanings,
      witness: ProofReport.Witness(
        group.lazy.compactMap { $0.visible(hidden, comparison) }.first ?? first.witness))
  }

  private static func words(_ verdicts: [UInt32]) -> [String] {
    verdicts.map { "\(Verdict(rawValue: $0))" }
  }
}

extension RegionDifference {
  /// A witness that a process of this machine can make before a filter.
  fileprivate func visible(_ hidden: Set<UInt32>, _ comparison: SideComparison) -> SeccompData? {
    guard architecture == AuditToken.x86_64 || architecture == AuditToken.i386,
      witness.instructionPointer == 0
    else { return nil }
    guard architecture == AuditToken.x86_64, hidden.contains(witness.number) else { return witness }
    var witness = witness
    while numbers.contains(witness.number), hidden.contains(witness.number) { witness.number += 1 }
    // Of a condition that is told in part the witness may be outside: its other numbers were not looked at then.
    return numbers.contains(witness.number) && comparison.answer(to: witness) == permitted ? witness : nil
  }
}

extension ProofReport.Leaning {
  /// What it can be, depending on which of the permitted verdicts each side gives; in the order of their names.
  static func possible(_ permitted: RegionDifference.Permitted) -> [Self] {
    let leanings = Set(permitted.one.flatMap { one in permitted.other.map { leaning(one, $0) } })
    return leanings.sorted { $0.rawValue < $1.rawValue }
  }

  private static func leaning(_ one: UInt32, _ other: UInt32) -> Self {
    func freedom(_ verdict: UInt32) -> Int {
      switch Verdict(rawValue: verdict).kind {
      case .allow, .log: 2
      case .trace, .notify: 1
      case .errno, .trap, .killThread, .killProcess, .unknown: 0
      }
    }
    let (left, right) = (freedom(one), freedom(other))
    return left > right ? .oneAllows : left < right ? .otherAllows : .alike
  }
}

extension ProofReport.Witness {
  init(_ data: SeccompData) {
    self.init(
      call: DataText(data).description, number: data.number, architecture: data.architecture,
      arguments: (0..<Arguments.count).map { hex(data.arguments[$0]) },
      instructionPointer: hex(data.instructionPointer))
  }

  /// What a filter sees of it.
  var data: SeccompData {
    var found = Arguments()
    for (index, text) in arguments.enumerated() where index < Arguments.count {
      found[index] = UInt64(text.dropFirst(2), radix: 16) ?? 0
    }
    return SeccompData(
      number: number, architecture: architecture,
      instructionPointer: UInt64(instructionPointer.dropFirst(2), radix: 16) ?? 0, arguments: found)
  }
}
