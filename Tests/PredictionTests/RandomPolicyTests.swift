import Prediction
import Profiles
import SeccompModel
import Testing

@Suite("The oracle against the definition, on random policies")
struct RandomPolicyTests {
  @Test("the answer is exactly the set of verdicts that some reading of the text gives", arguments: 1...4)
  func readings(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    var contested = 0
    var ruled = 0
    for _ in 0..<400 {
      let policy = RandomPolicy(using: &generator)
      let oracle = policy.oracle
      let definition = ByDefinition(policy: policy)
      for _ in 0..<20 {
        let call = RandomPolicy.call(&generator)
        let answer = oracle.answer(to: call.seccompData())
        let verdicts = answer.verdicts.map(\.rawValue)
        #expect(Set(verdicts) == definition.verdicts(for: call), "\(policy) \(call)")
        switch answer {
        case .contested(let possibilities):
          contested += 1
          #expect(Set(verdicts).count == verdicts.count && verdicts.count > 1)
          for possibility in possibilities {
            #expect(possibility.by.allSatisfy { policy.verdict(of: $0) == possibility.verdict })
          }
        case .decided(let verdict, let decision):
          if case .rule = decision { ruled += 1 }
          #expect(policy.verdict(of: decision) == verdict)
        }
      }
    }
    #expect(contested > 200 && ruled > 400, "the policies and calls meet: \(contested), \(ruled)")
  }

  @Test("a batch says of each verdict what the single answer says", arguments: 5...8)
  func batch(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    var totals = PolicyCheck.Counts()
    for _ in 0..<500 {
      let oracle = RandomPolicy(using: &generator).oracle
      let calls = (0..<40).map { _ in RandomPolicy.call(&generator) }
      let verdicts = calls.map { call in
        generator.next(below: 3) > 0
          ? generator.pick(oracle.answer(to: call.seccompData()).verdicts).rawValue
          : generator.pick(RandomPolicy.actions).verdict.rawValue ^ UInt32(generator.next(below: 2))
      }
      let (checks, counts) = oracle.check(calls, verdicts)
      var expected = PolicyCheck.Counts()
      for (index, call) in calls.enumerated() {
        let answer = oracle.answer(to: call.seccompData())
        let check: UInt8
        if !answer.permits(Verdict(rawValue: verdicts[index])) {
          check = PolicyCheck.notPermitted
          expected.notPermitted += 1
        } else if answer.verdicts.count > 1 {
          check = PolicyCheck.contested
          expected.contested += 1
        } else {
          check = PolicyCheck.decided
          expected.decided += 1
        }
        #expect(checks[index] == check, "\(call) \(verdicts[index])")
      }
      #expect(counts == expected)
      totals += counts
    }
    #expect(totals.decided > 100 && totals.contested > 100 && totals.notPermitted > 100)
  }

  @Test("a batch knows every entry path's token")
  func entryPaths() {
    let oracle = PolicyOracle(
      rules: [Rule(name: "getpid", action: .errno(1))], defaultAction: .allow, architectures: [.x86_64, .x86])
    let calls = EntryPath.allCases.flatMap {
      [Call($0, rax: UInt64(Number.getpid)), Call($0, rax: UInt64(Number.i386Getpid))]
    }
    let verdicts = calls.map { _ in Action.errno(1).verdict.rawValue }
    // 39 is getpid by `syscall` and the vsyscall page, 20 by `int80` and `sysenter`.
    #expect(oracle.check(calls, verdicts).checks == [0, 2, 2, 0, 2, 0, 0, 2])
  }
}

extension RandomPolicy {
  var oracle: PolicyOracle {
    PolicyOracle(
      rules: rules, defaultAction: defaultAction, architectures: architectures,
      badArchitectureAction: badArchitectureAction)
  }

  func verdict(of decision: Decision) -> Verdict {
    switch decision {
    case .rule(let index): rules[index].action.verdict
    case .defaultAction: defaultAction.verdict
    case .badArchitecture: badArchitectureAction.verdict
    case .prologue: UnknownCallStub.verdict
    }
  }
}

extension PolicyOracle {
  func check(_ calls: [Call], _ verdicts: [UInt32]) -> (checks: [UInt8], counts: PolicyCheck.Counts) {
    var checks = [UInt8](repeating: .max, count: calls.count)
    let counts = calls.withUnsafeBufferPointer { calls in
      verdicts.withUnsafeBufferPointer { verdicts in
        checks.withUnsafeMutableBufferPointer { mismatches(calls: calls, verdicts: verdicts, checks: $0) }
      }
    }
    return (checks, counts)
  }
}
