package import ClassicBPF
package import SeccompModel

/// The live table's calls, really executed: first without a filter, then under a stack.
package struct LiveRun {
  /// One live call with and without the filters.
  package struct Observation: Hashable, Sendable {
    package var call: Call
    /// What the call does when nothing filters it.
    package var baseline: Outcome
    /// What it did under the stack.
    package var observed: Outcome
  }

  /// Runs the whole table under `stack`. Needs root, for the namespaces.
  ///
  /// Calls whose unfiltered outcome is not the same twice in a row are left out; `unstable` names them.
  package static func run(
    stack: [Filter], entryPaths: [EntryPath]
  ) throws(ProbeError) -> (observations: [Observation], unstable: [Call]) {
    let probe = try Probe(Probe.Options(isLive: true))
    let calls = entryPaths.flatMap(LiveTable.calls)
    let first = try outcomes(of: calls, under: [], on: probe)
    let second = try outcomes(of: calls, under: [], on: probe)
    let observed = try outcomes(of: calls, under: stack, on: probe)
    var observations: [Observation] = []
    var unstable: [Call] = []
    for (index, call) in calls.enumerated() {
      guard let baseline = first[index], first[index] == second[index], let seen = observed[index] else {
        unstable.append(call)
        continue
      }
      observations.append(Observation(call: call, baseline: baseline, observed: seen))
    }
    return (observations, unstable)
  }

  private static func outcomes(
    of calls: [Call], under stack: [Filter], on probe: Probe
  ) throws(ProbeError) -> [Outcome?] {
    try probe.install(stack, shield: .unshielded)
    _ = probe.calls.update(fromContentsOf: calls)
    _ = try probe.run(count: calls.count)
    return calls.indices.map { probe.outcome($0) }
  }
}
