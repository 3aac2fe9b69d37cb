package import Conformance

/// The scenarios of a suite, group by group, for people.
package struct ScenarioListText {
  let scenarios: [ScenarioSummary]

  package init(_ scenarios: [ScenarioSummary]) { self.scenarios = scenarios }

  package var text: String {
    var lines: [String] = []
    var group = ""
    for scenario in scenarios {
      if scenario.group != group {
        if !group.isEmpty { lines.append("") }
        group = scenario.group
        lines.append("\(group): \(scenarios.count { $0.group == group })")
      }
      lines.append("  \(scenario.name): \(scenario.claim)")
    }
    return lines.map { $0 + "\n" }.joined()
  }
}
