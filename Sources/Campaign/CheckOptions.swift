package import Generation
package import Profiles

/// What a check of one profile is told.
package struct CheckOptions: Sendable {
  package var document: ProfileDocument
  package var settings: FilterSettings
  package var workbench: Workbench.Options
  /// Whether the live table's calls are really executed under the filter too; needs root.
  package var runsLive: Bool
  /// Where the findings are saved if answers differ; nil saves nothing.
  package var findingsDirectory: String?
  /// Directory of accepted disagreements, to name those that explain a difference.
  package var knownDirectory: String?
  /// Killing verdicts really made where each costs an installation of its own (the fallback). With
  /// `PTRACE_O_SUSPEND_SECCOMP` all are made.
  package var fallbackKills = 500

  package init(
    document: ProfileDocument, settings: FilterSettings = FilterSettings(),
    workbench: Workbench.Options = Workbench.Options(), runsLive: Bool = true,
    findingsDirectory: String? = nil, knownDirectory: String? = nil
  ) {
    self.document = document
    self.settings = settings
    self.workbench = workbench
    self.runsLive = runsLive
    self.findingsDirectory = findingsDirectory
    self.knownDirectory = knownDirectory
  }
}

/// How far a check is.
package struct CheckProgress: Sendable {
  /// "compiling", "exploring", "calling", …
  package var stage: String
  /// Of the whole check, 0 to 1.
  package var fraction: Double
}
