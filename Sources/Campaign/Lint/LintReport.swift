package import Profiles

/// What `lint` has to say about one profile: remarks, each with what the kernel did when its witnesses were called.
package struct LintReport: Codable, Hashable, Sendable {
  package var source: String
  /// The runtime asked about; nil for any.
  package var runtime: LintRuntime?
  package var environment: RunEnvironment
  package var remarks: [Remark]

  package init(source: String, runtime: LintRuntime?, environment: RunEnvironment, remarks: [Remark]) {
    self.source = source
    self.runtime = runtime
    self.environment = environment
    self.remarks = remarks
  }

  /// Whether some remark is a warning or worse.
  package var isClean: Bool { !remarks.contains { $0.severity >= .warning } }

  /// The remark that only compiling and loading the profile can give.
  package static let noFilter = (
    id: "no-filter", summary: "libseccomp or the kernel refuses the whole profile."
  )

  package struct Remark: Codable, Hashable, Sendable {
    package var rule: String
    package var severity: LintRemark.Severity
    package var path: String
    package var line: Int
    package var column: Int
    package var message: String
    package var fix: String
    package var witnesses: [Witness]
    /// Why there is no witness, where there is none.
    package var withoutWitness: String?
  }

  /// A call, what was meant to become of it, and what became of it.
  package struct Witness: Codable, Hashable, Sendable {
    package var name: String
    package var entryPath: String
    /// The full registers, hexadecimal.
    package var rax: String
    package var arguments: [String]
    package var reading: LintWitness.Reading
    /// What the author probably meant.
    package var meant: String
    /// What the remark says happens.
    package var claim: String
    /// What the policy's text says; nil without a policy.
    package var policy: String?
    /// What the compiled filter returns; nil without a filter.
    package var filter: String?
    /// What happened on this kernel; nil when the call was not made.
    package var kernel: String?
    /// Whether that is what the remark says; nil when the call was not made.
    package var isShown: Bool?
    /// Why the call was not made.
    package var notMade: String?
  }
}
