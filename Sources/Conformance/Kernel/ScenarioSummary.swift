/// What a list of scenarios tells of each.
package struct ScenarioSummary: Codable, Hashable, Sendable {
  package var name: String
  package var group: String
  package var claim: String
  /// Words of the facts without which it is skipped.
  package var needs: [String]
  /// Tests of the kernel's own that claim the same.
  package var covers: [String]

  package init(_ scenario: Scenario) {
    name = scenario.name
    group = scenario.group
    claim = scenario.claim
    needs = scenario.needs.map(\.word)
    covers = scenario.covers
  }
}
