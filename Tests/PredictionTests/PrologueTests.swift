import Prediction
import Profiles
import SeccompModel
import Testing

@Suite("What a runtime puts before the filter")
struct PrologueTests {
  private func translation(
    _ rules: [Rule], _ stub: UnknownCallStub?, architectures: [Architecture] = [.x86_64, .x86, .x32]
  ) -> RuntimeReading.Translation {
    RuntimeReading.Translation(
      defaultAction: .killProcess, rules: rules, architectures: architectures, stub: stub)
  }

  private let enosys = PolicyAnswer.decided(Action.errno(38).verdict, by: .prologue)

  @Test("the prologue answers above its bounds, also where a rule or the bad architecture would")
  func answers() {
    let rules = [Rule(name: "getpid", action: .allow), Rule(name: "socket", action: .errno(7))]
    let fallback = PolicyAnswer.decided(Action.killProcess.verdict, by: .defaultAction)
    let oracle = PolicyOracle(translation(rules, UnknownCallStub(x86_64: 39, i386: 20, x32: 39)))
    let cases: [(UInt32, UInt32, PolicyAnswer)] = [
      (39, AuditToken.x86_64, .rule(0, .allow)), (38, AuditToken.x86_64, fallback),
      (40, AuditToken.x86_64, enosys), (41, AuditToken.x86_64, enosys),
      (0x8000_0000, AuditToken.x86_64, enosys),
      (Number.x32Getpid, AuditToken.x86_64, .rule(0, .allow)),
      (Number.x32Getpid + 1, AuditToken.x86_64, enosys),
      (.max, AuditToken.x86_64, enosys),
      (20, AuditToken.i386, .rule(0, .allow)), (21, AuditToken.i386, enosys),
      // The profile names socket, by both ways, and both are above the bound.
      (Number.i386Socket, AuditToken.i386, enosys), (Number.i386Socketcall, AuditToken.i386, enosys),
    ]
    for (number, token, answer) in cases {
      #expect(oracle.answer(to: seen(number, 1, token: token)) == answer, "\(number) \(token)")
    }
  }

  @Test("without a bound for an ABI its calls are left to the filter")
  func unbound() {
    let oracle = PolicyOracle(
      translation([Rule(name: "getpid", action: .allow)], UnknownCallStub(i386: 20), architectures: [.x86_64])
    )
    #expect(oracle.answer(to: seen(39)) == .rule(0, .allow))
    #expect(
      oracle.answer(to: seen(500)) == .decided(Action.killProcess.verdict, by: .defaultAction))
    #expect(
      oracle.answer(to: seen(.max)).permits(Action.killProcess.verdict), "-1 is left to the filter")
    #expect(oracle.answer(to: seen(21, token: AuditToken.i386)) == enosys)
  }

  @Test("a foreign architecture may be answered where the prologue covers it, and not elsewhere")
  func foreign() {
    let token = Architecture.aarch64.auditToken
    let rules = [Rule(name: "getpid", action: .allow)]
    let covered = PolicyOracle(
      translation(rules, UnknownCallStub(foreignTokens: [token]), architectures: [.x86_64, .aarch64]))
    #expect(covered.answer(to: seen(172, token: token)).permits(Action.errno(38).verdict))
    let other = PolicyOracle(translation(rules, nil, architectures: [.x86_64, .aarch64]))
    #expect(!other.answer(to: seen(172, token: token)).permits(Action.errno(38).verdict))
  }

  @Test("a refused rule is no part of the policy, and the others keep their indices")
  func refusedRules() {
    let rules = [Rule(name: "getpid", action: .errno(1)), Rule(name: "getpid", action: .errno(2))]
    let both = PolicyOracle(translation(rules, nil))
    #expect(
      both.answer(to: seen(39)) == .contested((.errno(1), [.rule(0)]), (.errno(2), [.rule(1)])))
    let second = PolicyOracle(translation(rules, nil), refusedRules: [0])
    #expect(second.answer(to: seen(39)) == .rule(1, .errno(2)))
  }

  @Test("a batch says of each verdict what the single answer says, prologue included", arguments: 1...4)
  func batch(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    var prologues = 0
    var permitted = 0
    for _ in 0..<100 {
      let policy = RandomPolicy(using: &generator)
      let bounds: [UInt32?] = (0..<3).map { _ in generator.pick([nil, 20, 39, 135, 136, 360]) }
      let stub = UnknownCallStub(x86_64: bounds[0], i386: bounds[1], x32: bounds[2])
      let oracle = PolicyOracle(
        RuntimeReading.Translation(
          defaultAction: policy.defaultAction, rules: policy.rules, architectures: policy.architectures,
          stub: stub))
      let calls = (0..<40).map { _ in RandomPolicy.call(&generator) }
      let answers = calls.map { oracle.answer(to: $0.seccompData()) }
      let verdicts = answers.map { answer in
        generator.next(below: 3) > 0
          ? generator.pick(answer.verdicts).rawValue
          : generator.pick([Action.errno(38), .allow]).verdict.rawValue
      }
      let checks = oracle.check(calls, verdicts).checks
      for (index, call) in calls.enumerated() {
        let isPermitted = answers[index].permits(Verdict(rawValue: verdicts[index]))
        #expect((checks[index] != PolicyCheck.notPermitted) == isPermitted, "\(call) \(verdicts[index])")
        #expect((answers[index] == enosys) == (stub.verdict(for: call.seccompData()) != nil), "\(call)")
        if answers[index] == enosys {
          prologues += 1
          if isPermitted { permitted += 1 }
        }
      }
    }
    #expect(prologues > 400 && permitted > 200 && permitted < prologues, "\(prologues) \(permitted)")
  }
}
