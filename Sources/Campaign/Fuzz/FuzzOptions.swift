package import Profiles

/// What a fuzz campaign is told.
package struct FuzzOptions: Sendable {
  /// With a case number it names a case: the same profile and the same calls on any machine.
  package var seed: UInt64
  /// Stop after this long; nil with ``cases`` nil means until stopped.
  package var duration: Duration?
  /// Stop after this many cases of the seed, those of resumed runs included.
  package var cases: UInt64?
  /// Threads, each with a probe and a compiler of its own.
  package var workers: Int
  package var subject = CampaignSubject.profiles
  package var effort = CaseEffort()
  package var filterEffort = FilterEffort()
  /// The run's directory: journal, findings, summary.
  package var directory: String
  /// Go on with the run that is in the directory; its seed and the cases it has done are taken from the journal.
  package var resumes = false
  /// Profiles to mutate.
  package var corpus: [Profile] = []
  /// Directory of accepted disagreements (Corpus/known); nil for none.
  package var knownDirectory: String?
  /// Accepted disagreements count as differences too.
  package var isStrict = false
  /// The libseccomp builds to ask, as ``Workbench/Options/libraries`` has them, in place of those. Nil when none was named:
  /// those of the run that is resumed, or the system's.
  package var libraries: [String?]?
  package var workbench = Workbench.Options()

  package init(seed: UInt64, directory: String, workers: Int) {
    self.seed = seed
    self.directory = directory
    self.workers = workers
  }
}
