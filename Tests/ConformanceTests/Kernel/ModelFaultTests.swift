import Prediction
import Testing

@testable import Conformance

@Suite("A fault planted in the model of the kernel")
struct ModelFaultTests {
  static let facts = KernelFacts.assumed(KernelVersion(6, 18))

  /// The scenarios that disagree with a model of these rules.
  static func failing(under rules: KernelRules, of scenarios: [Scenario] = Scenario.table) -> [String] {
    let model = ScriptModel(features: facts.features, rules: rules, isPrivileged: true)
    return scenarios.filter { scenario in
      guard case .script(let claim) = scenario.kind, facts.missing(for: scenario) == nil else { return false }
      return !ScenarioJudge(claim: claim).complaints(about: model.predict(claim.script)).isEmpty
    }.map(\.name)
  }

  @Test("is noticed: the scenario that the page names for it fails, and so without a kernel")
  func page() throws {
    let rows = try SuitePage.table(under: "## Sabotage").filter { $0.count == 2 }
    let named = Dictionary(rows.map { ($0[0], $0[1]) }) { first, _ in first }
    #expect(PlantedFault.all.count >= 40)
    #expect(Set(named.keys) == Set(PlantedFault.all.map(\.name)))
    for fault in PlantedFault.all {
      let scenarios = Scenario.table.filter { $0.name == named[fault.name] }
      if Self.failing(under: fault.rules, of: scenarios).isEmpty {
        Issue.record(
          "\(fault.name) fails \(Self.failing(under: fault.rules).prefix(4)), not \(named[fault.name] ?? "")")
      }
    }
  }

  @Test("would be the only cause: without one no scenario disagrees with the model")
  func none() {
    #expect(Self.failing(under: .linux) == [])
  }
}
