import SeccompModel
import Targets
import Testing

@testable import Reporting

@Suite("The filters of a process")
struct DumpTextTests {
  @Test("a comparison that was not decided is no statement that the filter means something else")
  func undecided() {
    let different = DumpReport.Answer.different(
      witness: SeccompData(number: 0, architecture: AuditToken.x86_64), expected: Action.errno(1).verdict,
      installed: Action.allow.verdict)
    let open = DumpReport.Answer.undecided(reason: "too many paths")
    #expect(DumpText.words(of: [different, different], source: "p.json") == "none means what p.json says.")
    #expect(
      DumpText.words(of: [different, open], source: "p.json")
        == "none is known to mean what p.json says: 1 could not be compared.")
    #expect(DumpText.words(of: [open, .same], source: "p.json") == "one means what p.json says.")
  }
}
