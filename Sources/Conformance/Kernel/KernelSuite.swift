import Prediction
package import Probing
import Scripts

/// Puts every scenario to the kernel that this runs on.
package struct KernelSuite: Sendable {
  package var scenarios: [Scenario]

  /// What is told while the suite runs.
  package struct Progress: Sendable {
    package var finished: Int
    package var total: Int
    package var result: SuiteReport.Result
  }

  /// What a step may take, in nanoseconds, and what it may take when the script is played once more because one did not
  /// come to an end: a busy machine makes no hang.
  private static let patience: Int64 = 2_000_000_000
  private static let secondPatience: Int64 = 15_000_000_000

  /// The scenarios whose name, or whose group's, fits one of `filters`; all without any.
  package init(filters: [String] = []) throws(KernelSuiteError) {
    for filter in filters {
      let pattern = NamePattern(filter)
      guard Scenario.table.contains(where: { pattern.matches($0.name) || pattern.matches($0.group) }) else {
        throw .noScenario(filter)
      }
    }
    let patterns = filters.map(NamePattern.init)
    scenarios = Scenario.table.filter { scenario in
      patterns.isEmpty
        || patterns.contains { $0.matches(scenario.name) || $0.matches(scenario.group) }
    }
  }

  package init(scenarios: [Scenario]) { self.scenarios = scenarios }

  /// Plays the scenarios one after another. Throws what keeps the stage from playing anything.
  package func run(
    on stage: some ScriptStage, facts: KernelFacts, audit: AuditLog?, properties: [SuiteReport.Property],
    progress: (Progress) -> Void = { _ in }
  ) throws -> SuiteReport {
    let clock = ContinuousClock()
    let begin = clock.now
    var results: [SuiteReport.Result] = []
    for scenario in scenarios {
      let start = clock.now
      let judgement = try judgement(of: scenario, on: stage, facts, audit)
      let result = SuiteReport.Result(
        name: scenario.name, group: scenario.group, claim: scenario.claim, verdict: judgement.verdict,
        reason: judgement.reason, seconds: (clock.now - start) / .seconds(1),
        diagnostics: judgement.verdict == .pass || judgement.verdict == .skip
          ? judgement.diagnostics : ["claim: \(scenario.claim)"] + judgement.diagnostics)
      results.append(result)
      progress(Progress(finished: results.count, total: scenarios.count, result: result))
    }
    return SuiteReport(
      suite: "kernel-seccomp", properties: properties, results: results,
      seconds: (clock.now - begin) / .seconds(1))
  }

  private struct Judgement {
    var verdict: SuiteReport.Verdict
    var reason = ""
    var diagnostics: [String] = []
  }

  private func judgement(
    of scenario: Scenario, on stage: some ScriptStage, _ facts: KernelFacts, _ audit: AuditLog?
  ) throws -> Judgement {
    if let missing = facts.missing(for: scenario) {
      return Judgement(verdict: .skip, reason: missing.reasonForSkip)
    }
    switch scenario.kind {
    case .native(let check):
      do {
        let complaints = try check()
        return complaints.isEmpty
          ? Judgement(verdict: .pass)
          : Judgement(verdict: .fail, reason: complaints[0], diagnostics: complaints)
      } catch {
        return Judgement(verdict: .error, reason: "\(error)")
      }
    case .script(let claim): return try judgement(of: claim, on: stage, facts, audit)
    }
  }

  private func judgement(
    of claim: Scenario.ScriptedClaim, on stage: some ScriptStage, _ facts: KernelFacts, _ audit: AuditLog?
  ) throws -> Judgement {
    let judge = ScenarioJudge(claim: claim)
    let ofModel = judge.complaints(about: facts.model.predict(claim.script))
    var outcomes: [StepOutcome] = []
    var ofLog: [String] = []
    if let audit, !claim.records.isEmpty {
      ofLog = try AuditJudge(stage: stage, audit: audit).complaints(about: claim.records) {
        outcomes = try Self.outcomes(of: claim, on: stage)
      }
    } else {
      outcomes = try Self.outcomes(of: claim, on: stage)
    }
    let complaints = judge.complaints(about: outcomes) + ofLog
    let all = complaints + ofModel
    guard let first = all.first else { return Judgement(verdict: .pass) }
    let verdict: SuiteReport.Verdict = outcomes.contains { $0.result == .hung } ? .timeout : .fail
    return Judgement(verdict: verdict, reason: first, diagnostics: all)
  }

  private static func outcomes(
    of claim: Scenario.ScriptedClaim, on stage: some ScriptStage
  ) throws -> [StepOutcome] {
    let outcomes = try stage.play(claim.script, patience: patience)
    guard outcomes.contains(where: { $0.result == .hung }) else { return outcomes }
    return try stage.play(claim.script, patience: secondPatience)
  }
}

/// Why a suite cannot be run.
package enum KernelSuiteError: Error, Hashable, Sendable, CustomStringConvertible {
  case noScenario(String)

  package var description: String {
    switch self {
    case .noScenario(let pattern):
      "no scenario of the suite fits \"\(pattern)\"; groups are "
        + Scenario.groups.joined(separator: ", ") + ", and * stands for any characters"
    }
  }
}
