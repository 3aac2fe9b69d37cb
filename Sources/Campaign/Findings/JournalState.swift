/// What a journal says about its run: everything that a resume needs.
package struct JournalState: Hashable, Sendable {
  package var seed: UInt64
  package var options: [String: String]
  /// Of the process that wrote last.
  package var versions: SavedCase.Versions
  /// Which cases are done. The next ones are `completed.gaps`, then everything from `completed.end` on.
  package var completed = CaseRanges()
  /// Sums over all completed ranges.
  package var counters: [String: UInt64] = [:]
  /// The families found, by fingerprint.
  package var findings: [String: Family] = [:]
  /// The cases that showed something that is counted and no finding.
  package var passedOver: [JournalEvent.PassedOver: Set<UInt64>] = [:]
  /// Why the run ended; nil when it was cut off.
  package var ended: String?

  package struct Family: Hashable, Sendable {
    package var signature: String
    /// The cases that showed it. One that is repeated after a crash is there once.
    package var cases: Set<UInt64>
    /// The one of the least number, whichever thread was first; nil without any.
    package var firstCase: UInt64? { cases.min() }
  }

  /// Replays the lines; the error names the first that cannot follow the ones before it.
  package init(events: [JournalEvent], path: String) throws(StorageError) {
    guard case .started(let seed, let options, let versions)? = events.first else {
      throw StorageError("reading", path, detail: "line 1: a journal begins with \"started\"")
    }
    (self.seed, self.options, self.versions) = (seed, options, versions)
    var progress: [Int: UInt64] = [:]
    for (index, event) in events.enumerated().dropFirst() {
      func refuse(_ why: String) -> StorageError {
        StorageError("reading", path, detail: "line \(index + 1): \(why)")
      }
      switch event {
      case .started: throw refuse("a second \"started\"")
      case .resumed(let versions):
        self.versions = versions
        ended = nil
        progress = [:]
      case .completed(let worker, let cases, let counted):
        guard cases.lowerBound >= progress[worker, default: 0] else {
          throw refuse("worker \(worker) went back to case \(cases.lowerBound)")
        }
        guard completed.insert(cases) else { throw refuse("cases \(cases) were completed before") }
        progress[worker] = cases.upperBound
        counters.merge(counted) { $0 &+ $1 }
      case .finding(let fingerprint, let signature, let caseNumber, _):
        findings[fingerprint, default: Family(signature: signature, cases: [])].cases.insert(caseNumber)
      case .passedOver(let caseNumber, let reason): passedOver[reason, default: []].insert(caseNumber)
      case .ended(let reason): ended = reason
      }
    }
  }
}
