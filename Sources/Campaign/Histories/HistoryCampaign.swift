import CLinux
import Foundation
import Generation
import Prediction
import Probing

/// What a campaign of histories is told.
package struct HistoryOptions: Sendable {
  package var seed: UInt64
  package var duration: Duration?
  package var cases: UInt64?
  /// Threads, each with a stage of its own.
  package var workers: Int
  package var directory: String
  package var resumes = false

  package init(seed: UInt64, directory: String, workers: Int) {
    self.seed = seed
    self.directory = directory
    self.workers = workers
  }
}

/// What a campaign of histories did and found: RUN/summary.json.
package struct HistorySummary: Codable, Hashable, Sendable {
  package var seed: UInt64
  package var directory: String
  /// Wall time of this process's part of the run, in seconds.
  package var seconds: Double
  package var workers: Int
  /// `uname -r`
  package var kernel: String
  package var tool: String
  /// Whether the actors have CAP_SYS_ADMIN at first.
  package var isPrivileged: Bool
  /// The kernel's peculiarities that were probed at the start, and whether they hold.
  package var features: [String: Bool]
  /// Histories played in this process's part, a second.
  package var historiesPerSecond: Double
  package var tally: HistoryTally
  package var families: [Family]
  /// Why the run ended: "time", "cases", "interrupted".
  package var ended: String

  package struct Family: Codable, Hashable, Sendable {
    package var fingerprint: String
    package var signature: String
    package var path: String
    /// The least of the cases' numbers.
    package var firstCase: UInt64 = 0
    /// Cases that showed it.
    package var cases = 0
  }

  /// Whether no step was judged and nothing found: the run says nothing then.
  package var isEmpty: Bool { tally.judged == 0 && tally.differing == 0 && families.isEmpty }

  package var agrees: Bool { !isEmpty && families.isEmpty && tally.differing == 0 }
}

/// How far a campaign of histories is.
package struct HistoryProgress: Sendable {
  package var seconds: Double
  package var remaining: Duration?
  package var histories: Int
  /// Of ``histories``, those of the parts of the run before this process.
  package var earlierHistories: Int
  package var steps: Int
  package var families: Int
}

/// A campaign of histories: workers that grow scripts, play them on this kernel, compare each step with the model, and save
/// what differs.
package final class HistoryCampaign: Sendable {
  private let options: HistoryOptions
  private let journal: Journal
  private let store: HistoryStore
  private let state: CampaignState<HistoryTally, HistorySummary.Family>
  private let isNew: Bool

  /// Opens the run's directory. A new run needs one without a journal, a resumed one a journal of histories.
  package init(_ given: HistoryOptions) throws {
    // Before anything is made: a slip in an option should leave nothing behind.
    _ = try Self.resolve(given)
    journal = try Journal(openingRun: given.directory)
    // Again, now that nobody else writes to it: until the lock was free another process may have gone on with the run.
    let (options, old) = try Self.resolve(given)
    self.options = options
    isNew = old == nil
    store = try HistoryStore(openingRun: options.directory)
    state = CampaignState(
      next: old?.completed.end ?? 0, gaps: old?.completed.gaps ?? [],
      counts: HistoryTally(journalled: old?.counters ?? [:]), limit: options.cases)
    for (fingerprint, family) in old?.findings ?? [:] {
      state.add(
        HistorySummary.Family(
          fingerprint: fingerprint, signature: family.signature, path: store.path(of: fingerprint)),
        cases: family.cases)
    }
  }

  /// What is to be done, and the state of the run that is resumed; nil for a new one.
  private static func resolve(_ given: HistoryOptions) throws -> (HistoryOptions, JournalState?) {
    var options = given
    let old = try Journal.state(ofRun: options.directory)
    if let old {
      guard options.resumes else { throw CampaignError.directoryInUse(options.directory) }
      guard old.options[subjectKey] == subject else {
        throw StorageError(
          "resuming", options.directory, detail: "it is a run about something else than histories")
      }
      options.seed = old.seed
    } else if options.resumes {
      throw CampaignError.nothingToResume(options.directory)
    }
    return (options, old)
  }

  static let subjectKey = "subject"
  static let subject = "histories"

  /// Whether a run's directory holds histories.
  package static func owns(_ directory: String) throws -> Bool {
    try Journal.state(ofRun: directory)?.options[subjectKey] == subject
  }

  /// Ends the run soon; safe from any thread.
  package func stop() { state.stop("interrupted") }

  /// Works until time or cases are up, or ``stop()``. `progress` is called a few times a second on this thread.
  package func run(progress: (HistoryProgress) -> Void) throws -> HistorySummary {
    let begin = clinux_monotonic_time()
    let before = state.counts.histories
    let processors = ProcessInfo.processInfo.activeProcessorCount
    let stages = try (0..<max(1, options.workers)).map { index in
      // One processor each, where there are enough: director and actors take turns.
      try Stage(processor: options.workers <= processors ? index : nil)
    }
    let features = try FeatureProbe.detect(on: stages[0])
    let isPrivileged = try FeatureProbe.isPrivileged(on: stages[0])
    let model = ScriptModel(features: features, isPrivileged: isPrivileged)
    let versions = SavedCase.Versions(
      kernel: RunEnvironment.kernelRelease(), libseccomp: "none", tool: toolVersion)
    try journal.append(
      isNew
        ? .started(seed: options.seed, options: journalledOptions, versions: versions)
        : .resumed(versions: versions))
    let crew = CampaignCrew(
      stages.enumerated().map { index, stage in
        HistoryWorker(
          index: index, player: HistoryPlayer(stage: stage, model: model),
          generator: HistoryGenerator(seed: options.seed), seed: options.seed, kernel: versions.kernel,
          state: state, journal: journal, store: store)
      })
    crew.watch(for: options.duration) { time in
      let tally = state.counts
      progress(
        HistoryProgress(
          seconds: time.elapsed / .seconds(1), remaining: time.remaining, histories: tally.histories,
          earlierHistories: before,
          steps: tally.judged, families: state.families.count))
    } stop: {
      state.stop("time")
    }
    if let failure = state.failure { throw failure }
    let seconds = Double(clinux_monotonic_time() - begin) / 1e9
    let tally = state.counts
    let summary = HistorySummary(
      seed: options.seed, directory: options.directory, seconds: seconds, workers: stages.count,
      kernel: versions.kernel, tool: toolVersion, isPrivileged: isPrivileged,
      features: Dictionary(uniqueKeysWithValues: KernelException.ID.allCases.map { ("\($0)", features[$0]) }),
      historiesPerSecond: Double(tally.histories - before) / max(seconds, 0.001), tally: tally,
      families: state.families.sorted { $0.signature < $1.signature }, ended: state.stopReason)
    try FileSystem.replaceDurably(summary: summary, ofRun: options.directory)
    try journal.append(.ended(reason: state.stopReason))
    return summary
  }

  private var journalledOptions: [String: String] {
    var words = [Self.subjectKey: Self.subject, "workers": "\(options.workers)"]
    if let duration = options.duration { words["duration"] = "\(duration)" }
    if let cases = options.cases { words["cases"] = "\(cases)" }
    return words
  }
}
