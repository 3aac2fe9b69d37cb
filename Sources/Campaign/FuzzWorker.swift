import Compilation
import Prediction
import Probing
import SeccompModel

/// One thread of a campaign, with a workbench of its own.
struct FuzzWorker {
  let index: Int
  let workbench: Workbench
  let cases: CampaignCases
  let options: FuzzOptions
  let environment: RunEnvironment
  let state: CampaignState
  let journal: Journal
  let store: FindingStore
  let known: KnownDisagreements

  /// Cases that one worker takes at a time: enough to make a line of the journal cheap.
  static let chunk: UInt64 = 64
  /// Failures of the compiler in one family of rules that are minimised in a run; each question of a hang costs the
  /// compiler's whole deadline.
  static let hangLimit = 3

  /// Takes cases until there are no more.
  func work() {
    do {
      while let cases = state.take(Self.chunk) { try work(on: cases) }
    } catch {
      state.fail(error)
    }
  }

  private func work(on cases: Range<UInt64>) throws {
    var tally = Tally()
    var notMinimised = 0
    var done = cases.lowerBound
    for number in cases {
      if state.isStopping { break }
      let result = try self.cases.run(number, on: workbench)
      notMinimised += try investigate(result, number)
      tally += result.tally
      done = number + 1
    }
    guard done > cases.lowerBound else { return }
    try journal.append(.completed(worker: index, cases: cases.lowerBound..<done, counters: tally.journalled))
    state.add(tally, notMinimised: notMinimised)
  }

  /// Minimises and saves what the case showed. Returns how many differences were only counted.
  private func investigate(_ result: CaseResult, _ number: UInt64) throws -> Int {
    let origin = SavedCase.Origin(seed: options.seed, caseNumber: number)
    var investigation = Investigation(workbench: workbench, environment: environment)
    // A program has many places to make plainer, and a question costs a tenth of a compilation.
    if options.subject == .filters { investigation.attempts = 8000 }
    var notMinimised = 0
    if let failure = result.compilerFailure, !failure.isExpected(for: result.layers[failure.layer]) {
      if state.countCompilerFailure(failure.signature, limit: Self.hangLimit) {
        if let finding = try investigation.finding(of: failure, in: result.layers, origin: origin) {
          try save(finding, number)
        }
      } else {
        notMinimised += 1
      }
    }
    // What user space notices of a policy–filter difference is evidence of that one.
    for difference in result.differences where difference.kind != .policyKernel {
      if let finding = try investigation.finding(of: difference, in: result.layers, origin: origin) {
        try save(finding, number)
      } else {
        notMinimised += 1
      }
    }
    return notMinimised
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
        knownTitle: entry?.title, path: store.path(of: fingerprint.id), firstCase: number, cases: 1))
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
