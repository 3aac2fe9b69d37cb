import Synchronization

/// What the workers of a campaign of histories share.
final class HistoryState: Sendable {
  private struct State {
    var gaps: [Range<UInt64>]
    var next: UInt64
    var tally: HistoryTally
    var families: [String: HistorySummary.Family] = [:]
    var stopReason: String?
    var failure: (any Error)?
    var running: Int
  }

  private let state: Mutex<State>
  private let limit: UInt64?

  init(next: UInt64, gaps: [Range<UInt64>], tally: HistoryTally, limit: UInt64?, workers: Int) {
    self.limit = limit
    state = Mutex(State(gaps: gaps, next: next, tally: tally, running: workers))
  }

  /// The next case numbers to do; nil when there are none or the run is to stop.
  func take(_ count: UInt64) -> Range<UInt64>? {
    state.withLock { state in
      guard state.stopReason == nil else { return nil }
      if let gap = state.gaps.first {
        let end = min(gap.upperBound, gap.lowerBound + count)
        state.gaps[0] = end..<gap.upperBound
        if state.gaps[0].isEmpty { state.gaps.removeFirst() }
        return gap.lowerBound..<end
      }
      let end = min(state.next + count, limit ?? .max)
      guard state.next < end else { return nil }
      defer { state.next = end }
      return state.next..<end
    }
  }

  func stop(_ reason: String) { state.withLock { if $0.stopReason == nil { $0.stopReason = reason } } }

  func fail(_ error: any Error) {
    state.withLock {
      if $0.failure == nil { $0.failure = error }
      if $0.stopReason == nil { $0.stopReason = "failure" }
    }
  }

  func workerEnded() { state.withLock { $0.running -= 1 } }

  var isStopping: Bool { state.withLock { $0.stopReason != nil } }
  var isRunning: Bool { state.withLock { $0.running > 0 } }
  var stopReason: String { state.withLock { $0.stopReason ?? "cases" } }
  var failure: (any Error)? { state.withLock { $0.failure } }
  var tally: HistoryTally { state.withLock { $0.tally } }
  var families: [HistorySummary.Family] {
    state.withLock { $0.families.values.sorted { $0.signature < $1.signature } }
  }

  func add(_ tally: HistoryTally) { state.withLock { $0.tally += tally } }

  /// Counts a finding that is on disk.
  func add(_ family: HistorySummary.Family) {
    state.withLock { state in
      guard var old = state.families[family.fingerprint] else {
        state.families[family.fingerprint] = family
        return
      }
      old.cases += family.cases
      old.firstCase = min(old.firstCase, family.firstCase)
      state.families[family.fingerprint] = old
    }
  }
}
