package import ClassicBPF
package import Profiles
package import SeccompModel

/// One case with everything that a replay needs, as `case.json` and `minimized.json` hold it.
package struct SavedCase: Hashable, Sendable {
  /// The version of the file format that this code writes.
  package static let currentFormat = 1

  package var kind: FindingKind
  /// Where the case came from; nil for one written by hand.
  package var origin: Origin?
  /// The profiles, oldest filter first; more than one when filters are stacked, none when nobody compiled the filters.
  package var profiles: [Profile]
  package var attributes: Attributes
  /// The call whose answers differ; nil when the compiler failed.
  package var witness: Call?
  package var answers: Answers
  /// How far the compiler came, for the `compiler-…` kinds.
  package var stage: CompilerStage?
  /// The raw filters, in the order of `profiles`; they replay without libseccomp.
  package var filters: [Filter]
  package var versions: Versions
  /// Whether it showed again when it was asked alone; what did not is kept as it was seen.
  package var isSteady = true

  package init(
    kind: FindingKind, origin: Origin? = nil, profiles: [Profile], attributes: Attributes = Attributes(),
    witness: Call? = nil, answers: Answers = Answers(), stage: CompilerStage? = nil, filters: [Filter] = [],
    versions: Versions
  ) {
    self.kind = kind
    self.origin = origin
    self.profiles = profiles
    self.attributes = attributes
    self.witness = witness
    self.answers = answers
    self.stage = stage
    self.filters = filters
    self.versions = versions
  }

  /// A campaign's seed and the number of the case in it.
  package struct Origin: Hashable, Sendable {
    package var seed: UInt64
    package var caseNumber: UInt64

    package init(seed: UInt64, caseNumber: UInt64) {
      self.seed = seed
      self.caseNumber = caseNumber
    }
  }

  /// How the compiler was set up.
  package struct Attributes: Hashable, Sendable {
    /// `SCMP_FLTATR_ACT_BADARCH`; nil leaves the library's default, KILL_THREAD.
    package var badArchitectureAction: Action?
    /// `SCMP_FLTATR_CTL_OPTIMIZE`: 1 or 2; nil leaves the library's default, 1.
    package var optimizeLevel: UInt32?
    /// The library's file; nil for the system's.
    package var libraryPath: String?
    /// The other build, for `library-library`.
    package var otherLibraryPath: String?

    package init(
      badArchitectureAction: Action? = nil, optimizeLevel: UInt32? = nil, libraryPath: String? = nil,
      otherLibraryPath: String? = nil
    ) {
      self.badArchitectureAction = badArchitectureAction
      self.optimizeLevel = optimizeLevel
      self.libraryPath = libraryPath
      self.otherLibraryPath = otherLibraryPath
    }
  }

  /// What each party answered to the witness call; nil or empty where it was not asked.
  package struct Answers: Hashable, Sendable {
    /// The policy's verdict; several when matching rules disagree (contested): any of them is right.
    package var policy: [Verdict]
    /// The filter's verdict; of a stack, the one that wins.
    package var filter: Verdict?
    /// The verdict of the other library's filter, for `library-library`.
    package var otherFilter: Verdict?
    /// What the kernel model predicts for the filter's verdict; for `kernel-install`, for the installation.
    package var predicted: Outcome?
    /// What was seen.
    package var kernel: Outcome?

    package init(
      policy: [Verdict] = [], filter: Verdict? = nil, otherFilter: Verdict? = nil, predicted: Outcome? = nil,
      kernel: Outcome? = nil
    ) {
      self.policy = policy
      self.filter = filter
      self.otherFilter = otherFilter
      self.predicted = predicted
      self.kernel = kernel
    }
  }

  /// The library call in which the compiler failed.
  package struct CompilerStage: Hashable, Sendable, Codable {
    /// The function: `seccomp_rule_add`, `seccomp_export_bpf`, …
    package var function: String
    /// The rule given to it, counted from 0 over all rules of the profile; nil outside `seccomp_rule_add`.
    package var rule: Int?
    /// What it returned (a negative errno), for `compiler-error`.
    package var returned: Int32?
    /// The signal that ended it, for `compiler-crash`.
    package var signal: Int32?

    package init(function: String, rule: Int? = nil, returned: Int32? = nil, signal: Int32? = nil) {
      self.function = function
      self.rule = rule
      self.returned = returned
      self.signal = signal
    }
  }

  /// What the answers were got from.
  package struct Versions: Hashable, Sendable, Codable {
    /// `uname -r`
    package var kernel: String
    /// `seccomp_version(3)` as `major.minor.micro`.
    package var libseccomp: String
    /// The other library's, for `library-library`.
    package var otherLibseccomp: String?
    package var tool: String

    package init(kernel: String, libseccomp: String, otherLibseccomp: String? = nil, tool: String) {
      self.kernel = kernel
      self.libseccomp = libseccomp
      self.otherLibseccomp = otherLibseccomp
      self.tool = tool
    }
  }
}

extension SavedCase {
  /// How much there is to read, for choosing the smaller of two cases: rules count most, then conditions,
  /// then the words of the call that are not 0.
  package var weight: Int {
    let rules = profiles.flatMap(\.rules)
    let conditions = rules.reduce(0) { $0 + $1.conditions.count }
    let words = witness.map { call in (0..<Arguments.count).count { call.arguments[$0] != 0 } } ?? 0
    // Where nobody compiled them, the programs are what there is to read.
    let programs = profiles.isEmpty ? filters.reduce(0) { $0 + 1 + $1.count } : 0
    return (profiles.count + rules.count + programs) * 1_000_000 + conditions * 100 + words
  }
}
