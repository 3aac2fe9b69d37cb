package import ClassicBPF
package import Proving
import SeccompModel

/// `explain`: which calls get which verdict, for all inputs.
package struct Explanation: Codable, Hashable, Sendable {
  package var source: String
  /// The strictest verdict first.
  package var answers: [Answer]
  /// Why something is missing; nil when everything is told.
  package var unfinished: String?

  package struct Answer: Codable, Hashable, Sendable {
    /// More than one where the text leaves open which it is.
    package var verdicts: [String]
    package var regions: [Region]
  }

  package struct Region: Codable, Hashable, Sendable {
    package var calls: [ProofReport.Calls]
    /// The same in short, `every other call`, where these are what is told nowhere else.
    package var inShort: [ProofReport.Calls]?
    package var condition: String
    package var isExact: Bool
  }
}

extension Explanation {
  /// - Parameter name: tell of this call only; nil for all.
  package init(
    of side: ProofSide, call name: String? = nil, limits: ProofLimits
  ) throws(FilterRejection) {
    let result = try SideComparison.everything(of: side.side, limits: limits)
    let regions = name.map { name in result.differences.flatMap { $0.narrowed(to: name) } }
    var answers: [[UInt32]: [RegionDifference]] = [:]
    for region in regions ?? result.differences { answers[region.permitted.one, default: []].append(region) }
    source = side.name
    let parts = (regions ?? result.differences).count { !$0.calls.isExact }
    unfinished =
      result.unfinished
      ?? (parts > 0 ? "\(parts) conditions have more alternatives than are told" : nil)
    self.answers = answers.sorted { Self.ranks($0.key) < Self.ranks($1.key) }.map { verdicts, regions in
      Answer(
        verdicts: verdicts.map { "\(Verdict(rawValue: $0))" },
        regions: RegionGroups(regions).groups.map { group in
          let calls = RegionCalls(group).calls
          // Who asks about one call wants its name.
          let rest = name == nil && group[0].calls.isEverything ? RegionCalls.ends(of: group) : []
          return Region(
            calls: calls, inShort: rest.isEmpty ? nil : RegionCalls(group, rest: rest).calls,
            condition: ArgumentNames.condition(group[0].calls, of: calls), isExact: group[0].calls.isExact)
        })
    }
  }

  /// Says what else is missing; nil: nothing.
  package mutating func leaveOut(_ reason: String?) {
    let reasons = [unfinished, reason].compactMap(\.self)
    unfinished = reasons.isEmpty ? nil : reasons.joined(separator: "; ")
  }

  private static func ranks(_ verdicts: [UInt32]) -> (Int32, Int) {
    (verdicts.map { Int32(bitPattern: $0) }.min() ?? 0, verdicts.count)
  }
}

extension RegionDifference {
  /// The parts of the region that calls of this name are in: one for each ABI that has it there.
  fileprivate func narrowed(to name: String) -> [RegionDifference] {
    let tables: [SyscallTable] =
      switch architecture {
      case AuditToken.x86_64: [.x86_64, .x32]
      case AuditToken.i386: [.i386]
      default: []
      }
    return tables.compactMap { $0.number(named: name) }.filter(numbers.contains).map { number in
      var region = self
      region.numbers = number...number
      return region
    }
  }
}
