/// One line of the journal: one change of a run's state.
package enum JournalEvent: Hashable, Sendable {
  /// The run begins. Options are kept as the command line words them.
  case started(seed: UInt64, options: [String: String], versions: SavedCase.Versions)
  /// A later process goes on with the run.
  case resumed(versions: SavedCase.Versions)
  /// One worker is through with these case numbers; the counters are what it counted in them.
  case completed(worker: Int, cases: Range<UInt64>, counters: [String: UInt64])
  /// A finding is on disk.
  case finding(fingerprint: String, signature: String, caseNumber: UInt64, saved: FindingStore.Saved)
  /// A case showed something that is counted and no finding.
  case passedOver(caseNumber: UInt64, reason: PassedOver)
  /// The run is over: "time", "cases", "interrupted", …
  case ended(reason: String)

  /// Why something that a case showed is no finding.
  package enum PassedOver: String, Codable, Hashable, Sendable {
    /// The compiler failed in a way that had been looked into often enough.
    case failureBeyondLimit
    /// The compiler hung, and did not when it was asked again.
    case hangNotSeenAgain
  }

  /// Whether the line must be on the disk before work goes on. Cases are cheap to repeat, and a lost line takes that of
  /// its range, which comes later, with it.
  var isDurable: Bool {
    switch self {
    case .completed, .passedOver: false
    case .started, .resumed, .finding, .ended: true
    }
  }
}

extension JournalEvent: Codable {
  private enum Key: String, CodingKey {
    case event, seed, options, versions, worker, from, to, counters, fingerprint, signature, caseNumber, saved
    case reason
  }

  private enum Word: String, Codable {
    case started, resumed, completed, finding, passedOver, ended
  }

  package init(from decoder: any Decoder) throws {
    let line = try decoder.container(keyedBy: Key.self)
    func word(_ key: Key) throws -> UInt64 { try line.decode(HexWord<UInt64>.self, forKey: key).value }
    switch try line.decode(Word.self, forKey: .event) {
    case .started:
      self = .started(
        seed: try word(.seed), options: try line.decode([String: String].self, forKey: .options),
        versions: try line.decode(SavedCase.Versions.self, forKey: .versions))
    case .resumed:
      self = .resumed(versions: try line.decode(SavedCase.Versions.self, forKey: .versions))
    case .completed:
      let (from, to) = (try word(.from), try word(.to))
      guard from <= to else { throw corrupted("cases from \(from) to \(to)") }
      self = .completed(
        worker: try line.decode(Int.self, forKey: .worker), cases: from..<to,
        counters: try line.decode([String: UInt64].self, forKey: .counters))
    case .finding:
      self = .finding(
        fingerprint: try line.decode(String.self, forKey: .fingerprint),
        signature: try line.decode(String.self, forKey: .signature), caseNumber: try word(.caseNumber),
        saved: try line.decode(FindingStore.Saved.self, forKey: .saved))
    case .passedOver:
      self = .passedOver(
        caseNumber: try word(.caseNumber), reason: try line.decode(PassedOver.self, forKey: .reason))
    case .ended:
      self = .ended(reason: try line.decode(String.self, forKey: .reason))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var line = encoder.container(keyedBy: Key.self)
    switch self {
    case .started(let seed, let options, let versions):
      try line.encode(Word.started, forKey: .event)
      try line.encode(HexWord(seed), forKey: .seed)
      try line.encode(options, forKey: .options)
      try line.encode(versions, forKey: .versions)
    case .resumed(let versions):
      try line.encode(Word.resumed, forKey: .event)
      try line.encode(versions, forKey: .versions)
    case .completed(let worker, let cases, let counters):
      try line.encode(Word.completed, forKey: .event)
      try line.encode(worker, forKey: .worker)
      try line.encode(HexWord(cases.lowerBound), forKey: .from)
      try line.encode(HexWord(cases.upperBound), forKey: .to)
      try line.encode(counters, forKey: .counters)
    case .finding(let fingerprint, let signature, let caseNumber, let saved):
      try line.encode(Word.finding, forKey: .event)
      try line.encode(fingerprint, forKey: .fingerprint)
      try line.encode(signature, forKey: .signature)
      try line.encode(HexWord(caseNumber), forKey: .caseNumber)
      try line.encode(saved, forKey: .saved)
    case .passedOver(let caseNumber, let reason):
      try line.encode(Word.passedOver, forKey: .event)
      try line.encode(HexWord(caseNumber), forKey: .caseNumber)
      try line.encode(reason, forKey: .reason)
    case .ended(let reason):
      try line.encode(Word.ended, forKey: .event)
      try line.encode(reason, forKey: .reason)
    }
  }
}
