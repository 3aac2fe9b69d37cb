import ClassicBPF
import Compilation
import Glibc
import Profiles
import SeccompModel
import Testing

/// Rules over a default action, and what seccomp_rule_add(3) answers to each.
struct RuleCase: Sendable, CustomTestStringConvertible {
  let claim: String
  var defaultAction = Action.errno(1)
  var architectures: [Architecture] = []
  var attributes = FilterAttributes()
  let rules: [Rule]
  let expected: [RuleStatus]

  var testDescription: String { claim }
}

private func rule(_ name: String, _ action: Action, _ conditions: Condition...) -> Rule {
  Rule(name: name, action: action, conditions: conditions)
}

private let ruleCases: [RuleCase] = [
  RuleCase(
    claim: "EACCES: the action is the default one, with its errno",
    rules: [rule("read", .errno(1)), rule("read", .errno(2)), rule("write", .errno(1), .equal(0, 3))],
    expected: [.refused(errno: EACCES), .added, .refused(errno: EACCES)]),
  RuleCase(
    claim: "EEXIST: the same condition with another action",
    rules: [
      rule("read", .allow, .equal(0, 3)), rule("read", .log, .equal(0, 3)), rule("read", .log, .equal(0, 4)),
    ],
    expected: [.added, .refused(errno: EEXIST), .added]),
  RuleCase(
    claim: "EEXIST: on x86 the argument of socket becomes socketcall's, and two rules collide",
    architectures: [.x86_64, .x86],
    rules: [rule("socket", .allow, .equal(0, 1)), rule("socket", .log, .equal(0, 2))],
    expected: [.added, .refused(errno: EEXIST)]),
  RuleCase(
    claim: "EINVAL: an argument twice in one rule",
    rules: [
      rule("read", .allow, .equal(2, 3), .equal(2, 4)), rule("read", .allow, .equal(2, 3), .equal(1, 4)),
    ],
    expected: [.refused(errno: EINVAL), .added]),
  RuleCase(
    claim: "EINVAL: an argument above 5",
    rules: [
      rule("read", .allow, .equal(5, 3)), rule("write", .allow, .equal(6, 3)),
      rule("close", .allow, .equal(.max, 3)),
    ],
    expected: [.added, .refused(errno: EINVAL), .refused(errno: EINVAL)]),
  RuleCase(
    claim: "EINVAL: more than six conditions",
    rules: [
      Rule(name: "mmap", action: .allow, conditions: (0..<6).map { .equal($0, 1) }),
      Rule(name: "write", action: .allow, conditions: (0..<7).map { .equal($0 % 6, 1) }),
    ],
    expected: [.added, .refused(errno: EINVAL)]),
  RuleCase(
    claim: "EINVAL: data that the library does not take in an action",
    rules: [
      rule("read", .errno(4094)), rule("write", .errno(4095)), rule("close", .errno(65535)),
      rule("open", .trap(1)), rule("dup", .trace(65535)), rule("dup2", .unknown(0x7fff_0001)),
      rule("dup3", .unknown(0x1234_0000)), rule("mmap", .errno(0)),
    ],
    expected: [
      .added, .refused(errno: EINVAL), .refused(errno: EINVAL), .refused(errno: EINVAL), .added,
      .refused(errno: EINVAL), .refused(errno: EINVAL), .added,
    ]),
  RuleCase(
    claim: "EINVAL: an action above the API level",
    attributes: FilterAttributes(apiLevel: 1),
    rules: [
      rule("read", .notify), rule("write", .log), rule("close", .killProcess), rule("dup", .killThread),
    ],
    expected: [.refused(errno: EINVAL), .refused(errno: EINVAL), .refused(errno: EINVAL), .added]),
  RuleCase(
    claim: "a name that no architecture has is not added, and those after it are",
    rules: [
      rule("frobnicate", .allow), rule("", .allow), rule("read\0write", .allow), rule("READ", .allow),
      rule(String(repeating: "a", count: 100_000), .allow), rule("läs", .allow), rule("read", .allow),
    ],
    expected: [
      .unknownName, .unknownName, .unknownName, .unknownName, .unknownName, .unknownName, .added,
    ]),
  RuleCase(
    claim: "an unconditional rule is accepted over a conditional one and under another",
    rules: [
      rule("read", .log, .equal(0, 1)), rule("read", .allow), rule("read", .log),
      rule("read", .trap(0), .equal(0, 2)),
    ],
    expected: [.added, .added, .added, .added]),
]

@Suite("Every rule's answer is kept")
struct RuleStatusTests {
  @Test("the library's answers are those of its manual", arguments: ruleCases)
  func answers(_ example: RuleCase) throws {
    let result = try compiled(
      CompilationRequest(
        rules: example.rules, defaultAction: example.defaultAction, architectures: example.architectures,
        attributes: example.attributes))
    #expect(result.ruleStatuses == example.expected)
  }

  @Test("a call that only another architecture has is accepted and leaves nothing in the program")
  func pseudoNumber() throws {
    let with = try compiled(
      CompilationRequest(
        rules: [rule("read", .allow), rule("_llseek", .log), rule("socketcall", .log)],
        defaultAction: .errno(1)))
    let without = try compiled(CompilationRequest(rules: [rule("read", .allow)], defaultAction: .errno(1)))
    #expect(with.ruleStatuses == [.added, .added, .added])
    #expect(with.filter == without.filter)

    let onX86 = try compiled(
      CompilationRequest(
        rules: [rule("read", .allow), rule("_llseek", .log)], defaultAction: .errno(1), architectures: [.x86])
    )
    #expect(onX86.filter.returns.contains(0x7ffc_0000))
  }

  @Test("a refused rule leaves the program as if it had not been asked")
  func refusedRuleLeavesNothing() throws {
    let with = try compiled(
      CompilationRequest(
        rules: [rule("read", .allow, .equal(0, 3)), rule("read", .log, .equal(0, 3))],
        defaultAction: .errno(1)))
    let without = try compiled(
      CompilationRequest(rules: [rule("read", .allow, .equal(0, 3))], defaultAction: .errno(1)))
    #expect(with.filter == without.filter)
  }

  @Test("a default action that the library does not take fails the compilation where it begins")
  func refusedDefaultAction() throws {
    var compiler = try Compiler()
    for action in [Action.errno(4095), .trap(7), .unknown(0x1234_0000)] {
      let result = try compiler.compile(
        CompilationRequest(rules: [rule("read", .allow)], defaultAction: action))
      #expect(result == .failed(stage: .initialise, errno: EINVAL, ruleStatuses: [.notAnswered]))
    }
  }

  @Test("all seven operators reach the library with their values")
  func operators() throws {
    for comparison in Condition.Comparison.allCases {
      let condition = Condition(
        index: 3, comparison, value: 0x1_2345_6789, valueTwo: 0x1_0000_0089)
      let result = try compiled(
        CompilationRequest(rules: [rule("read", .allow, condition)], defaultAction: .errno(1)))
      for value: UInt64 in [0, 0x89, 0x1_0000_0089, 0x1_2345_6788, 0x1_2345_6789, 0x1_2345_678a, .max] {
        var arguments = Arguments()
        arguments[3] = value
        let verdict = result.filter.evaluate(
          SeccompData(number: 0, architecture: AuditToken.x86_64, arguments: arguments))
        #expect(verdict == (comparison.holds(value, condition) ? Action.allow : .errno(1)).verdict)
      }
    }
  }

  @Test("four thousand rules cross, each with its answer")
  func manyRules() throws {
    let names = SyscallTable.x86_64.entries.map(\.name)
    let rules = (0..<4000).map { index in
      // Every name is unknown to the library in the odd places.
      rule(index % 2 == 0 ? names[index / 2 % names.count] : "no_such_call_\(index)", .allow)
    }
    let result = try compiled(CompilationRequest(rules: rules, defaultAction: .errno(1)))
    #expect(result.ruleStatuses.count == 4000)
    #expect(result.ruleStatuses.enumerated().allSatisfy { $1 == .unknownName || $0 % 2 == 0 })
    #expect(result.ruleStatuses.filter { $0 == .added }.count > 1000)
  }

  @Test("more than the shared memory holds is an error, and the compiler goes on")
  func tooMuch() throws {
    var compiler = try Compiler()
    let long = Rule(name: String(repeating: "x", count: 40 << 20), action: .allow)
    #expect(throws: CompilerError.self) {
      _ = try compiler.compile(CompilationRequest(rules: [long], defaultAction: .errno(1)))
    }
    let result = try compiler.compiled(
      CompilationRequest(rules: [rule("read", .allow)], defaultAction: .errno(1)))
    #expect(result.ruleStatuses == [.added])
  }
}

extension Condition.Comparison {
  /// seccomp_rule_add(3): all comparisons are of unsigned 64-bit values.
  fileprivate func holds(_ argument: UInt64, _ condition: Condition) -> Bool {
    switch self {
    case .notEqual: argument != condition.value
    case .lessThan: argument < condition.value
    case .lessOrEqual: argument <= condition.value
    case .equal: argument == condition.value
    case .greaterOrEqual: argument >= condition.value
    case .greaterThan: argument > condition.value
    case .maskedEqual: argument & condition.value == condition.valueTwo & condition.value
    }
  }
}
