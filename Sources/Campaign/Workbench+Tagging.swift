import ClassicBPF
import Prediction
import Probing
import SeccompModel

/// Filter against kernel, by return sites.
extension Workbench {
  /// Installs `installed` (the filter under test unless a test plants a fault) with every return tagged, makes the first
  /// `count` calls and compares the return that the kernel reached with the predicted one. Nothing is killed and
  /// nothing executed.
  func compareTagging(
    _ prepared: PreparedFilter, installed: Filter? = nil, layer: Int, count: Int, tally: inout Tally,
    differences: inout DifferenceList
  ) throws(ProbeError) {
    guard let tagged = try? (installed ?? prepared.filter).tagged() else {
      tally.untaggable += 1
      return
    }
    guard try install([tagged.filter], shield: .standard, layer: layer, differences: &differences) else {
      return
    }
    _ = try probe.run(count: count)
    tally.taggedCalls += count

    var expectedValue = [Int64](repeating: 0, count: prepared.filter.count)
    for (tag, site) in tagged.sites.enumerated() where site < expectedValue.count {
      expectedValue[site] = -Int64(tag + 1)
    }
    let results = probe.rawResults
    expectedValue.withUnsafeBufferPointer { expectedValue in
      for index in 0..<count {
        let expected = expectedValue[Int(sites[index])]
        let result = results[index]
        if result.state == 1, Int64(bitPattern: result.value) == expected { continue }
        let call = probe.calls[index]
        let observed = probe.outcome(index)
        if let byHand = model.resultOfExemptCall(call), observed == byHand {
          tally.exempt += 1
          continue
        }
        tally.taggedDiffered += 1
        guard differences.wants(.filterKernel) else { continue }
        differences.append(
          Difference(
            kind: .filterKernel, layer: layer, call: call, verdict: Verdict(rawValue: verdicts[index]),
            predicted: .returned(expected), observed: observed))
      }
    }
  }

  /// Puts a stack on. False when the kernel refuses it although the checker accepts every filter: that is a
  /// difference of its own.
  func install(
    _ stack: [Filter], shield: Shield, layer: Int, differences: inout DifferenceList
  ) throws(ProbeError) -> Bool {
    do {
      try probe.install(stack, shield: shield)
      return true
    } catch ProbeError.setUp(.filter, let filter, let errno) {
      differences.append(
        Difference(
          kind: .kernelInstall, layer: filter, call: Call(.syscall, rax: 0), predicted: .returned(0),
          observed: .returned(-Int64(errno))))
      return false
    }
  }
}
