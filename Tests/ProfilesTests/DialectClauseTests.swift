import Profiles
import SeccompModel
import Testing

@Suite("What a dialect says of a reading")
struct DialectClauseTests {
  private func clauses(_ text: String, _ dialect: RuntimeDialect) throws -> [RuntimeClause] {
    try DialectTests.read(text, dialect).clauses
  }

  @Test("a clause names its place, its figures and its source")
  func sentences() throws {
    let text = """
      {"defaultAction":"SCMP_ACT_ERRNO","defaultErrnoRet":77,"architectures":["SCMP_ARCH_X86"],"syscalls":[
        {"names":["mkdir","frobnicate"],"action":"SCMP_ACT_ALLOW","errnoRet":5},
        {"name":"rmdir","names":["socket"],"action":"SCMP_ACT_ERRNO","errnoRet":65635},
        {"names":["chdir"],"action":"SCMP_ACT_ERRNO","args":[
          {"index":0,"value":1,"op":"SCMP_CMP_GE"},{"index":0,"value":9,"op":"SCMP_CMP_LE"}]}]}
      """
    let found = try clauses(text, .runc)
    #expect(
      found.map(\.description) == [
        "$.syscalls[1].name: runc does not know \"name\", only \"names\": the name given here has no effect",
        "$.syscalls[0].errnoRet: runc ignores the errno 5 of SCMP_ACT_ALLOW, which has none",
        "$.syscalls[1].errnoRet: runc keeps 16 bits of the errno: 65635 acts as 99",
        "$.architectures: SCMP_ARCH_X86_64 is not listed, but it is the machine's own: its calls are filtered as well",
        "$.syscalls[0].names[1]: libseccomp does not know \"frobnicate\": runc passes over it",
        "$.syscalls[2].args: an argument has two conditions here: runc makes each of the 2 conditions a rule of its "
          + "own, so that one of them suffices",
        "$.syscalls[2].action: no errno is given: runc takes 1 (EPERM), not defaultErrnoRet (77)",
        "$: runc answers ENOSYS for numbers above 39 (mkdir) on i386, the highest that the profile names, whatever "
          + "the default action is",
        "$: runc answers ENOSYS on i386 to calls that the profile names, socket (359, by socketcall): what socketcall "
          + "and ipc multiplex does not raise the bound 39",
      ])
    #expect(found.allSatisfy { $0.source.hasPrefix("runc 1.1.5, ") && $0.source.hasSuffix("; measured") })
    #expect(found.first?.name == "runc-singular-name-ignored")
  }

  @Test("the highest name of each ABI stands in the prologue's clause")
  func bounds() throws {
    let text = DialectRow(
      .allowing(["read", "mkdir", "umount"], on: ["X86_64", "X86", "X32"]), runc: "", crun: ""
    ).text
    #expect(
      try clauses(text, .runc).map(\.sentence) == [
        "runc answers ENOSYS for numbers above 83 (mkdir), 39 (mkdir) on i386 and 83 (mkdir) on x32, the highest "
          + "that the profile names, whatever the default action is"
      ])
  }

  @Test("many unknown names are one clause")
  func unknownNames() throws {
    let names = (1...9).map { "\"no\($0)\"" }.joined(separator: ",")
    let text =
      #"{"defaultAction":"SCMP_ACT_ALLOW","syscalls":[{"names":["# + names + #"],"action":"SCMP_ACT_TRAP"}]}"#
    for dialect in RuntimeDialect.all {
      let clause = try #require(try clauses(text, dialect).first { $0.kind == .unknownName })
      #expect(
        clause.description
          == "$.syscalls[0].names: libseccomp does not know \"no1\", \"no2\", \"no3\", \"no4\" and 5 more: "
          + "\(dialect.family.rawValue) passes over them")
    }
  }

  @Test("a rule that libseccomp refuses stops both runtimes")
  func ruleRefusal() {
    let condition = Condition(index: 0, .equal, value: 1)
    let rule = Rule(name: "socket", action: .trap(0), conditions: [condition], entry: 1, position: 2)
    for dialect in RuntimeDialect.all {
      #expect(!dialect.refuses(errno: 0))
      for errno: Int32 in [13, 14, 17, 22] { #expect(dialect.refuses(errno: errno)) }
    }
    // Seen with two actions for one condition, and on i386 with two conditions on the family of socket.
    let runc = RuntimeDialect.runc.refusal(of: rule, errno: 17)
    #expect(runc.message == "file exists")
    #expect(
      runc.clause.description
        == "$.syscalls[1].names[2]: runc does not start with the rule for socket: an earlier rule has the same condition "
        + "and another action (EEXIST)")
    #expect(RuntimeDialect.crun.refusal(of: rule, errno: 17).message == "seccomp_rule_add_array")
    #expect(RuntimeDialect.runc.refusal(of: rule, errno: 22).message == "two checks on same syscall argument")
  }

  @Test("a program longer than the kernel takes stops both runtimes")
  func programRefusal() throws {
    for dialect in RuntimeDialect.all {
      #expect(dialect.refusal(ofProgram: 4096) == nil)
      let refusal = try #require(dialect.refusal(ofProgram: 4097))
      #expect(refusal.clause.sentence.contains("4097 instructions"))
    }
  }

  @Test("the API level that the actions and the listener need")
  func apiLevel() throws {
    let cases: [(String, runc: UInt32, crun: UInt32)] = [
      ("SCMP_ACT_ERRNO", 1, 1), ("SCMP_ACT_LOG", 3, 3), ("SCMP_ACT_KILL_PROCESS", 3, 3),
      ("SCMP_ACT_NOTIFY", 6, 5),
    ]
    for (action, runc, crun) in cases {
      let text =
        #"{"defaultAction":"SCMP_ACT_ALLOW","listenerPath":"/s","syscalls":[{"names":["mkdir"],"action":""#
        + action + #""}]}"#
      for (dialect, level) in [(RuntimeDialect.runc, runc), (.crun, crun)] {
        guard case .filter(let translation) = try DialectTests.read(text, dialect) else {
          Issue.record("\(dialect) refuses \(action)")
          continue
        }
        #expect(translation.apiLevel == level, "\(dialect) \(action)")
      }
    }
  }
}
