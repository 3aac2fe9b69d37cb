package import Scripts

/// One claim about seccomp as this project understands it: what processes do, and what each step must come to.
package struct Scenario: Sendable {
  /// Kebab-case, and kept for ever: people list names of scenarios in their continuous integration.
  package var name: String
  /// The theme.
  package var group = ""
  /// What is claimed, in words.
  package var claim: String
  /// What the kernel, its configuration or the driver must have; without it the scenario is skipped.
  package var needs: [KernelFact]
  /// The tests of tools/testing/selftests/seccomp that claim the same.
  package var covers: [String]
  package var kind: Kind

  package enum Kind: Sendable {
    case script(ScriptedClaim)
    /// A check that is no script. What is wrong, line by line; nothing when the claim holds.
    case native(@Sendable () throws -> [String])
  }

  /// A script with what is written to be right for each of its steps.
  package struct ScriptedClaim: Hashable, Sendable {
    package var script: Script
    /// One for each step.
    package var expectations: [StepExpectation]
    /// What the audit log must say of it.
    package var records: [RecordExpectation]
  }

  /// Builds the script by calling `steps` once.
  package init(
    _ name: String, _ claim: String, needs: [KernelFact] = [], covers: [String] = [],
    _ steps: (inout Play) -> Void
  ) {
    var play = Play()
    steps(&play)
    self.init(name: name, claim: claim, needs: needs, covers: covers, kind: .script(play.claim))
  }

  package init(name: String, claim: String, needs: [KernelFact], covers: [String], kind: Kind) {
    self.name = name
    self.claim = claim
    self.needs = needs
    self.covers = covers
    self.kind = kind
  }

  /// The scenarios with this theme.
  static func group(_ name: String, _ scenarios: [Scenario]) -> [Scenario] {
    scenarios.map { scenario in
      var scenario = scenario
      scenario.group = name
      return scenario
    }
  }
}
