import Prediction
import Testing

@testable import Conformance

@Suite("A fault planted in the model of the kernel")
struct ModelFaultTests {
  static let facts = KernelFacts.assumed(KernelVersion(6, 18))

  /// The scenarios that disagree with a model of these rules.
  static func failing(under rules: KernelRules, in scenarios: [Scenario] = Scenario.table) -> [String] {
    let model = ScriptModel(features: facts.features, rules: rules, isPrivileged: true)
    return scenarios.filter { scenario in
      guard case .script(let claim) = scenario.kind, facts.missing(for: scenario) == nil else { return false }
      return !ScenarioJudge(claim: claim).complaints(about: model.predict(claim.script)).isEmpty
    }.map(\.name)
  }

  @Test("survey")
  func survey() {
    for fault in PlantedFault.all {
      let names = Self.failing(under: fault.rules)
      print("FAULT|\(fault.name)|\(names.count)|\(names.prefix(4).joined(separator: " "))")
    }
  }

  @Test("no fault fails nothing")
  func none() {
    #expect(Self.failing(under: .linux).isEmpty)
  }
}
