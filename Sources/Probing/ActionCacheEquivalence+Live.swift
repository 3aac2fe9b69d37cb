package import ClassicBPF
import Prediction
package import SeccompModel

/// The part of the comparison in which the cache is really in use: without a shield. Only calls of the live table are made.
extension ActionCacheEquivalence {
  /// A probe in live mode, and what each live call does when nothing filters it.
  package final class LiveBaseline {
    let probe: Probe
    let calls: [Call]
    let outcomes: [Outcome]

    /// Needs root, for the namespaces. Takes some milliseconds.
    package init(entryPaths: [EntryPath]) throws(ProbeError) {
      let probe = try Probe(Probe.Options(isLive: true))
      let all = entryPaths.flatMap(LiveTable.calls)
      try probe.install([], shield: .unshielded)
      let first = try ActionCacheEquivalence.outcomes(of: all, on: probe)
      try probe.install([], shield: .unshielded)
      let second = try ActionCacheEquivalence.outcomes(of: all, on: probe)
      // Calls that do not end the same way twice tell nothing.
      let stable = all.indices.filter { first[$0] != nil && first[$0] == second[$0] }
      self.probe = probe
      calls = stable.map { all[$0] }
      outcomes = stable.compactMap { first[$0] }
    }
  }

  /// Judges by live calls: those that the filter lets through are executed, with all-ones arguments.
  package mutating func judgeLive(
    _ baseline: LiveBaseline, install: (Filter) -> Filter = { $0 }
  ) throws(ProbeError) -> Report {
    var calls: [Call] = []
    var expected: [Outcome?] = []
    var killed = 0
    let pointers = baseline.probe.instructionPointers
    for (index, answer) in answers(baseline.calls, on: baseline.probe).enumerated() {
      let call = baseline.calls[index]
      let context = KernelModel.Context(
        instructionPointer: call.entryPath == .int80 ? pointers.int80 : pointers.syscall)
      let outcome: Outcome
      switch model.predict(answer.verdict, call, context).expectation {
      case .exactly(let predicted): outcome = predicted
      case .runs: outcome = baseline.outcomes[index]
      case .unpredictable: continue
      }
      if case .died = outcome {
        killed += 1
        if killed > kills { continue }
      }
      calls.append(call)
      expected.append(outcome)
    }
    return try compare(
      [install(filter), install(uncacheable)], calls, expected, .live, on: baseline.probe, shield: .unshielded
    )
  }
}
