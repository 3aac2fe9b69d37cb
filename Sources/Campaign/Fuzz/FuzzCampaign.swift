import CLinux
import Foundation
import Generation
import Prediction
import Probing
import Profiles

/// A fuzz campaign: workers that generate cases, answer them with all parties, and save what differs.
package final class FuzzCampaign: Sendable {
  private let options: FuzzOptions
  private let journal: Journal
  private let store: FindingStore
  private let known: KnownDisagreements
  private let state: CampaignState<FuzzCounts, FuzzSummary.Family>
  private let isNew: Bool

  /// Opens the run's directory. A new run needs a directory without a journal, a resumed one the journal of its own
  /// seed.
  package init(_ given: FuzzOptions) throws {
    // Before anything is made: a slip in an option should leave nothing behind.
    _ = try Self.resolve(given)
    known = try given.knownDirectory.map { try KnownDisagreements(directory: $0) } ?? KnownDisagreements()
    journal = try Journal(openingRun: given.directory)
    // Again, now that nobody else writes to it: until the lock was free another process may have gone on with the run.
    let (options, old) = try Self.resolve(given)
    self.options = options
    isNew = old == nil
    store = try FindingStore(openingRun: options.directory)
    state = CampaignState(
      next: old?.completed.end ?? 0, gaps: old?.completed.gaps ?? [],
      counts: FuzzCounts(tally: Tally(journalled: old?.counters ?? [:]), passedOver: old?.passedOver ?? [:]),
      limit: options.cases)
    for (fingerprint, family) in old?.findings ?? [:] {
      let entry = known.match(try store.load(fingerprint))
      state.add(
        FuzzSummary.Family(
          fingerprint: fingerprint, signature: family.signature, known: entry?.id, knownTitle: entry?.title,
          path: store.path(of: fingerprint)), cases: family.cases)
    }
  }

  /// What is to be done, and what has been: the options as they are after a look into the run's directory, and its state;
  /// nil for a new run.
  private static func resolve(_ given: FuzzOptions) throws -> (FuzzOptions, JournalState?) {
    var options = given
    if let libraries = given.libraries { options.workbench.libraries = libraries }
    let old = try Journal.state(ofRun: options.directory)
    if let old {
      guard options.resumes else { throw CampaignError.directoryInUse(options.directory) }
      options.seed = old.seed
      let subject = old.subject
      if options.subject == .filters, subject != .filters {
        throw CampaignError.otherSubject(options.directory)
      }
      options.subject = subject
      if subject == .profiles, let corpus = old.options["corpus"], corpus != options.corpusDigest {
        throw CampaignError.otherCorpus(options.directory, then: corpus, now: options.corpusDigest)
      }
      if subject == .profiles, let words = old.options[LibraryWords.key].map(LibraryWords.init(journalled:)) {
        let now = LibraryWords(options.workbench.libraries)
        guard given.libraries == nil || now == words else {
          throw CampaignError.otherLibraries(options.directory, then: words.text, now: now.text)
        }
        options.workbench.libraries = words.libraries
      }
    } else if options.resumes {
      throw CampaignError.nothingToResume(options.directory)
    }
    if options.subject == .filters {
      options.corpus = []
      options.workbench.libraries = []
    }
    return (options, old)
  }

  /// What the run in a directory is about, of those that this campaign does; nil when there is no run.
  package static func subject(ofRun directory: String) throws -> CampaignSubject? {
    try Journal.state(ofRun: directory)?.subject
  }

  /// Ends the run soon; safe from any thread.
  package func stop() { state.stop("interrupted") }

  /// Works until time or cases are up, or ``stop()``. `progress` is called a few times a second on this thread.
  package func run(progress: (FuzzProgress) -> Void) throws -> FuzzSummary {
    let begin = clinux_monotonic_time()
    let before = state.counts.tally.kernelCalls
    let features = try FeatureProbe.detect(options.workbench.probe)
    let benches = try (0..<max(1, options.workers)).map { _ in
      try Workbench(options.workbench, features: features)
    }
    let environment = RunEnvironment.detect(benches[0])
    try journal.append(
      isNew
        ? .started(seed: options.seed, options: options.journalled, versions: environment.versions)
        : .resumed(versions: environment.versions))
    let cases: CampaignCases =
      switch options.subject {
      case .profiles: .profiles(ProfileGenerator(seed: options.seed, corpus: options.corpus), options.effort)
      case .filters: .filters(RawFilterGenerator(seed: options.seed), options.filterEffort)
      }
    let failures = FailureLimits()
    let crew = CampaignCrew(
      benches.enumerated().map { index, bench in
        FuzzWorker(
          index: index, workbench: bench, cases: cases, options: options, environment: environment,
          state: state, failures: failures, journal: journal, store: store, known: known)
      })
    crew.watch(for: options.duration) { time in
      let families = state.families
      progress(
        FuzzProgress(
          seconds: time.elapsed / .seconds(1), remaining: time.remaining, tally: state.counts.tally,
          earlierKernelCalls: before,
          families: families.count, newFamilies: families.count { $0.known == nil }))
    } stop: {
      state.stop("time")
    }
    if let failure = state.failure { throw failure }
    let seconds = Double(clinux_monotonic_time() - begin) / 1e9
    let summary = summary(environment, seconds: seconds, kernelCallsBefore: before)
    try FileSystem.replaceDurably(summary: summary, ofRun: options.directory)
    try journal.append(.ended(reason: state.stopReason))
    return summary
  }

  private func summary(
    _ environment: RunEnvironment, seconds: Double, kernelCallsBefore before: Int
  ) -> FuzzSummary {
    let counts = state.counts
    let tally = counts.tally
    return FuzzSummary(
      seed: options.seed, directory: options.directory, seconds: seconds, workers: options.workers,
      environment: environment, tally: tally,
      kernelCallsPerSecond: Double(tally.kernelCalls - before) / max(seconds, 0.001),
      families: state.families.sorted {
        ($0.known == nil ? 0 : 1, $0.signature) < ($1.known == nil ? 0 : 1, $1.signature)
      },
      failuresNotLookedInto: counts.passedOver[.failureBeyondLimit]?.count ?? 0,
      hangsNotSeenAgain: counts.passedOver[.hangNotSeenAgain]?.count ?? 0, isStrict: options.isStrict,
      ended: state.stopReason)
  }
}

extension JournalState {
  /// Runs of versions that knew profiles only do not say it.
  fileprivate var subject: CampaignSubject { options["subject"].flatMap(CampaignSubject.init) ?? .profiles }
}

/// Why a campaign cannot begin.
package enum CampaignError: Error, Hashable, Sendable, CustomStringConvertible {
  case directoryInUse(String)
  case nothingToResume(String)
  case otherCorpus(String, then: String, now: String)
  case otherLibraries(String, then: String, now: String)
  case otherSubject(String)

  package var description: String {
    switch self {
    case .directoryInUse(let path):
      "\(path) holds a run already; go on with it (--resume \(path)) or name another directory (--output)"
    case .otherCorpus(let path, let then, let now):
      "\(path) was begun with other profiles to mutate (\(then); now \(now)): give the same --corpus"
    case .otherLibraries(let path, let then, let now):
      "\(path) was begun with the libraries \(then), in this order; now \(now): name the same with --libseccomp, or none"
    case .otherSubject(let path): "\(path) holds a run about profiles: go on with it without --filters"
    case .nothingToResume(let path): "\(path) holds no run to resume: there is no journal.jsonl in it"
    }
  }
}

extension FuzzOptions {
  /// Which profiles are mutated: with others the same case number is another case.
  fileprivate var corpusDigest: String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for profile in corpus {
      // FNV-1a over the canonical text; a profile that JSON cannot say does not come from a file.
      for byte in ((try? OCIWriter.text(of: profile)) ?? "-").utf8 {
        hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
      }
    }
    return "\(corpus.count) profiles, \(String(hash, radix: 16))"
  }

  fileprivate var journalled: [String: String] {
    var words = ["workers": "\(workers)", "subject": subject.rawValue]
    switch subject {
    case .profiles:
      words["calls"] = "\(effort.calls)"
      words["corpus"] = corpusDigest
      words[LibraryWords.key] = LibraryWords(workbench.libraries).journalled
    case .filters: words["calls"] = "\(filterEffort.calls)"
    }
    if let duration { words["duration"] = "\(duration)" }
    if let cases { words["cases"] = "\(cases)" }
    return words
  }
}
