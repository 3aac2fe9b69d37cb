import ClassicBPF
import Compilation
import Foundation
import Generation
import Prediction
import Probing
import Profiles
import SeccompModel
import Testing

@testable import Campaign

@Suite("What a campaign of profiles sees only once")
struct OnceOnlyTests {
  private let scratch: Scratch
  private let journal: Journal
  private let worker: FuzzWorker

  init() throws {
    scratch = try Scratch()
    var options = FuzzOptions(seed: 1, directory: scratch.path, workers: 1)
    // On a busy machine a sound profile shall not count as a hang.
    options.workbench.compilerDeadline = .seconds(5)
    let workbench = try Workbench(options.workbench, features: try FeatureProbe.detect())
    journal = try Journal(openingRun: scratch.path)
    try journal.append(.started(seed: 1, options: [:], versions: Samples.versions))
    worker = FuzzWorker(
      index: 0, workbench: workbench, cases: .profiles(ProfileGenerator(seed: 1, corpus: []), CaseEffort()),
      options: options, environment: RunEnvironment.detect(workbench),
      state: CampaignState(next: 0, gaps: [], counts: FuzzCounts(), limit: nil), failures: FailureLimits(),
      journal: journal, store: try FindingStore(openingRun: scratch.path),
      // Whatever begins with a kind and a slash is known here.
      known: KnownDisagreements(
        entries: FindingKind.allCases.map { kind in
          KnownDisagreements.Entry(
            id: kind.rawValue, title: "all", kind: kind, signatures: ["\(kind.rawValue)/*"], holds: [:],
            why: "",
            evidence: "")
        }))
  }

  private func result(_ saved: SavedCase = Samples.control) throws -> CaseResult {
    var result = CaseResult()
    result.layers = saved.profiles.map { Layer(profile: $0, settings: FilterSettings()) }
    result.filters = [Filter([.return(.allow)])]
    return result
  }

  @Test(
    "a difference that does not show again is saved as it was seen, and is new whatever is known",
    arguments: [FindingKind.policyFilter, .filterKernel, .kernelInstall, .policyKernel])
  func difference(_ kind: FindingKind) throws {
    var result = try result()
    let call = try #require(Samples.control.witness)
    // Policy, filter and kernel say ERRNO(42) to this call.
    result.differences = [
      Difference(
        kind: kind, call: call, verdict: .init(rawValue: 0x7fff_0000), predicted: .returned(0),
        observed: .returned(-5))
    ]
    #expect(try worker.investigate(result, 12) == nil)
    let family = try #require(worker.state.families.first)
    #expect(family.known == nil && family.firstCase == 12 && family.cases == 1)
    #expect(family.signature.hasPrefix("\(kind.rawValue), once/"))
    let finding = try worker.store.load(family.fingerprint)
    #expect(finding.original == finding.minimized && !finding.minimized.isSteady)
    #expect(finding.minimized.witness == call && finding.minimized.profiles == Samples.control.profiles)
    #expect(finding.minimized.answers.kernel == .returned(-5))
    #expect(finding.minimized.filters == result.filters)
    let report = try String(contentsOfFile: family.path + "/report.md", encoding: .utf8)
    #expect(report.contains("Asked again, alone, it did not show"))
    #expect(try Journal.state(ofRun: scratch.path)?.findings[family.fingerprint]?.cases == [12])
  }

  @Test("a hang that does not show again is counted, with its case in the journal; a crash is saved")
  func failures() throws {
    var result = try result()
    result.compilerFailure = CompilerFailure(
      layer: 0, library: 0, result: .hung(stage: .export, elapsed: .milliseconds(60), ruleStatuses: []))
    // More of them than are looked into: none of them was anything.
    for number in 0..<UInt64(FuzzWorker.hangLimit) + 1 {
      #expect(try worker.investigate(result, number) == .hangNotSeenAgain)
    }
    #expect(worker.state.families.isEmpty)
    result.compilerFailure = CompilerFailure(
      layer: 0, library: 0, result: .crashed(.signal(11), stage: .export, ruleStatuses: []))
    #expect(try worker.investigate(result, 9) == nil)
    #expect(worker.state.families.map(\.signature).allSatisfy { $0.hasPrefix("compiler-crash, once/") })
    #expect(worker.state.families.count == 1)
    let passedOver = try #require(try Journal.state(ofRun: scratch.path)).passedOver
    #expect(passedOver == [.hangNotSeenAgain: [0, 1, 2, 3]])
  }

  @Test("failures beyond the limit are counted, and a resumed run still tells of them")
  func beyondLimit() throws {
    var result = try result()
    result.compilerFailure = CompilerFailure(
      layer: 0, library: 0, result: .crashed(.signal(11), stage: .export, ruleStatuses: []))
    for number in 0..<UInt64(FuzzWorker.hangLimit) { #expect(try worker.investigate(result, number) == nil) }
    for number: UInt64 in [7, 8, 8] { #expect(try worker.investigate(result, number) == .failureBeyondLimit) }
    let old = try #require(try Journal.state(ofRun: scratch.path))
    #expect(old.passedOver == [.failureBeyondLimit: [7, 8]])
    var counts = FuzzCounts(tally: Tally(), passedOver: old.passedOver)
    counts += FuzzCounts(tally: Tally(), passedOver: [.failureBeyondLimit: [8, 9]])
    #expect(counts.passedOver[.failureBeyondLimit]?.count == 3)
  }
}
