/// What a suite of named checks found. It knows nothing of what was checked: every suite reports in this form, and
/// every output format is written from it.
package struct SuiteReport: Codable, Hashable, Sendable {
  /// `oci-seccomp`; a word without blanks.
  package var suite: String
  /// What was tested and where (`runtime`, `kernel`, …), in the order in which a reader wants it.
  package var properties: [Property]
  /// In the order of the suite's table, whatever the order they were run in.
  package var results: [Result]
  /// Of the whole run, by the wall.
  package var seconds: Double

  package struct Property: Codable, Hashable, Sendable {
    package var name: String
    package var value: String

    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// How one check ended.
  package enum Verdict: String, Codable, Hashable, Sendable, CaseIterable {
    case pass
    /// Other than most do, where nothing obliges anybody: reported, and no failure.
    case warn
    /// Not judged, for the reason given.
    case skip
    case fail
    /// Not finished in the time it had.
    case timeout
    /// The check itself could not be carried out: this says nothing of what was tested.
    case error

    /// Whether the suite fails with it.
    package var isFailure: Bool {
      switch self {
      case .pass, .warn, .skip: false
      case .fail, .timeout, .error: true
      }
    }
  }

  package struct Result: Codable, Hashable, Sendable {
    /// Unique in the suite; letters, digits and hyphens.
    package var name: String
    /// What the check belongs to.
    package var group: String
    /// What is claimed, in words.
    package var claim: String
    package var verdict: Verdict
    /// Why, in one line; empty for a pass.
    package var reason: String
    /// Of this check, by the wall.
    package var seconds: Double
    /// What helps to understand a verdict other than pass, line by line.
    package var diagnostics: [String]

    package init(
      name: String, group: String, claim: String, verdict: Verdict, reason: String = "", seconds: Double,
      diagnostics: [String] = []
    ) {
      self.name = name
      self.group = group
      self.claim = claim
      self.verdict = verdict
      self.reason = reason
      self.seconds = seconds
      self.diagnostics = diagnostics
    }
  }

  package init(suite: String, properties: [Property], results: [Result], seconds: Double) {
    self.suite = suite
    self.properties = properties
    self.results = results
    self.seconds = seconds
  }

  package func count(of verdict: Verdict) -> Int { results.count { $0.verdict == verdict } }

  /// Whether anything was judged: a check that was skipped says nothing.
  package var isJudged: Bool { results.contains { $0.verdict != .skip } }

  /// Whether something was judged and nothing failed.
  package var succeeded: Bool { isJudged && !results.contains { $0.verdict.isFailure } }
}
