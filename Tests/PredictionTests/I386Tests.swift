import Prediction
import Profiles
import SeccompModel
import Testing

@Suite("i386 and x32 arguments")
struct NarrowArgumentTests {
  private let fallback = PolicyAnswer.decided(Action.allow.verdict, by: .defaultAction)
  private let yes = PolicyAnswer.rule(0, .errno(7))
  private let open = PolicyAnswer.contested((.errno(7), [.rule(0)]), (.allow, [.defaultAction]))

  private func oracle(_ condition: Condition) -> PolicyOracle {
    PolicyOracle(
      rules: [Rule(name: "personality", action: .errno(7), conditions: [condition])],
      defaultAction: .allow, architectures: [.x86_64, .x86, .x32])
  }

  private func onI386(_ condition: Condition, _ argument: UInt64) -> PolicyAnswer {
    oracle(condition).answer(to: seen(Number.i386Personality, argument, token: AuditToken.i386))
  }

  @Test("an i386 argument is the register's low 32 bits, compared unsigned")
  func low() {
    let five = Condition(index: 0, .equal, value: 5)
    #expect(onI386(five, 5) == yes)
    #expect(onI386(five, 0xdead_beef_0000_0005) == yes, "the call does not see the upper half")
    #expect(onI386(five, 6) == fallback)
    let large = Condition(index: 0, .greaterThan, value: 0x7fff_ffff)
    #expect(onI386(large, 0xffff_ffff) == yes)
    #expect(onI386(large, 0x7fff_ffff) == fallback)
  }

  @Test("a datum or mask of more than 32 bits is open exactly where cutting it makes a difference")
  func wideDatum() {
    let cases: [(Condition, UInt64, PolicyAnswer)] = [
      (Condition(index: 0, .equal, value: 0x1_0000_0005), 5, open),
      (Condition(index: 0, .equal, value: 0x1_0000_0005), 6, fallback),
      (Condition(index: 0, .notEqual, value: 0x1_0000_0005), 5, open),
      (Condition(index: 0, .notEqual, value: 0x1_0000_0005), 6, yes),
      (Condition(index: 0, .lessThan, value: 0x1_0000_0005), 4, yes),
      (Condition(index: 0, .lessThan, value: 0x1_0000_0005), 5, open),
      (Condition(index: 0, .greaterThan, value: .max), 0xffff_ffff, fallback),
      (Condition(index: 0, .greaterOrEqual, value: .max), 0xffff_ffff, open),
      (Condition(index: 0, .maskedEqual, value: 0xf_0000_000f, valueTwo: 5), 0x25, yes),
      (Condition(index: 0, .maskedEqual, value: 0xf_0000_000f, valueTwo: 0x1_0000_0005), 0x25, open),
      (Condition(index: 0, .maskedEqual, value: 0xf, valueTwo: 0x1_0000_0005), 0x25, yes),
      (Condition(index: 0, .maskedEqual, value: 0xf_0000_0000, valueTwo: 0), 0x25, yes),
    ]
    for (condition, argument, expected) in cases {
      #expect(onI386(condition, argument) == expected, "\(condition) on \(argument)")
    }
  }

  @Test("an x32 argument is open where 32 and 64 bits of it compare differently")
  func x32() {
    let number = Number.x32Getpid - Number.getpid + Number.personality
    let five = oracle(Condition(index: 0, .equal, value: 5))
    #expect(five.answer(to: seen(number, 5)) == yes)
    #expect(five.answer(to: seen(number, 6)) == fallback)
    #expect(five.answer(to: seen(number, 0x1_0000_0005)) == open)
    #expect(five.answer(to: seen(number, 0x1_0000_0006)) == fallback)
    let wide = oracle(Condition(index: 0, .equal, value: 0x1_0000_0005))
    #expect(wide.answer(to: seen(number, 0x1_0000_0005)) == open)
    #expect(wide.answer(to: seen(number, 5)) == open)
    #expect(wide.answer(to: seen(number, 6)) == fallback)
  }

  @Test("names resolve per architecture")
  func names() {
    let oracle = PolicyOracle(
      rules: [Rule(name: "getpid", action: .allow), Rule(name: "waitpid", action: .errno(3))],
      defaultAction: .killProcess, architectures: [.x86])
    #expect(oracle.answer(to: seen(Number.i386Getpid, token: AuditToken.i386)) == .rule(0, .allow))
    #expect(oracle.answer(to: seen(7, token: AuditToken.i386)) == .rule(1, .errno(3)))
    #expect(
      oracle.answer(to: seen(Number.getpid, token: AuditToken.i386))
        == .decided(Action.killProcess.verdict, by: .defaultAction), "39 is mkdir there")
    for number in [Number.i386Getpid | 0x4000_0000, .max] {
      #expect(
        oracle.answer(to: seen(number, token: AuditToken.i386))
          == .decided(Action.killProcess.verdict, by: .defaultAction),
        "no number tells ABIs apart under this token")
    }
    #expect(
      oracle.answer(to: seen(Number.getpid)) == .decided(Action.killThread.verdict, by: .badArchitecture))
  }

  @Test("a listed architecture without a table is contested between everything the policy says")
  func foreign() {
    let oracle = PolicyOracle(
      rules: [Rule(name: "getpid", action: .errno(1))], defaultAction: .allow, architectures: [.aarch64])
    let token = Architecture.aarch64.auditToken
    #expect(
      oracle.answer(to: seen(172, token: token))
        == .contested((.allow, [.defaultAction]), (.errno(1), [.rule(0)])))
    #expect(
      oracle.answer(to: seen(Number.getpid)) == .decided(Action.killThread.verdict, by: .badArchitecture))
  }
}
