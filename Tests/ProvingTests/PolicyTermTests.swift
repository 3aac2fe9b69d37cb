import ClassicBPF
import Generation
import Prediction
import Profiles
import SeccompModel
import Testing

@testable import Proving

@Suite("A policy as a formula", .timeLimit(.minutes(30)))
struct PolicyTermTests {
  /// For each input, which of all verdicts the formula permits, against the oracle's answer; with nothing known, and
  /// with number and architecture known.
  private func expectAgreement(
    _ oracle: PolicyOracle, on inputs: [SeccompData], sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let context = Z3Context()
    let data = DataTerms(context)
    let form = oracle.form
    let term = PolicyTerm(form, over: data, in: context)
    // One that nobody asks for.
    let verdicts = form.verdicts + [Action.errno(4000).verdict.rawValue]
    let formulas = verdicts.map { term.permits(context.number($0)) }
    let asked = TermValues(context, data)
    for input in inputs {
      let known = DataTerms(data, number: input.number, architecture: input.architecture, in: context)
      let narrow = PolicyTerm(form, over: known, in: context)
      let narrowed = verdicts.map { narrow.permits(context.number($0)) }
      let answer = Set(oracle.answer(to: input).verdicts.map { $0.meaning.rawValue })
      let expected = verdicts.map(answer.contains)
      #expect(
        try #require(asked.truths(of: formulas + narrowed, for: input)) == expected + expected,
        "\(input) \(verdicts)", sourceLocation: sourceLocation)
    }
  }

  @Test("random profiles answer as the oracle says", arguments: 1...4)
  func random(seed: UInt64) throws {
    let generator = ProfileGenerator(seed: seed)
    var contested = 0
    for number in UInt64(0)..<40 {
      let made = generator.makeCase(number: number)
      guard made.shape != .large else { continue }
      let profile = made.profile
      let oracle = PolicyOracle(
        rules: profile.rules, defaultAction: profile.defaultAction, architectures: profile.architectures,
        badArchitectureAction: made.settings.badArchitectureAction)
      var random = generator.callSource(number: number)
      let calls = CallGenerator(filter: Filter([.return(.allow)]), profile: profile).calls(24, using: &random)
      var inputs = calls.map { $0.seccompData() }
      inputs.append(SeccompData(number: 17, architecture: Architecture.aarch64.auditToken))
      inputs.append(SeccompData(number: 17, architecture: 0x1234))
      inputs.append(SeccompData(number: .max, architecture: AuditToken.x86_64))
      try expectAgreement(oracle, on: inputs)
      contested += inputs.count { oracle.answer(to: $0).verdicts.count > 1 }
    }
    #expect(contested > 10)
  }

  @Test("calls behind a multiplexer, hidden arguments and operations with upper bits")
  func multiplexed() throws {
    let rules = [
      Rule(
        name: "accept", action: .errno(7),
        conditions: [Condition(index: 1, .equal, value: 5)]),
      Rule(name: "semop", action: .errno(8)), Rule(name: "socket", action: .errno(9)),
      Rule(name: "socketcall", action: .errno(10), conditions: [Condition(index: 0, .greaterThan, value: 4)]),
    ]
    let oracle = PolicyOracle(rules: rules, defaultAction: .allow, architectures: [.x86_64, .x86, .x32])
    let firsts: [UInt64] = [0, 1, 2, 4, 5, 6, 0x1_0001, 0x1_0000_0005, 0xffff_0001]
    let inputs = [UInt32(102), 117, 359, 364, 41].flatMap { number in
      firsts.map { first in
        var input = SeccompData(number: number, architecture: AuditToken.i386)
        input.arguments[0] = first
        return input
      }
    }
    try expectAgreement(oracle, on: inputs)
    #expect(inputs.contains { oracle.answer(to: $0).verdicts.count > 1 })
  }

  @Test("what a runtime puts before the rules, and tokens of other architectures")
  func prologue() throws {
    let token = Architecture.aarch64.auditToken
    for stub in [
      UnknownCallStub(x86_64: 39, i386: 20, x32: 39), UnknownCallStub(i386: 20),
      UnknownCallStub(foreignTokens: [token]),
    ] {
      let oracle = PolicyOracle(
        RuntimeReading.Translation(
          defaultAction: .killProcess,
          rules: [Rule(name: "getpid", action: .allow), Rule(name: "socket", action: .errno(7))],
          architectures: [.x86_64, .x86, .x32, .aarch64], stub: stub))
      let numbers: [UInt32] = [
        19, 20, 21, 38, 39, 40, 41, 0x4000_0027, 0x4000_0028, 0x4000_0029, 0x7fff_ffff, 0x8000_0000, .max,
      ]
      try expectAgreement(
        oracle,
        on: numbers.flatMap { number in
          [AuditToken.x86_64, AuditToken.i386, token, 0x1234].map {
            SeccompData(number: number, architecture: $0)
          }
        })
    }
  }
}
