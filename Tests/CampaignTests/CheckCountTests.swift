import Campaign
import Profiles
import SeccompModel
import Testing

@Suite("A check's counts")
struct CheckCountTests {
  @Test("every call whose verdict the policy does not permit is counted, once")
  func differences() throws {
    // libseccomp leaves `ld nr` out of the x86 part when its first rule has no number there: see Corpus/known.
    let document = try ProfileReader.read(
      text: """
        {"defaultAction": "SCMP_ACT_ALLOW", "architectures": ["SCMP_ARCH_X86_64", "SCMP_ARCH_X86"],
         "syscalls": [{"names": ["accept"], "action": "SCMP_ACT_ERRNO"}]}
        """)
    let report = try ProfileCheck.run(CheckOptions(document: document, runsLive: false)) { _ in }
    let grouped = report.differences.filter { $0.kind == "policy-filter" }
    try #require(!grouped.isEmpty, "this libseccomp has mended it: another profile is needed here")
    #expect(grouped.reduce(0) { $0 + $1.count } == report.tally.policyDiffered)
    #expect(
      report.tally.policyDecided + report.tally.policyContested + report.tally.policyDiffered
        == report.tally.taggedCalls)
  }
}
