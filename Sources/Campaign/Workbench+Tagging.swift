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
    let expected = try installTagged(
      prepared, installed: installed, layer: layer, tally: &tally, differences: &differences)
    guard let expected else { return }
    try compareTagged(expected, layer: layer, count: count, tally: &tally, differences: &differences)
  }

  /// What a call returns to user space under a tagged filter, by the instruction that ended the filter.
  struct TaggedReturns {
    fileprivate var values: [Int64]

    fileprivate init(_ tagged: TaggedFilter, instructions: Int) {
      values = [Int64](repeating: 0, count: instructions)
      for (tag, site) in tagged.sites.enumerated() where site < instructions {
        values[site] = -Int64(tag + 1)
      }
    }
  }

  /// Nil when the filter cannot be tagged or the kernel refuses it; both are counted.
  func installTagged(
    _ prepared: PreparedFilter, installed: Filter? = nil, layer: Int, tally: inout Tally,
    differences: inout DifferenceList
  ) throws(ProbeError) -> TaggedReturns? {
    guard let tagged = try? (installed ?? prepared.filter).tagged() else {
      tally.untaggable += 1
      return nil
    }
    guard try install([tagged.filter], shield: .standard, layer: layer, differences: &differences) else {
      return nil
    }
    return TaggedReturns(tagged, instructions: prepared.filter.count)
  }

  /// Makes the first `count` calls under the tagged filter that is on and holds what they returned against the
  /// predicted sites.
  func compareTagged(
    _ expected: TaggedReturns, layer: Int, count: Int, tally: inout Tally, differences: inout DifferenceList
  ) throws(ProbeError) {
    _ = try probe.run(count: count)
    tally.taggedCalls += count
    let results = probe.rawResults
    expected.values.withUnsafeBufferPointer { expected in
      for index in 0..<count {
        let expected = expected[Int(sites[index])]
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
