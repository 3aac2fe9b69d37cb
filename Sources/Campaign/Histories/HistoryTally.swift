package import Generation
import Scripts

/// What a campaign of histories counted.
package struct HistoryTally: Hashable, Sendable {
  package var histories = 0
  /// All steps of all histories.
  package var steps = 0
  /// Steps whose outcome was compared with what the model says, the differing ones included.
  package var judged = 0
  /// Histories that were not judged to their end because the model does not say, by its reason.
  package var reasons: [String: Int] = [:]
  /// Histories in which a step differed.
  package var differing = 0
  /// Judged steps, by ``HistoryKind``.
  package var kinds = [Int](repeating: 0, count: HistoryKind.allCases.count)
  /// Judged steps right behind judged steps: at `before * kinds + after`.
  package var pairs = [Int](repeating: 0, count: HistoryKind.allCases.count * HistoryKind.allCases.count)

  package init() {}

  package mutating func count(_ result: HistoryResult) {
    histories += 1
    steps += result.script.steps.count
    var before: HistoryKind?
    let end = min(result.judged + (result.stop == .difference ? 1 : 0), result.script.steps.count)
    judged += end
    for step in result.script.steps.prefix(end) {
      let kind = HistoryKind(of: step)
      kinds[kind.rawValue] += 1
      if let before { pairs[Self.place(before, kind)] += 1 }
      before = kind
    }
    switch result.stop {
    case .difference: differing += 1
    case .open(let reason): reasons[reason, default: 0] += 1
    case nil: break
    }
  }

  package static func place(_ before: HistoryKind, _ after: HistoryKind) -> Int {
    before.rawValue * HistoryKind.allCases.count + after.rawValue
  }

  package static func += (left: inout HistoryTally, right: HistoryTally) {
    left.histories += right.histories
    left.steps += right.steps
    left.judged += right.judged
    left.differing += right.differing
    left.reasons.merge(right.reasons, uniquingKeysWith: +)
    for index in left.kinds.indices { left.kinds[index] += right.kinds[index] }
    for index in left.pairs.indices { left.pairs[index] += right.pairs[index] }
  }

  package var kindsNotReached: [HistoryKind] { HistoryKind.allCases.filter { kinds[$0.rawValue] == 0 } }

  package var pairsReached: Int { pairs.count { $0 > 0 } }

  package var pairsNotReached: [(before: HistoryKind, after: HistoryKind)] {
    HistoryKind.allCases.flatMap { before in
      HistoryKind.allCases.compactMap { after in
        pairs[Self.place(before, after)] == 0 ? (before, after) : nil
      }
    }
  }
}

// As counters of the journal: what is 0 is left out.
extension HistoryTally {
  private static let pairPrefix = "pair "
  private static let kindPrefix = "kind "
  private static let reasonPrefix = "open: "

  var journalled: [String: UInt64] {
    var counters: [String: Int] = [
      "histories": histories, "steps": steps, "judged": judged, "differing": differing,
    ]
    for (reason, count) in reasons { counters[Self.reasonPrefix + reason] = count }
    for kind in HistoryKind.allCases { counters[Self.kindPrefix + "\(kind)"] = kinds[kind.rawValue] }
    for (place, count) in pairs.enumerated() { counters[Self.pairPrefix + "\(place)"] = count }
    return counters.filter { $0.value > 0 }.mapValues { UInt64($0) }
  }

  init(journalled counters: [String: UInt64]) {
    func count(_ key: String) -> Int { Int(clamping: counters[key] ?? 0) }
    histories = count("histories")
    steps = count("steps")
    judged = count("judged")
    differing = count("differing")
    for kind in HistoryKind.allCases { kinds[kind.rawValue] = count(Self.kindPrefix + "\(kind)") }
    for place in pairs.indices { pairs[place] = count(Self.pairPrefix + "\(place)") }
    for (key, value) in counters where key.hasPrefix(Self.reasonPrefix) {
      reasons[String(key.dropFirst(Self.reasonPrefix.count))] = Int(clamping: value)
    }
  }
}

extension HistoryTally: Codable {
  private enum Key: String, CodingKey {
    case histories, steps, judged, differing, reasons, kinds, pairs, pairsReached, pairsPossible
    case kindsNotReached, pairsNotReached
  }

  package init(from decoder: any Decoder) throws {
    let object = try decoder.container(keyedBy: Key.self)
    histories = try object.decode(Int.self, forKey: .histories)
    steps = try object.decode(Int.self, forKey: .steps)
    judged = try object.decode(Int.self, forKey: .judged)
    differing = try object.decode(Int.self, forKey: .differing)
    reasons = try object.decode([String: Int].self, forKey: .reasons)
    let named = try object.decode([String: Int].self, forKey: .kinds)
    for kind in HistoryKind.allCases { kinds[kind.rawValue] = named["\(kind)"] ?? 0 }
    let rows = try object.decode([String: [String: Int]].self, forKey: .pairs)
    for before in HistoryKind.allCases {
      for after in HistoryKind.allCases {
        pairs[Self.place(before, after)] = rows["\(before)"]?["\(after)"] ?? 0
      }
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: Key.self)
    try object.encode(histories, forKey: .histories)
    try object.encode(steps, forKey: .steps)
    try object.encode(judged, forKey: .judged)
    try object.encode(differing, forKey: .differing)
    try object.encode(reasons, forKey: .reasons)
    let all = HistoryKind.allCases
    try object.encode(
      Dictionary(uniqueKeysWithValues: all.map { ("\($0)", kinds[$0.rawValue]) }), forKey: .kinds)
    try object.encode(
      Dictionary(
        uniqueKeysWithValues: all.map { before in
          (
            "\(before)",
            Dictionary(uniqueKeysWithValues: all.map { ("\($0)", pairs[Self.place(before, $0)]) })
          )
        }), forKey: .pairs)
    try object.encode(pairsReached, forKey: .pairsReached)
    try object.encode(pairs.count, forKey: .pairsPossible)
    try object.encode(kindsNotReached.map { "\($0)" }, forKey: .kindsNotReached)
    try object.encode(pairsNotReached.map { ["\($0.before)", "\($0.after)"] }, forKey: .pairsNotReached)
  }
}
