import Compilation
import Prediction
import Probing
import SeccompModel
import Synchronization

/// One thread of a campaign, with a workbench of its own.
struct FuzzWorker: CampaignWorker {
  let index: Int
  let workbench: Workbench
  let cases: CampaignCases
  let options: FuzzOptions
  let environment: RunEnvironment
  let state: CampaignState<FuzzCounts, FuzzSummary.Family>
  let failures: FailureLimits
  let journal: Journal
  let store: FindingStore
  let known: KnownDisagreements

  static let chunk: UInt64 = 64
  /// Failures of the compiler in one family of rules that are minimised in a run; each question of a hang costs the
  /// compiler's whole deadline.
  static let hangLimit = 3

  func work(on cases: Range<UInt64>) throws {
    var counts = FuzzCounts()
    var done = cases.lowerBound
    for number in cases {
      if state.isStopping { break }
      let result = try self.cases.run(number, on: workbench)
      if let reason = try investigate(result, number) {
        counts.passedOver[reason, default: []].insert(number)
      }
      counts.tally += result.tally
      done = number + 1
    }
    guard done > cases.lowerBound else { return }
    try journal.append(
      .completed(worker: index, cases: cases.lowerBound..<done, counters: counts.tally.journalled))
    state.add(counts)
  }

  /// Minimises and saves what the case showed. Returns why something of it is counted only, if it is; the journal has it
  /// then.
  func investigate(_ result: CaseResult, _ number: UInt64) throws -> JournalEvent.PassedOver? {
    let origin = SavedCase.Origin(seed: options.seed, caseNumber: number)
    var investigation = Investigation(workbench: workbench, environment: environment)
    // A program has many places to make plainer, and a question costs a tenth of a compilation.
    if options.subject == .filters { investigation.attempts = 8000 }
    var passedOver: JournalEvent.PassedOver?
    if let failure = result.compilerFailure, !failure.isExpected(for: result.layers[failure.layer]) {
      if !failures.count(failure.signature, limit: Self.hangLimit) {
        passedOver = .failureBeyondLimit
      } else if let finding = try investigation.finding(of: failure, in: result.layers, origin: origin) {
        try save(finding, number)
      } else {
        failures.giveBack(failure.signature)
        passedOver = .hangNotSeenAgain
      }
    }
    // What user space notices of a policy–filter difference is evidence of that one.
    let isEvidenceOnly = result.differences.contains { $0.kind != .policyKernel }
    for difference in result.differences where difference.kind != .policyKernel || !isEvidenceOnly {
      try save(
        investigation.finding(
          of: difference, in: result.layers, filters: result.filters, origin: origin), number)
    }
    if let passedOver { try journal.append(.passedOver(caseNumber: number, reason: passedOver)) }
    return passedOver
  }

  /// On disk first, then in the journal, then counted.
  private func save(_ finding: Finding, _ number: UInt64) throws {
    let saved = try store.save(finding)
    let fingerprint = finding.fingerprint
    try journal.append(
      .finding(
        fingerprint: fingerprint.id, signature: fingerprint.signature, caseNumber: number, saved: saved))
    let entry = known.match(finding)
    state.add(
      FuzzSummary.Family(
        fingerprint: fingerprint.id, signature: fingerprint.signature, known: entry?.id,
        knownTitle: entry?.title, path: store.path(of: fingerprint.id)), cases: [number])
  }
}

/// What the workers of a fuzz campaign count.
struct FuzzCounts: CampaignCounts {
  var tally = Tally()
  /// The cases that showed something that is counted and no finding.
  var passedOver: [JournalEvent.PassedOver: Set<UInt64>] = [:]

  static func += (counts: inout FuzzCounts, more: FuzzCounts) {
    counts.tally += more.tally
    counts.passedOver.merge(more.passedOver) { $0.union($1) }
  }
}

extension FuzzSummary.Family: CampaignFamily {}

/// How many failures of the compiler have been minimised so far, in all threads.
final class FailureLimits: Sendable {
  private let counts = Mutex<[String: Int]>([:])

  /// Counts one more; false when it is beyond the limit.
  func count(_ signature: String, limit: Int) -> Bool {
    counts.withLock { counts in
      counts[signature, default: 0] += 1
      return counts[signature, default: 0] <= limit
    }
  }

  /// Takes back a count: there was nothing to minimise.
  func giveBack(_ signature: String) {
    counts.withLock { $0[signature, default: 0] -= 1 }
  }
}

extension CompilerFailure {
  /// Whether there is nothing to look into: patience ran out with thousands of rules; the default action is one that
  /// libseccomp refuses and says so (EINVAL of seccomp_init(3)); or no architecture was left in the filter, as all that the
  /// profile lists have another byte order or are unknown to the library.
  func isExpected(for layer: Layer) -> Bool {
    switch result {
    case .failed(.initialise, _, _): true
    case .failed(.export, _, _): !layer.architectures.contains(where: \.isX86Family)
    default: result.isMerelySlow
    }
  }

  /// What failures must share to count as one family before they are minimised.
  var signature: String {
    switch result {
    case .hung(let stage, _, _): "hung \(stage.function)"
    case .crashed(let end, let stage, _): "crashed \(end) \(stage.function)"
    case .failed(let stage, let errno, _): "failed \(errno) \(stage.function)"
    case .compiled: "compiled"
    }
  }
}
