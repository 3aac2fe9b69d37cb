import Generation
import Scripts

/// One thread of a campaign of histories, with a stage of its own.
struct HistoryWorker: CampaignWorker {
  let index: Int
  let player: HistoryPlayer
  let generator: HistoryGenerator
  let seed: UInt64
  let kernel: String
  let state: CampaignState<HistoryTally, HistorySummary.Family>
  let journal: Journal
  let store: HistoryStore

  static let chunk: UInt64 = 256
  /// A difference that does not show within so many plays is a matter of timing.
  private static let replays = 3

  func work(on cases: Range<UInt64>) throws {
    var all = HistoryTally()
    // What the others do not know of yet.
    var recent = HistoryTally()
    var done = cases.lowerBound
    for number in cases {
      if state.isStopping { break }
      let result = try player.play(generator.history(number: number))
      all.count(result)
      recent.count(result)
      if result.difference != nil { try investigate(result, number) }
      done = number + 1
      if recent.histories == 32 {
        state.add(recent)
        recent = HistoryTally()
      }
    }
    state.add(recent)
    guard done > cases.lowerBound else { return }
    try journal.append(
      .completed(worker: index, cases: cases.lowerBound..<done, counters: all.journalled))
  }

  /// Minimises and saves a difference.
  private func investigate(_ result: HistoryResult, _ number: UInt64) throws {
    let origin = SavedHistory.Origin(seed: "\(seed)", caseNumber: number)
    let sign = result.sign
    var again: HistoryResult?
    for _ in 0..<Self.replays where again == nil {
      let replay = try player.play(result.script)
      if replay.sign == sign { again = replay }
    }
    var smallest = result
    if again != nil {
      let minimized = try HistoryMinimizer().minimize(result.script) {
        try player.playIfQuick($0)?.sign == sign
      }
      let last = try player.play(minimized.script)
      if last.sign == sign { smallest = last }
    }
    let isSteady = again != nil
    let original = SavedHistory(result, origin: origin, isSteady: isSteady, kernel: kernel)
    let minimized = SavedHistory(smallest, origin: origin, isSteady: isSteady, kernel: kernel)
    let saved = try store.save(original, minimized)
    let fingerprint = minimized.fingerprint
    try journal.append(
      .finding(
        fingerprint: fingerprint.id, signature: fingerprint.signature, caseNumber: number, saved: saved))
    state.add(
      HistorySummary.Family(
        fingerprint: fingerprint.id, signature: fingerprint.signature, path: store.path(of: fingerprint.id)),
      cases: [number])
  }
}

extension HistoryTally: CampaignCounts {}
extension HistorySummary.Family: CampaignFamily {}

/// What two histories must share to show the same difference: the kind of step, what was said and what was seen.
struct HistorySign: Hashable {
  var kind: HistoryKind
  var predicted: String
  var observed: String
}

extension HistoryResult {
  /// nil without a difference.
  var sign: HistorySign? {
    guard let difference, outcomes.indices.contains(difference) else { return nil }
    return HistorySign(
      kind: HistoryKind(of: script.steps[difference]), predicted: Self.shape(predictions[difference].words),
      observed: Self.shape("\(outcomes[difference].result)"))
  }

  /// The words without the numbers.
  private static func shape(_ text: String) -> String { text.filter { !$0.isNumber } }
}
