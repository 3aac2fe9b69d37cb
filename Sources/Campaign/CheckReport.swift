/// What `check` found about one profile.
package struct CheckReport: Codable, Hashable, Sendable {
  package var source: String
  package var environment: RunEnvironment
  package var seconds: Double
  package var tally: Tally
  package var coverage: Coverage
  /// How often each verdict was given, by its name (`ERRNO(1)`), over all calls.
  package var verdicts: [String: Int]
  /// The same by call and way into the kernel; nil in reports of older versions.
  package var answers: [CallAnswers]?
  /// What the reader of the profile remarked: unknown names and fields, entries left out.
  package var remarks: [String]
  /// Rules that libseccomp did not take.
  package var refusals: [Refusal]
  /// Calls on which matching rules disagree, and what libseccomp chose.
  package var contested: [ContestedGroup]
  /// Where answers differ.
  package var differences: [DifferenceGroup]
  /// Checks that could not run, with the reason.
  package var skipped: [String]
  /// Whether the filter means what the policy does, for all inputs; nil when there is no filter.
  package var proof: Proof?

  /// Whether every answer agrees, every rule was taken, but for rules that repeat the default, and no way in the filter that
  /// some call takes was left out.
  package var agrees: Bool {
    differences.isEmpty && refusals.allSatisfy(\.isHarmless) && proof?.result != .differs
      && coverage.edges?.missed.isEmpty != false
  }

  package struct Proof: Codable, Hashable, Sendable {
    package enum Result: String, Codable, Hashable, Sendable {
      case proved, differs
      /// The solver could not tell; that is no agreement and no difference.
      case notTold
    }

    package var result: Result
    /// An input that the two answer differently.
    package var witness: String?
    package var reason: String?
  }

  package struct Coverage: Codable, Hashable, Sendable {
    package var instructions: Int
    /// Instructions that some call reaches; the others were proved unreachable.
    package var reachable: Int
    package var executed: Int
    /// Disassembled instructions that no call reaches.
    package var unreachable: [String]
    /// Reachable, or not proved otherwise, and never run.
    package var missed: [String]
    /// Sides of conditional jumps; nil in reports of older versions.
    package var edges: Edges?

    /// Executed of reachable, 0 to 1.
    package var share: Double { reachable == 0 ? 1 : Double(executed) / Double(reachable) }
  }

  /// Sides of conditional jumps, and ways through the program from its first instruction to a return.
  package struct Edges: Codable, Hashable, Sendable {
    /// Sides that some call to be made here takes, and those of them that the calls made took: without a fault of ours all.
    package var feasible: Int
    package var taken: Int
    /// Proved: no call on x86 takes them.
    package var impossible: Int
    /// Taken by calls that this kernel, or the probe's place in memory, does not let be made.
    package var beyond: Int
    /// The solver did not tell.
    package var open: Int
    /// Feasible and taken by none of the calls made, disassembled.
    package var missed: [String]
    /// Ways through the program, whether some call goes them or not.
    package var paths: Double
    /// Ways that a call goes, each of which one was made for; nil where there are too many, so that it is the sides that
    /// all are taken.
    package var pathsTaken: Int?
    /// Proved: no call to be made here goes them.
    package var pathsImpossible: Double?
    /// The solver did not tell.
    package var pathsOpen: Double?
  }

  package struct Refusal: Codable, Hashable, Sendable {
    /// `syscalls[3].names[0]`
    package var place: String
    package var name: String
    package var action: String
    /// The errno of seccomp_rule_add(3); 0 for a name that the library does not know.
    package var errno: Int32
    package var reason: String
    /// The rule repeats the default action, or its name exists on none of the architectures: nothing is lost.
    package var isHarmless: Bool
  }

  package struct ContestedGroup: Codable, Hashable, Sendable {
    /// The call's name and ABI, `clone (x86_64)`.
    package var call: String
    /// What the matching rules ask for.
    package var candidates: [String]
    /// What libseccomp's filter does, and for how many of the calls made.
    package var chosen: [String: Int]
    /// One such call.
    package var witness: String
  }

  package struct DifferenceGroup: Codable, Hashable, Sendable {
    package var kind: String
    package var call: String
    package var policy: String?
    package var filter: String?
    package var otherFilter: String?
    package var predicted: String?
    package var observed: String?
    package var witness: String
    package var count: Int
    /// The id of the known disagreement that explains it, if there is one.
    package var known: String?
    /// Where the minimised finding was saved.
    package var path: String?
  }
}
