import ClassicBPF
import Compilation
import Prediction
import Profiles
import SeccompModel
import Testing

@testable import Proving

/// Rules with one action are a union (seccomp_rule_add(3)); the programs of libseccomp 2.5.4 to 2.6.1 for these are not.
@Suite("Unions that libseccomp gets wrong", .timeLimit(.minutes(30)))
struct UnionTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var rules: [[Condition]]
    /// The calls that policy and filter answer differently, in words.
    var words: String
    /// Whether the filter lets them through.
    var letsThrough = true

    var testDescription: String { words }
  }

  static let cases = [
    Case(
      rules: [
        [Condition(index: 0, .lessOrEqual, value: 3)],
        [Condition(index: 0, .lessOrEqual, value: 0), Condition(index: 2, .greaterThan, value: 41)],
      ], words: "a0 == 0 and 3 < a2 <= 0x29"),
    Case(
      rules: [
        [Condition(index: 0, .lessOrEqual, value: 2)], [Condition(index: 0, .lessThan, value: 1 << 32)],
      ], words: "2 < a0 < 0x100000000"),
    Case(
      rules: [
        [Condition(index: 0, .lessThan, value: 5), Condition(index: 2, .lessThan, value: 5)],
        [Condition(index: 0, .lessThan, value: 39)],
      ], words: "a0 < 5 and high(a2) >= 0x27, or a0 < 5 and a2 >= 0x27 and high(a2) == 0"),
    Case(
      rules: [
        [Condition(index: 0, .greaterThan, value: 1)],
        [
          Condition(index: 0, .lessOrEqual, value: 2),
          Condition(index: 2, .maskedEqual, value: 0x28, valueTwo: 0),
        ],
      ], words: "a0 <= 1 and a2 & 0x28 != 0", letsThrough: false),
  ]

  @Test("are found, with all calls that they are wrong for", arguments: cases)
  func union(_ one: Case) throws {
    var compiler = try Compiler(libseccomp: nil)
    let profile = Profile(
      defaultAction: .allow,
      entries: one.rules.map { .init(names: ["socket"], action: .errno(42), conditions: $0) })
    let made = try compiler.made(profile)
    let result = try SideComparison(.policy(made.oracle), .filter(made.filter)).run()
    #expect(result.unfinished == nil)
    #expect(result.differences.map(\.calls.description) == [one.words])
    let region = try #require(result.differences.first)
    #expect(region.numbers == 41...41)
    #expect(region.architecture == AuditToken.x86_64)
    let verdicts = [Action.errno(42).verdict.rawValue, Action.allow.verdict.rawValue]
    #expect([region.one, region.other] == (one.letsThrough ? verdicts : verdicts.reversed()))
    #expect(made.filter.evaluate(region.witness).rawValue == region.other)
    #expect(!made.oracle.answer(to: region.witness).permits(made.filter.evaluate(region.witness)))
  }
}
