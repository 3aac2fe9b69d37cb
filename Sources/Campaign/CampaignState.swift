import Synchronization

/// What the workers of a campaign share: which case is next, what has been counted, whether to go on.
final class CampaignState: Sendable {
  private struct State {
    var gaps: [Range<UInt64>]
    var next: UInt64
    var tally: Tally
    var families: [String: FuzzSummary.Family] = [:]
    var differencesNotMinimised = 0
    var stopReason: String?
    var failure: (any Error)?
    var running: Int
  }

  private let state: Mutex<State>
  private let limit: UInt64?

  init(next: UInt64, gaps: [Range<UInt64>], tally: Tally, limit: UInt64?, workers: Int) {
    self.limit = limit
    state = Mutex(State(gaps: gaps, next: next, tally: tally, running: workers))
  }

  /// The next case numbers to do, ascending for each worker; nil when there are none or the run is to stop.
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
      // Not a reason to stop: other workers are still at cases that they took.
      guard state.next < end else { return nil }
      defer { state.next = end }
      return state.next..<end
    }
  }

  /// Ends the run; the first reason counts.
  func stop(_ reason: String) {
    state.withLock { if $0.stopReason == nil { $0.stopReason = reason } }
  }

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
  var tally: Tally { state.withLock { $0.tally } }
  var families: [FuzzSummary.Family] { state.withLock { Array($0.families.values) } }
  var differencesNotMinimised: Int { state.withLock { $0.differencesNotMinimised } }

  func add(_ tally: Tally, notMinimised: Int) {
    state.withLock {
      $0.tally += tally
      $0.differencesNotMinimised += notMinimised
    }
  }

  /// Counts a finding that is on disk.
  func add(_ family: FuzzSummary.Family) {
    state.withLock { state in
      if var old = state.families[family.fingerprint] {
        old.cases += family.cases
        old.firstCase = min(old.firstCase, family.firstCase)
        state.families[family.fingerprint] = old
      } else {
        state.families[family.fingerprint] = family
      }
    }
  }

  /// How many failures of the compiler have been minimised so far; counts one more.
  func countCompilerFailure(_ signature: String, limit: Int) -> Bool {
    failures.withLock { failures in
      failures[signature, default: 0] += 1
      return failures[signature, default: 0] <= limit
    }
  }

  private let failures = Mutex<[String: Int]>([:])
}
