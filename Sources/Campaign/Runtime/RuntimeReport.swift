/// What a container runtime was seen to do with one profile.
package struct RuntimeReport: Codable, Hashable, Sendable {
  package var source: String
  /// What the runtime was given: the file, the profile of a config.json, or what an engine makes of it.
  package var given: String
  package var runtime: Runtime
  package var environment: RunEnvironment
  package var seconds: Double
  package var outcome: Outcome
  /// What was predicted of the outcome: nil when nobody knows how this runtime reads profiles.
  package var predicted: Outcome?
  /// What the runtime said when it could not start the container under the filter that it had installed.
  package var startFailure: String?
  /// What the runtime said when it refused.
  package var message: String?
  package var installations: [Installation]
  /// The filters that bind the container's process.
  package var filters: Int
  /// The last of them, held against what the runtime should install.
  package var proof: Proof?
  /// How the runtime reads the profile other than its text says, and which calls that changes.
  package var explanations: [Explanation]
  package var tally: Tally
  /// Made inside the container.
  package var inside: Inside
  /// What nothing explains.
  package var differences: [Difference]
  package var skipped: [String]

  package struct Runtime: Codable, Hashable, Sendable {
    package var name: String
    package var version: String
    /// The description by which its filter was predicted, `runc 1.1.5`; nil: none fits.
    package var dialect: String?
    /// Whether that describes exactly this version.
    package var isExact: Bool
  }

  package enum Outcome: String, Codable, Hashable, Sendable {
    /// A filter was installed.
    case filtered
    /// The container runs, and no filter binds it.
    case unfiltered
    /// The runtime did not start the container, and no filter binds anything.
    case refused
    /// It did not come to an end in time.
    case hung
  }

  package struct Installation: Codable, Hashable, Sendable {
    /// `seccomp` or `prctl`
    package var route: String
    package var flags: UInt32
    package var instructions: Int
    /// 0, or the errno.
    package var errno: Int
  }

  package struct Proof: Codable, Hashable, Sendable {
    package enum Result: String, Codable, Hashable, Sendable {
      /// For every call.
      case same
      case different
      case undecided
    }
    /// What the filter was compared with.
    package var expectation: String
    package var result: Result
    /// A call on which they differ, and the two answers.
    package var witness: String?
    package var expected: String?
    package var installed: String?
    package var reason: String?
  }

  package struct Explanation: Codable, Hashable, Sendable {
    /// A stable name, `runc-enosys-prologue`.
    package var clause: String
    package var path: String
    package var sentence: String
    /// Where that is known from.
    package var origin: String
    /// Calls made whose answer it changes.
    package var calls: Int
    /// Of these, how many get through although the profile denies them.
    package var opened = 0
    package var witness: Witness?
  }

  /// One call with two answers.
  package struct Witness: Codable, Hashable, Sendable {
    package var call: String
    package var profile: String
    package var filter: String
  }

  package struct Inside: Codable, Hashable, Sendable {
    package var calls = 0
    package var differed = 0
    package var executed = 0
    package var executedDiffered = 0
    /// Why there were none.
    package var reason: String?

    package init() {}
  }

  package struct Difference: Codable, Hashable, Sendable {
    /// Between whom.
    package var parties: String
    /// The calls concerned, by name; empty when it is not about calls.
    package var calls: [String] = []
    package var expected: String
    package var found: String
    package var witness: String?
    package var count: Int
    /// The id of the known disagreement that explains it, if there is one.
    package var known: String?
  }

  /// Whether a filter binds the container that does what the profile says, but for what is known or explained, and
  /// nothing that the profile denies gets through.
  package var agrees: Bool {
    outcome == .filtered && differences.allSatisfy { $0.known != nil }
      && explanations.allSatisfy { $0.opened == 0 }
  }
}
