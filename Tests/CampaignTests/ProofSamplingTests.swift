import ClassicBPF
import Compilation
import Foundation
import Generation
import Prediction
import Probing
import Profiles
import Proving
import SeccompModel
import Testing

@testable import Campaign

/// Proofs against sampling: on random profiles both must say the same of every input that is drawn.
///
/// CROSSCHECK_PROOF_CASES and CROSSCHECK_PROOF_INPUTS in the environment make the sample larger.
@Suite("Proofs and samples", .timeLimit(.minutes(30)))
struct ProofSamplingTests {
  private static func setting(_ name: String, _ value: Int) -> Int {
    ProcessInfo.processInfo.environment[name].flatMap(Int.init) ?? value
  }

  @Test("tell the same calls apart, and the kernel does with every counterexample what the filter says")
  func samples() throws {
    let cases = Self.setting("CROSSCHECK_PROOF_CASES", 40)
    let inputs = Self.setting("CROSSCHECK_PROOF_INPUTS", 1000)
    let generator = ProfileGenerator(seed: 7)
    let bench = try ProofBench(ProofOptions())
    var counts = (proved: 0, different: 0, unfinished: 0, skipped: 0, witnesses: 0, wrong: 0)
    for number in UInt64(0)..<UInt64(cases) {
      let made = generator.makeCase(number: number)
      let layer = Layer(profile: made.profile, settings: made.settings)
      guard made.shape != .large, case .compiled(let compiled) = try bench.workbench.compile(layer),
        let prepared = try? PreparedFilter(layer, compiled)
      else {
        counts.skipped += 1
        continue
      }
      let result = try SideComparison(.policy(prepared.oracle), .filter(prepared.filter)).run()
      guard result.unfinished == nil else {
        counts.unfinished += 1
        continue
      }
      if result.isProvedEqual { counts.proved += 1 } else { counts.different += 1 }
      var random = generator.callSource(number: number)
      let calls = CallGenerator(filter: prepared.filter, profile: made.profile).calls(inputs, using: &random)
      for call in calls {
        let data = call.seccompData()
        let isWrong = !prepared.oracle.answer(to: data).permits(prepared.filter.evaluate(data))
        if isWrong { counts.wrong += 1 }
        guard isWrong != result.differences.contains(where: { $0.holds(for: data) }) else { continue }
        Issue.record("case \(number): \(data) is wrong: \(isWrong)")
      }
      let comparison = try bench.comparison(
        ProofSide("the policy", policy: prepared), ProofSide("the filter", [prepared.filter]), result)
      for region in comparison.differences {
        guard let trial = region.witness.other else { continue }
        counts.witnesses += 1
        #expect(trial.isBorneOut, "case \(number): \(region)")
      }
    }
    print("\(cases) profiles, \(inputs) inputs each: \(counts)")
    #expect(counts.proved > cases / 2)
    #expect(counts.unfinished <= cases / 20, "\(counts)")
  }
}

extension RegionDifference {
  /// Whether an input is told to be in the region.
  fileprivate func holds(for data: SeccompData) -> Bool {
    let isThere =
      architecture.map { $0 == data.architecture }
      ?? ![AuditToken.x86_64, AuditToken.i386].contains(data.architecture)
    return isThere && numbers.contains(data.number)
      && calls.alternatives.contains { $0.allSatisfy { $0.atom.holds(for: data) == $0.holds } }
  }
}
