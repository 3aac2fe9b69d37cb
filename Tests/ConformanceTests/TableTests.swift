import Prediction
import Profiles
import SeccompModel
import Testing

@testable import Conformance

@Suite("The table of the OCI suite")
struct TableTests {
  @Test("has at least 80 cases, valid and invalid")
  func size() {
    let refused = OCICase.table.count { $0.requirement == .refuse }
    #expect(OCICase.table.count >= 80)
    #expect(refused >= 40)
    #expect(OCICase.table.count - refused >= 40)
  }

  @Test("names each case once, in kebab-case")
  func names() {
    var seen: Set<String> = []
    for testCase in OCICase.table {
      #expect(seen.insert(testCase.name).inserted, "\(testCase.name) stands twice")
      #expect(testCase.name.wholeMatch(of: /[a-z0-9]+(-[a-z0-9]+)*/) != nil, "\(testCase.name)")
      #expect(!testCase.claim.isEmpty && !testCase.claim.hasSuffix("."), "\(testCase.name)")
    }
  }

  @Test("gives each claim a source, and each must one in the specification")
  func sources() {
    let documents = ["config-linux.md", "config.md", "runtime.md", "glossary.md"]
    for testCase in OCICase.table {
      #expect(!testCase.sources.isEmpty, "\(testCase.name)")
      if testCase.level == .must {
        #expect(testCase.sources.contains { documents.contains($0.document) }, "\(testCase.name)")
      }
    }
  }

  @Test("asks for verdicts where a profile is to be accepted")
  func verdicts() {
    for testCase in OCICase.table {
      guard case .accept(let acceptance) = testCase.requirement else { continue }
      #expect(!acceptance.verdicts.isEmpty, "\(testCase.name)")
    }
  }

  @Test("covers every action, operator, flag and argument index")
  func coverage() {
    let texts = OCICase.table.compactMap { testCase -> String? in
      guard case .json(let text) = testCase.seccomp, testCase.requirement != .refuse else { return nil }
      return text
    }
    let words =
      [
        "KILL", "KILL_PROCESS", "KILL_THREAD", "TRAP", "ERRNO", "TRACE", "ALLOW", "LOG", "NOTIFY",
      ].flatMap { [#""action": "SCMP_ACT_\#($0)""#, #""defaultAction": "SCMP_ACT_\#($0)""#] }
      + ["NE", "LT", "LE", "EQ", "GE", "GT", "MASKED_EQ"].map { #""op": "SCMP_CMP_\#($0)""# }
      + ["TSYNC", "LOG", "SPEC_ALLOW", "WAIT_KILLABLE_RECV"].map { #""SECCOMP_FILTER_FLAG_\#($0)""# }
      + (0..<6).map { #""index": \#($0),"# }
      + ["SCMP_ARCH_X86_64", "SCMP_ARCH_X86", "SCMP_ARCH_X32"].map { #""\#($0)""# }
    for word in words { #expect(texts.contains { $0.contains(word) }, "\(word)") }
  }

  @Test("judges no call that a runtime needs to start a process by a denial")
  func startingIsAllowed() {
    for testCase in OCICase.table {
      guard case .accept(let acceptance) = testCase.requirement, acceptance.mustStart else { continue }
      for expected in acceptance.verdicts {
        guard expected.call.entryPath == .syscall,
          let name = SyscallTable.x86_64.name(of: expected.call.number),
          SeccompText.startNames.contains(name)
        else { continue }
        #expect(expected.action == .allow, "\(testCase.name): \(name)")
      }
    }
  }

  @Test("knows every name that it takes a runtime to need")
  func startNames() {
    for name in SeccompText.startNames {
      #expect(SyscallTable.x86_64.number(named: name) != nil, "\(name)")
    }
    #expect(Set(SeccompText.startNames).count == SeccompText.startNames.count)
    #expect(SeccompText.startNames == SeccompText.startNames.sorted())
  }

  /// Where this project's reader goes its own way: it takes what the kernel can do with an errno and a profile of an
  /// older form, does not connect to sockets, and reads `archMap` as the containers-common form.
  private static let readOtherwise: Set<String> = [
    "errno-4096", "default-errno-4096", "name-singular", "flag-wait-killable-without-notify",
    "notify-no-socket",
    "arch-map-of-other-formats",
  ]

  @Test("is read by this project's own reader as it says: accepted or refused")
  func ownReader() {
    for testCase in OCICase.table where !Self.readOtherwise.contains(testCase.name) {
      guard case .json(let text) = testCase.seccomp else { continue }
      let isRead = (try? ProfileReader.read(text: text)) != nil
      #expect(isRead == (testCase.requirement != .refuse), "\(testCase.name)")
    }
  }

  @Test("decides each verdict of a profile without overlaps as the policy oracle does")
  func oracle() throws {
    for testCase in OCICase.table {
      guard case .json(let text) = testCase.seccomp, case .accept(let acceptance) = testCase.requirement,
        let document = try? ProfileReader.read(text: text)
      else { continue }
      let profile = document.profile
      // Rules that repeat the default change nothing; compilers refuse them.
      let rules = profile.rules.filter { $0.action != profile.defaultAction }
      let oracle = PolicyOracle(
        rules: rules, defaultAction: profile.defaultAction,
        architectures: profile.architectures.isEmpty
          ? [] : [.x86_64] + profile.architectures.filter { $0 != .x86_64 })
      for expected in acceptance.verdicts where !Self.apartFromOracle.contains(testCase.name) {
        let answer = oracle.answer(to: expected.call.seccompData())
        #expect(
          answer.permits(expected.action.verdict),
          "\(testCase.name): \(CallText.describe(expected.call)): \(answer)")
      }
    }
  }

  /// Conditions on one argument, which runtimes split and the oracle takes together; and a
  /// text that this project's reader takes for another form.
  private static let apartFromOracle: Set<String> = ["args-one-index-twice", "includes-of-other-formats"]
}
