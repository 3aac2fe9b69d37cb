import ClassicBPF
import Profiles
import SeccompModel
import Testing

@testable import Campaign

@Suite(
  .enabled(if: CCompiler.isUsable, "needs cc and seccomp.h: apt-get install gcc libc6-dev libseccomp-dev"),
  .timeLimit(.minutes(30)))
struct FindingsReproTests {
  typealias S = Samples

  /// A case, and what its program must say on the last line.
  struct Row: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var savedCase: SavedCase
    var verdict: String

    init(_ name: String, _ savedCase: SavedCase, _ verdict: String) {
      (testDescription, self.savedCase, self.verdict) = (name, savedCase, verdict)
    }
  }

  /// `call` under `profile`, where the policy is said to answer `policy` and the filter `filter`.
  static func asked(
    _ profile: Profile, _ call: Call, policy: [Action], filter: Action, kind: FindingKind = .policyFilter,
    raw: [Filter] = []
  ) -> SavedCase {
    SavedCase(
      kind: kind, profiles: [profile], witness: call,
      answers: .init(policy: policy.map(\.verdict), filter: filter.verdict), filters: raw,
      versions: S.versions)
  }

  static let returnErrno7 = Filter([Instruction(code: 0x06, k: 0x0005_0007)])

  static let wrongFilters: [Row] = [
    Row("a0<=3 + a0<=0,a2>41 misses", S.missed, "DIFFERS"),
    Row("a0>1 + a0<=2,a2&0x28==0 matches too much", S.extra, "DIFFERS"),
    Row(
      "a0<=2 + a0<2^32 misses",
      S.case_([[S.le(0, 2)], [S.lt(0, 1 << 32)]], Arguments(3), policy: .errno(42), filter: .allow), "DIFFERS"
    ),
    Row(
      "a0!=5,a1==0 + a0!=1 matches too much",
      S.case_(
        [[S.ne(0, 5), S.eq(1, 0)], [S.ne(0, 1)]], Arguments(1, 7), policy: .allow, filter: .errno(42)),
      "DIFFERS"),
    Row("the control is right", S.control, "agrees"),
  ]

  static let failures: [Row] = {
    var sound = S.hang
    sound.profiles = [S.profile([[S.eq(0, 5), S.le(1, 2)], [S.eq(0, 5), S.eq(1, 7)]])]
    // seccomp_rule_add takes errnos below 4095 only.
    var refused = SavedCase(
      kind: .compilerError, profiles: [S.profile([[], []], action: .errno(4095))],
      stage: .init(function: "seccomp_rule_add", rule: 1, returned: -22), versions: S.versions)
    let second = refused
    refused.profiles = [S.profile([[S.eq(0, 1)]]), second.profiles[0]]
    refused.stage?.rule = 2
    var accepted = refused
    accepted.stage?.rule = 0
    return [
      Row("a0>5,a1<=2 + a0>5,a1==7", S.hang, "HANGS: libseccomp did not come back within 3 seconds"),
      Row("the same with a0==5", sound, "agrees: libseccomp made the filter"),
      Row("errno 4095", second, "REFUSED: rule 2: Invalid argument"),
      Row("errno 4095 in the second profile", refused, "REFUSED: rule 2: Invalid argument"),
    ]
  }()

  static let verdicts: [Row] = {
    let call = Call(.syscall, rax: 0xffff_ffff_0000_0029, arguments: Arguments(.max, 1 << 63, 3, 4, 5, 6))
    func only(_ action: Action, default defaultAction: Action = .allow) -> Profile {
      S.profile([[S.eq(0, .max), S.eq(5, 6)]], action: action, default: defaultAction)
    }
    var rows: [Row] = []
    for action: Action in [
      .errno(0), .errno(9), .trap(0), .killThread, .killProcess, .log, .trace(5), .notify,
    ] {
      rows.append(
        Row("\(action) as asked", asked(only(action), call, policy: [action], filter: .allow), "agrees"))
      rows.append(
        Row("\(action) not asked for", asked(only(action), call, policy: [.allow], filter: action), "DIFFERS")
      )
    }
    let one = only(.errno(9))
    rows += [
      Row(
        "contested, and one of them", asked(one, call, policy: [.allow, .errno(9)], filter: .trap(0)),
        "agrees"),
      Row(
        "contested, and none", asked(one, call, policy: [.allow, .errno(8)], filter: .errno(9)), "DIFFERS"),
      Row(
        "LOG is not ALLOW",
        asked(only(.log), call, policy: [.allow], filter: .log), "DIFFERS"),
      Row(
        "KILL_THREAD is not KILL_PROCESS",
        asked(only(.killThread), call, policy: [.killProcess], filter: .killThread), "DIFFERS"),
      Row(
        "everything else is forbidden, exit too",
        asked(only(.allow, default: .killProcess), call, policy: [.allow], filter: .killProcess), "agrees"),
      Row(
        "the vsyscall page is computed",
        asked(
          S.profile([[]], on: "getcpu", action: .errno(3)), Call(.vsyscall, rax: 309), policy: [.allow],
          filter: .errno(3)), "DIFFERS"),
    ]
    return rows
  }()

  static let others: [Row] = {
    var ia32 = S.profile([[S.eq(0, 0x29)]], on: "read", action: .errno(11))
    ia32.architectures = [.x86_64, .x86]
    let read32 = Call(.int80, rax: 3, arguments: Arguments(0x29, 2, 3, 4, 5, 6))
    var stacked = asked(S.profile([[]]), Call(.syscall, rax: 41), policy: [.trap(0)], filter: .errno(42))
    stacked.profiles.insert(S.profile([[]], action: .trap(0)), at: 0)
    var weaker = stacked
    weaker.answers.policy = [Action.errno(42).verdict]
    let raw = asked(
      S.profile([[]]), Call(.syscall, rax: 41), policy: [], filter: .errno(7), kind: .filterKernel,
      raw: [returnErrno7])
    var wrongRaw = raw
    wrongRaw.answers.filter = Action.errno(8).verdict
    var refused = SavedCase(
      kind: .kernelInstall, profiles: [], answers: .init(predicted: .returned(-22)),
      filters: [Filter([Instruction(code: 0x00)])], versions: S.versions)
    refused.attributes.optimizeLevel = 2
    var accepted = refused
    accepted.filters = [returnErrno7]
    var attributes = asked(
      S.profile([[]]), Call(.int80, rax: 3), policy: [.errno(99)], filter: .killThread)
    attributes.attributes = .init(badArchitectureAction: .errno(99), optimizeLevel: 2)
    var library = asked(S.profile([[]]), Call(.syscall, rax: 41), policy: [], filter: .errno(42))
    library.kind = .libraryLibrary
    library.answers.otherFilter = Action.allow.verdict
    return [
      Row("int $0x80 as asked", asked(ia32, read32, policy: [.errno(11)], filter: .allow), "agrees"),
      Row("int $0x80 otherwise", asked(ia32, read32, policy: [.allow], filter: .errno(11)), "DIFFERS"),
      Row("the stricter of a stack wins", stacked, "agrees"),
      Row("the newer of a stack does not", weaker, "DIFFERS"),
      Row("a raw filter as it says", raw, "agrees"),
      Row("a raw filter otherwise", wrongRaw, "DIFFERS"),
      Row("a program that does not return is refused", refused, "agrees"),
      Row("one that does is not", accepted, "DIFFERS"),
      Row("the attributes are set", attributes, "agrees"),
      Row("the first library's answer", library, "agrees"),
    ]
  }()

  static let dangerous: [Row] = [
    ("reboot", 169), ("exit_group", 231), ("kill", 62), ("seccomp", 317), ("prctl", 157), ("execve", 59),
    ("rt_sigreturn", 15), ("vhangup", 153),
  ].map { name, number in
    Row(
      "\(name) is let through and answered by the shield",
      asked(
        Profile(defaultAction: .allow), Call(.syscall, rax: number), policy: [.allow], filter: .errno(1)),
      "agrees")
  }

  @Test("known wrong filters show on this machine, their control does not", arguments: wrongFilters)
  func knownWrong(row: Row) throws { try check(row) }

  @Test("a hang ends after three seconds, a refusal is told", arguments: failures)
  func compilerFailures(row: Row) throws { try check(row) }

  @Test("every action is told from every other", arguments: verdicts)
  func everyAction(row: Row) throws { try check(row) }

  @Test("entry paths, stacks, raw programs and attributes", arguments: others)
  func everyForm(row: Row) throws { try check(row) }

  @Test("a dangerous call never runs", arguments: dangerous)
  func dangerousCalls(row: Row) throws { try check(row) }

  @Test("names with quotes, question marks and comment ends stay inside their strings")
  func oddNames() throws {
    var saved = S.control
    saved.profiles[0].entries.append(
      Profile.Entry(names: ["\"); exit(9); /* */ ??/ \\ \n é", "nosuchcall"], action: .errno(1)))
    saved.versions.libseccomp = "2.5.4 */ int oops;"
    let result = try CCompiler.build(saved)
    #expect(result.output.hasSuffix("agrees\n"))
    #expect(result.output.contains("does not know nosuchcall"))
  }

  private func check(_ row: Row) throws {
    let result = try CCompiler.build(row.savedCase)
    #expect(result.output.hasSuffix(row.verdict + "\n"), "\(result.output)")
    #expect(result.status == (row.verdict.hasPrefix("agrees") ? 0 : 1), "\(result.output)")
  }
}
