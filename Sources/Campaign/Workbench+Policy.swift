import ClassicBPF
import Prediction
import Probing
package import SeccompModel

/// Policy against filter, without the kernel.
extension Workbench {
  /// Predicts the first `count` calls of the batch for one filter and holds the verdicts against its policy. Leaves
  /// the verdicts and return sites in the workbench for the comparisons with the kernel.
  func comparePolicy(
    _ prepared: inout PreparedFilter, layer: Int, count: Int, tally: inout Tally,
    differences: inout DifferenceList
  ) {
    let calls = calls(count)
    predict(&prepared, count: count)
    let counts = prepared.oracle.mismatches(
      calls: calls, verdicts: UnsafeBufferPointer(rebasing: verdicts[..<count]),
      checks: UnsafeMutableBufferPointer(rebasing: checks[..<count]))
    tally.policyDecided += counts.decided
    tally.policyContested += counts.contested
    tally.policyDiffered += counts.notPermitted
    guard counts.notPermitted > 0 else { return }
    for index in 0..<count where checks[index] == PolicyCheck.notPermitted {
      guard differences.wants(.policyFilter) else { return }
      differences.append(
        Difference(
          kind: .policyFilter, layer: layer, call: calls[index],
          policy: prepared.oracle.answer(to: data(of: calls[index])),
          verdict: Verdict(rawValue: verdicts[index])))
    }
  }

  /// Verdicts and return sites of the first `count` calls, into the workbench.
  func predict(_ prepared: inout PreparedFilter, count: Int) {
    prepared.evaluator.evaluate(
      calls(count), instructionPointers: probe.instructionPointers, verdicts: verdicts, sites: sites)
  }

  /// What a filter sees of a call that the probe makes.
  package func data(of call: Call) -> SeccompData {
    let pointers = probe.instructionPointers
    return call.seccompData(
      instructionPointer: call.entryPath == .int80 ? pointers.int80 : pointers.syscall)
  }
}
