import Profiles
import SeccompModel
import Testing

@testable import Campaign

@Suite struct FindingsReportTests {
  private func report(_ savedCase: SavedCase) -> String {
    ReportText(Finding(original: savedCase, minimized: savedCase)).text
  }

  @Test("a report says what differs, for which call, who is likely wrong and how to see it")
  func whole() {
    let text = report(Samples.missed)
    for part in [
      "# The profile says ERRNO(42), the filter made from it says ALLOW.", Samples.missed.fingerprint.id,
      Samples.missed.fingerprint.signature, "(0x0, 0x0, 0x5, 0x0, 0x0, 0x0) by syscall", "Default: ALLOW",
      "1. `socket` when `a0 <= 0x3`: ERRNO(42)", "2. `socket` when `a0 <= 0x0 and a2 > 0x29`: ERRNO(42)",
      "| the filter | ALLOW (`0x7fff0000`) |", "union", "Rule 1 alone covers this call",
      "cc repro.c -lseccomp",
      "crosscheck replay policy-filter-", "case 9223372036854775808 of seed 18446744073709551615",
      "Linux 6.18.0",
      "libseccomp 2.5.4",
    ] { #expect(text.contains(part), "\(part) in\n\(text)") }
    #expect(report(Samples.extra).contains("No rule covers this call, so the default action is right."))
  }

  @Test("every kind has its sentence", arguments: FindingKind.allCases)
  func kinds(kind: FindingKind) {
    var saved = Samples.missed
    saved.kind = kind
    saved.answers.otherFilter = Action.log.verdict
    saved.answers.predicted = .returned(-42)
    saved.answers.kernel = .died(signal: 31)
    saved.stage = .init(function: "seccomp_rule_add", rule: 1, returned: -22, signal: 11)
    let told: [FindingKind: [String]] = [
      .policyFilter: ["ERRNO(42)", "ALLOW"], .filterKernel: ["ALLOW", "errno 42", "death by signal 31"],
      .policyKernel: ["ERRNO(42)", "death by signal 31"], .libraryLibrary: ["2.5.4", "another build", "LOG"],
      .compilerHang: ["does not come back", "rule 2"], .compilerCrash: ["signal 11", "rule 2"],
      .compilerError: ["-22", "rule 2"], .kernelInstall: ["installation", "errno 42", "death by signal 31"],
    ]
    let sentence = ReportText.sentence(saved)
    for part in told[kind] ?? ["no words for \(kind)"] { #expect(sentence.contains(part), "\(sentence)") }
    #expect(report(saved).contains("## Who is wrong"))
  }

  @Test("what one rule says, or none, is backed by the manual too")
  func oneRule() {
    var saved = Samples.missed
    saved.profiles[0].entries.removeLast(saved.profiles[0].entries.count - 1)
    #expect(report(saved).contains("seccomp_rule_add(3)"))
    #expect(report(saved).contains("seccomp_init(3)"))
  }

  @Test("a contested answer is reported as contested, and differently acting rules are no union")
  func contested() {
    var saved = Samples.missed
    saved.profiles[0].entries[1].action = .trap(0)
    saved.answers.policy = [Action.errno(42).verdict, Action.trap(0).verdict]
    let text = report(saved)
    #expect(text.contains("ERRNO(42) or TRAP(0)"))
    #expect(text.contains("contested: matching rules disagree"))
    #expect(text.contains("Matching rules ask for different actions."))
    #expect(!text.contains("union"))
  }
}
