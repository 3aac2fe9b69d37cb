import Synchronization

/// What a campaign counts while it goes on.
protocol CampaignCounts: Sendable {
  static func += (counts: inout Self, more: Self)
}

/// Findings of one fingerprint. Who adds one gives the numbers of its cases beside it: `firstCase` and `cases` are
/// worked out from all of them.
protocol CampaignFamily: Sendable {
  var fingerprint: String { get }
  var firstCase: UInt64 { get set }
  var cases: Int { get set }
}

/// What the workers of a campaign share: which case is next, what has been counted, whether to go on.
final class CampaignState<Counts: CampaignCounts, Family: CampaignFamily>: Sendable {
  private struct State {
    var gaps: [Range<UInt64>]
    var next: UInt64
    var counts: Counts
    var families: [String: (family: Family, cases: Set<UInt64>)] = [:]
    var stopReason: String?
    var failure: (any Error)?
  }

  private let state: Mutex<State>
  private let limit: UInt64?

  /// - Parameters:
  ///   - gaps: cases before `next` that are still to be done.
  ///   - limit: the first case that is not to be done.
  init(next: UInt64, gaps: [Range<UInt64>], counts: Counts, limit: UInt64?) {
    self.limit = limit
    state = Mutex(State(gaps: gaps, next: next, counts: counts))
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

  var isStopping: Bool { state.withLock { $0.stopReason != nil } }
  var stopReason: String { state.withLock { $0.stopReason ?? "cases" } }
  var failure: (any Error)? { state.withLock { $0.failure } }
  var counts: Counts { state.withLock { $0.counts } }
  var families: [Family] {
    state.withLock { state in
      state.families.values.map { entry in
        var family = entry.family
        family.firstCase = entry.cases.min() ?? family.firstCase
        family.cases = entry.cases.count
        return family
      }
    }
  }

  func add(_ counts: Counts) { state.withLock { $0.counts += counts } }

  /// Counts a finding that is on disk. A case that is named again, as after a resume, counts once.
  func add(_ family: Family, cases: Set<UInt64>) {
    state.withLock { $0.families[family.fingerprint, default: (family, [])].cases.formUnion(cases) }
  }
}
