/// What a fuzz campaign did and found: RUN/summary.json.
package struct FuzzSummary: Codable, Hashable, Sendable {
  package var seed: UInt64
  package var directory: String
  /// Wall time of this process's part of the run, in seconds.
  package var seconds: Double
  package var workers: Int
  package var environment: RunEnvironment
  /// Counts over the whole run, resumed parts included.
  package var tally: Tally
  /// Calls that the kernel answered in this process's part, a second.
  package var kernelCallsPerSecond: Double
  /// The families of findings, new ones first.
  package var families: [Family]
  /// Cases in which libseccomp failed in a way that had been looked into often enough: counted only.
  package var failuresNotLookedInto: Int
  /// Cases in which libseccomp hung, and did not when it was asked again.
  package var hangsNotSeenAgain: Int
  package var isStrict: Bool
  /// Why the run ended: "time", "cases", "interrupted".
  package var ended: String

  package struct Family: Codable, Hashable, Sendable {
    package var fingerprint: String
    package var signature: String
    /// The known disagreement that it is, if it is one: its id and title.
    package var known: String?
    package var knownTitle: String?
    /// Where the files are.
    package var path: String
    /// The least number of a case that showed it.
    package var firstCase: UInt64 = 0
    /// Cases that showed it.
    package var cases = 0
  }

  /// The families that no entry of the known list covers.
  package var newFamilies: [Family] { families.filter { $0.known == nil } }

  /// Whether no case was brought to an end and nothing found: the run says nothing then.
  package var isEmpty: Bool { tally.cases == 0 && families.isEmpty }

  /// Whether the run counts as agreement: cases were tried, and nothing new turned up, or nothing at all in a strict run.
  package var agrees: Bool { !isEmpty && (isStrict ? families.isEmpty : newFamilies.isEmpty) }
}

/// What a run's answers depend on besides its input.
package struct RunEnvironment: Codable, Hashable, Sendable {
  /// `uname -r`
  package var kernel: String
  /// Each library: file, version, API level.
  package var libraries: [String]
  package var tool: String
  /// Whether kills cost one installation in all (`PTRACE_O_SUSPEND_SECCOMP`), or one each.
  package var suspendsSeccomp: Bool
  /// Why not, as an errno; 0 when it does.
  package var suspendErrno: Int32
  /// The kernel's peculiarities that were probed at the start, by name, and whether they hold.
  package var features: [String: Bool]
}
