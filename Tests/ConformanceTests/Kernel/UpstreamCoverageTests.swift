import Testing

@testable import Conformance

@Suite("The kernel's own seccomp tests")
struct UpstreamCoverageTests {
  @Test("are 95 in Linux 6.1 and 111 in 6.18")
  func count() {
    #expect(Set(UpstreamNames.linux6_1).count == 95)
    #expect(Set(UpstreamNames.linux6_1 + UpstreamNames.addedBy6_18).count == 111)
  }

  @Test("are each covered by a scenario, and scenarios claim to cover no others")
  func covered() {
    let known = Set(UpstreamNames.linux6_1 + UpstreamNames.addedBy6_18)
    let covered = Set(Scenario.table.flatMap(\.covers))
    #expect(known.subtracting(covered).sorted() == [])
    #expect(covered.subtracting(known).sorted() == [])
  }

  @Test("stand in the page's table with the scenarios that cover them")
  func page() throws {
    let rows = try SuitePage.table(under: "## The kernel's own tests").filter { $0.count == 2 }
    let written = Dictionary(rows.map { ($0[0], $0[1]) }) { first, _ in first }
    for name in UpstreamNames.linux6_1 + UpstreamNames.addedBy6_18 {
      let scenarios = Scenario.table.filter { $0.covers.contains(name) }.map(\.name).joined(separator: ", ")
      #expect(written[name] == scenarios, "| `\(name)` | \(scenarios) |")
    }
    #expect(rows.count == 111)
  }
}
