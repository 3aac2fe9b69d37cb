import ClassicBPF
import Prediction
import Proving
import SeccompModel

/// Evaluator and oracle, asked about one input after another, against what was told over all.
struct SampleJudge {
  private var evaluator: FilterEvaluator
  private let oracle: PolicyOracle
  private let differing: RegionIndex
  private let contested: RegionIndex
  private var verdicts: [UInt32] = []
  private var sites: [UInt16] = []
  private var checks: [UInt8] = []

  init(_ prepared: PreparedFilter, _ told: SideComparisonResult) {
    evaluator = prepared.evaluator
    oracle = prepared.oracle
    differing = RegionIndex(told.differences, named: told.architectures)
    contested = RegionIndex(told.contested, named: told.architectures)
  }

  /// Contradictions in words; one profile has enough in a few.
  private static let limit = 5

  mutating func judge(_ inputs: [SeccompData], in sample: inout ProofSample) {
    answer(inputs)
    sample.inputs += inputs.count
    for (index, data) in inputs.enumerated() {
      let check = isKnown(data) ? checks[index] : slowly(data, verdicts[index])
      if check == PolicyCheck.notPermitted { sample.wrong += 1 }
      if check == PolicyCheck.contested { sample.contested += 1 }
      let (wrong, open) = (differing.regions(holding: data), contested.regions(holding: data))
      let isAsTold: Bool
      switch check {
      case PolicyCheck.decided: isAsTold = wrong.certain.isEmpty && open.certain.isEmpty
      case PolicyCheck.contested: isAsTold = wrong.certain.isEmpty && isOne(open, data, verdicts[index])
      default: isAsTold = open.certain.isEmpty && isOne(wrong, data, verdicts[index])
      }
      guard !isAsTold, sample.disagreements.count < Self.limit else { continue }
      sample.disagreements.append(
        """
        \(data): the filter says \(Verdict(rawValue: verdicts[index])), the policy \(oracle.answer(to: data)); told: \
        \(wrong.certain.count) differing, \(open.certain.count) contested regions
        """)
    }
  }

  /// Both answers to all of the inputs; that of the policy is good where a call can show the input.
  private mutating func answer(_ inputs: [SeccompData]) {
    if verdicts.count < inputs.count {
      verdicts = [UInt32](repeating: 0, count: inputs.count)
      sites = [UInt16](repeating: 0, count: inputs.count)
      checks = [UInt8](repeating: 0, count: inputs.count)
    }
    let calls = inputs.map {
      Call(
        $0.architecture == AuditToken.i386 ? .int80 : .syscall, rax: UInt64($0.number),
        arguments: $0.arguments)
    }
    inputs.withUnsafeBufferPointer { inputs in
      verdicts.withUnsafeMutableBufferPointer { verdicts in
        sites.withUnsafeMutableBufferPointer { sites in
          evaluator.evaluate(inputs, verdicts: verdicts, sites: sites)
        }
      }
    }
    calls.withUnsafeBufferPointer { calls in
      verdicts.withUnsafeBufferPointer { verdicts in
        checks.withUnsafeMutableBufferPointer { checks in
          _ = oracle.mismatches(
            calls: calls, verdicts: UnsafeBufferPointer(rebasing: verdicts[..<calls.count]),
            checks: UnsafeMutableBufferPointer(rebasing: checks[..<calls.count]))
        }
      }
    }
  }

  private func isKnown(_ data: SeccompData) -> Bool {
    data.architecture == AuditToken.x86_64 || data.architecture == AuditToken.i386
  }

  private func slowly(_ data: SeccompData, _ verdict: UInt32) -> UInt8 {
    let answer = oracle.answer(to: data)
    guard answer.permits(Verdict(rawValue: verdict)) else { return PolicyCheck.notPermitted }
    return answer.verdicts.count > 1 ? PolicyCheck.contested : PolicyCheck.decided
  }

  /// Whether one region holds the input, and says of it what oracle and evaluator do; or, where regions are told in
  /// part, one may and does.
  private func isOne(
    _ regions: (certain: [RegionDifference], possible: [RegionDifference]), _ data: SeccompData,
    _ verdict: UInt32
  ) -> Bool {
    let right = RegionDifference.Permitted(
      one: oracle.answer(to: data).verdicts.map(\.meaning.rawValue).sorted(),
      other: [Verdict(rawValue: verdict).meaning.rawValue])
    if regions.certain.isEmpty { return regions.possible.contains { $0.permitted == right } }
    return regions.certain.count == 1 && regions.certain[0].permitted == right
  }
}
