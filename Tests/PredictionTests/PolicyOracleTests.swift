import Prediction
import Profiles
import SeccompModel
import Testing

@Suite("How rules combine")
struct PolicyOracleTests {
  private func personality(_ action: Action, _ conditions: Condition...) -> Rule {
    Rule(name: "personality", action: action, conditions: conditions)
  }

  private let fallback = PolicyAnswer.decided(Action.killProcess.verdict, by: .defaultAction)

  @Test("rules with one action are a union, decided by the first that matches")
  func union() {
    let oracle = PolicyOracle(
      rules: [
        personality(.allow, Condition(index: 0, .equal, value: 1)),
        personality(.allow, Condition(index: 0, .lessThan, value: 0x1_0000_0000)),
        personality(.allow, Condition(index: 1, .notEqual, value: 0)),
      ], defaultAction: .killProcess)
    #expect(oracle.answer(to: seen(Number.personality, 1)) == .rule(0, .allow))
    #expect(oracle.answer(to: seen(Number.personality, 5)) == .rule(1, .allow))
    #expect(oracle.answer(to: seen(Number.personality, .max, 1)) == .rule(2, .allow))
    #expect(oracle.answer(to: seen(Number.personality, .max, 0)) == fallback)
    #expect(oracle.answer(to: seen(Number.getpid, 1)) == fallback)
  }

  @Test("matching rules with different actions are contested between exactly these actions")
  func contested() {
    let oracle = PolicyOracle(
      rules: [
        personality(.allow),
        personality(.errno(1), Condition(index: 0, .greaterThan, value: 9)),
        personality(.errno(2), Condition(index: 0, .greaterThan, value: 99)),
        personality(.errno(1), Condition(index: 0, .equal, value: 100)),
      ], defaultAction: .killProcess)
    #expect(oracle.answer(to: seen(Number.personality, 9)) == .rule(0, .allow))
    #expect(
      oracle.answer(to: seen(Number.personality, 10))
        == .contested((.allow, [.rule(0)]), (.errno(1), [.rule(1)])))
    let all = oracle.answer(to: seen(Number.personality, 100))
    #expect(
      all == .contested((.allow, [.rule(0)]), (.errno(1), [.rule(1), .rule(3)]), (.errno(2), [.rule(2)])))
    #expect(all.permits(Action.errno(2).verdict))
    #expect(!all.permits(Action.errno(3).verdict))
    #expect(!all.permits(Action.killProcess.verdict), "a matching rule takes the default out")
  }

  @Test("errno data count, data of actions that read none do not")
  func meaning() {
    let answer = PolicyAnswer.rule(0, .errno(5))
    #expect(answer.permits(Verdict(rawValue: 0x0005_0005)))
    #expect(!answer.permits(Verdict(rawValue: 0x0005_0006)))
    #expect(PolicyAnswer.rule(0, .allow).permits(Verdict(rawValue: 0x7fff_1234)))
    #expect(!PolicyAnswer.rule(0, .trap(0)).permits(Verdict(rawValue: 0x0003_0001)))
    #expect(!PolicyAnswer.rule(0, .killThread).permits(Action.killProcess.verdict))
  }

  @Test("a name that no table knows matches nothing")
  func unknownName() {
    let oracle = PolicyOracle(
      rules: [Rule(name: "no_such_call", action: .allow)], defaultAction: .killProcess)
    for number in [0, Number.getpid, 500, 0x3fff_ffff] {
      #expect(oracle.answer(to: seen(number)) == fallback)
    }
  }

  @Test("an empty list of architectures is x86_64; every other token gets the bad-architecture action")
  func architectures() {
    let oracle = PolicyOracle(
      rules: [Rule(name: "getpid", action: .allow)], defaultAction: .errno(1), architectures: [],
      badArchitectureAction: .trap(3))
    let bad = PolicyAnswer.decided(Action.trap(3).verdict, by: .badArchitecture)
    #expect(oracle.answer(to: seen(Number.getpid)) == .rule(0, .allow))
    #expect(oracle.answer(to: seen(Number.i386Getpid, token: AuditToken.i386)) == bad)
    #expect(oracle.answer(to: seen(Number.getpid, token: 0xc000_00b7)) == bad, "AUDIT_ARCH_AARCH64")
    #expect(oracle.answer(to: seen(Number.x32Getpid)) == bad)
    let native = PolicyOracle(rules: [], defaultAction: .allow)
    #expect(
      native.answer(to: seen(0, token: AuditToken.i386))
        == .decided(Action.killThread.verdict, by: .badArchitecture),
      "SCMP_ACT_KILL is the documented default")
  }

  static let negative: [UInt32] = [0x8000_0000, 0x8000_0027, 0xc000_0027, 0xffff_fffe, 0xffff_ffff]

  @Test("bit 30 tells x32 from x86_64; bit 31 belongs to neither")
  func x32() {
    let rules = [Rule(name: "getpid", action: .allow)]
    let bad = PolicyAnswer.decided(Action.trap(3).verdict, by: .badArchitecture)
    let fallback = PolicyAnswer.decided(Action.errno(1).verdict, by: .defaultAction)
    let open = PolicyAnswer.contested((.errno(1), [.defaultAction]), (.trap(3), [.badArchitecture]))
    let listed: [([Architecture], native: PolicyAnswer, x32: PolicyAnswer, negative: PolicyAnswer)] = [
      ([.x86_64], .rule(0, .allow), bad, open),
      ([.x32], bad, .rule(0, .allow), open),
      ([.x86_64, .x32], .rule(0, .allow), .rule(0, .allow), fallback),
      ([.x86], bad, bad, bad),
    ]
    for (architectures, native, x32, negative) in listed {
      let oracle = PolicyOracle(
        rules: rules, defaultAction: .errno(1), architectures: architectures, badArchitectureAction: .trap(3))
      #expect(oracle.answer(to: seen(Number.getpid)) == native, "\(architectures)")
      #expect(oracle.answer(to: seen(Number.x32Getpid)) == x32, "\(architectures)")
      for number in Self.negative { #expect(oracle.answer(to: seen(number)) == negative, "\(architectures)") }
    }
    let same = PolicyOracle(rules: [], defaultAction: .killThread)
    #expect(same.answer(to: seen(.max)) == .decided(Action.killThread.verdict, by: .defaultAction))
  }
}
