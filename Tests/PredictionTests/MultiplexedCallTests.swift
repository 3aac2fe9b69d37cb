import Prediction
import Profiles
import SeccompModel
import Testing

@Suite("Calls behind socketcall and ipc")
struct MultiplexedCallTests {
  private let fallback = PolicyAnswer.decided(Action.allow.verdict, by: .defaultAction)
  private let yes = PolicyAnswer.rule(0, .errno(7))
  private let open = PolicyAnswer.contested((.errno(7), [.rule(0)]), (.allow, [.defaultAction]))

  private func answer(
    _ rules: [Rule], _ number: UInt32, _ arguments: (UInt64, UInt64), token: UInt32 = AuditToken.i386
  ) -> PolicyAnswer {
    PolicyOracle(rules: rules, defaultAction: .allow, architectures: [.x86, .x86_64])
      .answer(to: seen(number, arguments.0, arguments.1, token: token))
  }

  @Test("a rule without conditions covers the direct number and the multiplexer's")
  func unconditional() {
    let rules = [Rule(name: "socket", action: .errno(7))]
    #expect(answer(rules, Number.i386Socket, (2, 0)) == yes)
    #expect(answer(rules, Number.i386Socketcall, (1, 0)) == yes)
    #expect(answer(rules, Number.i386Socketcall, (0x7_0000_0001, 0)) == yes, "only 32 bits reach the call")
    #expect(answer(rules, Number.i386Socketcall, (2, 0)) == fallback)
    #expect(answer(rules, Number.i386Socketcall, (0x1_0001, 0)) == fallback)
    #expect(answer(rules, 41, (2, 0), token: AuditToken.x86_64) == yes)
    #expect(answer(rules, 102, (1, 0), token: AuditToken.x86_64) == fallback, "102 is getuid there")
  }

  @Test(
    "a call that has no number of its own is covered behind its multiplexer",
    arguments: [
      ("accept", Number.i386Socketcall, 5), ("send", Number.i386Socketcall, 9),
      ("recv", Number.i386Socketcall, 10), ("semop", Number.i386Ipc, 1), ("semtimedop", Number.i386Ipc, 4),
    ] as [(String, UInt32, UInt64)])
  func indirectOnly(name: String, multiplexer: UInt32, operation: UInt64) {
    let rules = [Rule(name: name, action: .errno(7))]
    #expect(answer(rules, multiplexer, (operation, 0)) == yes)
    #expect(answer(rules, multiplexer, (operation + 1, 0)) == fallback)
  }

  @Test("every multiplexed call is covered by its operation and by no other")
  func operations() {
    for call in MultiplexedCall.all {
      let rules = [Rule(name: call.name, action: .errno(7))]
      for operation in UInt64(0)..<26 {
        #expect(
          answer(rules, call.multiplexer.number, (operation, 0))
            == (operation == UInt64(call.operation) ? yes : fallback), "\(call.name) \(operation)")
      }
    }
  }

  @Test("ipc with a version in the upper half of its first argument is open")
  func version() {
    let rules = [Rule(name: "semget", action: .errno(7))]
    #expect(answer(rules, Number.i386Ipc, (2, 0)) == yes)
    #expect(answer(rules, Number.i386Ipc, (0x1_0002, 0)) == open)
    #expect(answer(rules, Number.i386Ipc, (0x1_0003, 0)) == fallback)
    #expect(answer(rules, Number.i386Semget, (2, 0)) == yes)
  }

  @Test("conditions behind a multiplexer are open, at the direct number they are not")
  func hiddenArguments() {
    let rules = [
      Rule(name: "socket", action: .errno(7), conditions: [Condition(index: 0, .equal, value: 40)])
    ]
    #expect(answer(rules, Number.i386Socket, (40, 0)) == yes)
    #expect(answer(rules, Number.i386Socket, (2, 0)) == fallback)
    #expect(answer(rules, Number.i386Socketcall, (1, 40)) == open)
    #expect(answer(rules, Number.i386Socketcall, (1, 2)) == open)
    #expect(answer(rules, Number.i386Socketcall, (3, 40)) == fallback)
  }

  @Test("a hidden argument that makes no difference leaves nothing open")
  func hiddenTautologies() {
    let cases: [(Condition, PolicyAnswer)] = [
      (Condition(index: 1, .greaterOrEqual, value: 0), yes),
      (Condition(index: 1, .lessThan, value: 0), fallback),
      (Condition(index: 1, .lessOrEqual, value: 0xffff_ffff), yes),
      (Condition(index: 1, .lessOrEqual, value: 0xffff_fffe), open),
      (Condition(index: 1, .greaterThan, value: 0xffff_ffff), fallback),
      (Condition(index: 1, .maskedEqual, value: 0, valueTwo: 3), yes),
      (Condition(index: 1, .maskedEqual, value: 1, valueTwo: 3), open),
      (Condition(index: 1, .equal, value: 0x1_0000_0000), open),
      (Condition(index: 1, .notEqual, value: 0), open),
      (Condition(index: 6, .greaterOrEqual, value: 0), fallback),
    ]
    for (condition, expected) in cases {
      let rules = [Rule(name: "socket", action: .errno(7), conditions: [condition])]
      #expect(answer(rules, Number.i386Socketcall, (1, 0)) == expected, "\(condition)")
    }
  }

  @Test("rules on the multiplexer itself apply too, with their own conditions")
  func multiplexerRules() {
    let rules = [
      Rule(name: "socketcall", action: .errno(7), conditions: [Condition(index: 0, .lessThan, value: 3)]),
      Rule(name: "connect", action: .errno(8)),
      Rule(name: "bind", action: .errno(7), conditions: [Condition(index: 0, .equal, value: 1)]),
    ]
    #expect(answer(rules, Number.i386Socketcall, (1, 0)) == yes)
    #expect(answer(rules, Number.i386Socketcall, (2, 0)) == yes, "the open rule on bind has the same action")
    #expect(answer(rules, Number.i386Socketcall, (3, 0)) == .rule(1, .errno(8)))
    #expect(answer(rules, Number.i386Socketcall, (4, 0)) == fallback)
  }
}
