import Prediction
import Profiles
import SeccompModel
import Testing

@Suite("Comparisons on x86_64 are unsigned and 64 bits wide")
struct ComparisonTests {
  static let values: [UInt64] = [
    0, 1, 2, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff, 0x1_0000_0000, 0x1_0000_0001, 0x7fff_ffff_ffff_ffff,
    0x8000_0000_0000_0000, 0xffff_ffff_0000_0000, .max,
  ]

  private func matches(_ condition: Condition, _ data: SeccompData) -> PolicyAnswer {
    PolicyOracle(
      rules: [Rule(name: "personality", action: .errno(7), conditions: [condition])], defaultAction: .allow
    ).answer(to: data)
  }

  @Test("each operator means what its name says", arguments: Condition.Comparison.allCases, 0..<6)
  func operators(comparison: Condition.Comparison, index: Int) {
    for datum in Self.values {
      for argument in Self.values {
        let expected: Bool =
          switch comparison {
          case .notEqual: argument != datum
          case .lessThan: argument < datum
          case .lessOrEqual: argument <= datum
          case .equal: argument == datum
          case .greaterOrEqual: argument >= datum
          case .greaterThan: argument > datum
          case .maskedEqual: argument & datum == 0
          }
        var data = seen(Number.personality)
        data.arguments[index] = argument
        let answer = matches(Condition(index: UInt32(index), comparison, value: datum), data)
        #expect(
          answer == (expected ? .rule(0, .errno(7)) : .decided(Action.allow.verdict, by: .defaultAction)),
          "argument \(index) \(argument) \(comparison.word) \(datum)")
      }
    }
  }

  @Test("a masked comparison masks the datum too, as the manual says")
  func maskedDatum() {
    let condition = Condition(index: 0, .maskedEqual, value: 0xf0, valueTwo: 0x1ff)
    #expect(matches(condition, seen(Number.personality, 0xf5)) == .rule(0, .errno(7)))
    #expect(matches(condition, seen(Number.personality, 0x1ff)) == .rule(0, .errno(7)))
    #expect(matches(condition, seen(Number.personality, 0xe0)) != .rule(0, .errno(7)))
    let nothing = Condition(index: 0, .maskedEqual, value: 0, valueTwo: 5)
    #expect(matches(nothing, seen(Number.personality, 77)) == .rule(0, .errno(7)))
  }

  @Test("all conditions of a rule must hold, also two on one argument")
  func conjunction() {
    let oracle = PolicyOracle(
      rules: [
        Rule(
          name: "personality", action: .errno(7),
          conditions: [
            Condition(index: 0, .greaterOrEqual, value: 10), Condition(index: 0, .lessThan, value: 20),
            Condition(index: 5, .equal, value: .max),
          ])
      ], defaultAction: .allow)
    let none = PolicyAnswer.decided(Action.allow.verdict, by: .defaultAction)
    #expect(oracle.answer(to: seen(Number.personality, 10, 0, 0, 0, 0, .max)) == .rule(0, .errno(7)))
    #expect(oracle.answer(to: seen(Number.personality, 19, 0, 0, 0, 0, .max)) == .rule(0, .errno(7)))
    #expect(oracle.answer(to: seen(Number.personality, 9, 0, 0, 0, 0, .max)) == none)
    #expect(oracle.answer(to: seen(Number.personality, 20, 0, 0, 0, 0, .max)) == none)
    #expect(oracle.answer(to: seen(Number.personality, 15, 0, 0, 0, 0, 0)) == none)
  }

  @Test("a condition on an argument that no call has never holds", arguments: [6, 7, UInt32.max])
  func absentArgument(index: UInt32) {
    for comparison in Condition.Comparison.allCases {
      #expect(
        matches(Condition(index: index, comparison, value: 0), seen(Number.personality))
          == .decided(Action.allow.verdict, by: .defaultAction))
    }
  }
}
