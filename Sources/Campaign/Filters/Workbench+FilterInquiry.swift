import ClassicBPF
import Generation
import Prediction
import Probing
import SeccompModel

/// Asking whether programs still show what a campaign found: the minimiser's predicate, and a replay's.
extension Workbench {
  /// Asks the checker, the interpreter and the kernel. Nil when they agree.
  func inquire(_ kind: FindingKind, _ candidate: MinimizableFilters) throws -> Difference? {
    let stack = candidate.filters
    guard !stack.isEmpty, stack.count <= Probe.stackCapacity, canLoad(stack) else { return nil }
    if kind == .kernelInstall {
      return try loadingDifference(stack)
    }
    guard kind == .filterKernel, let call = candidate.call, forecast(stack).refusal == nil, fitsShield(stack),
      var prepared = try? stack.map({ try PreparedFilter(raw: $0) })
    else { return nil }
    var shields = [Shield.standard, .trace(marker: stack.unusedTraceData)]
    if isVacant(call) { shields.append(.unshielded) }
    for shield in shields {
      var tally = Tally()
      var found = DifferenceList(limit: 1)
      probe.calls[0] = call
      predict(stack: &prepared, count: 1)
      try compareVerdicts(
        prepared, installed: stack.map(given), count: 1, run: RealRun(shield: shield), tally: &tally,
        differences: &found)
      if var difference = found.kept.first(where: { $0.kind == kind }) {
        difference.filters = stack
        return difference
      }
    }
    return try inquireLive(call, stack)
  }

  /// A difference that shows only where the kernel's action cache is in use.
  private func inquireLive(_ call: Call, _ stack: [Filter]) throws -> Difference? {
    guard stack.count == 1, LiveTable.calls(call.entryPath).contains(call), let baseline = liveBaseline(),
      var equivalence = try ActionCacheEquivalence(stack[0], model: model)
    else { return nil }
    equivalence.kept = .max
    let report = try equivalence.judgeLive(baseline, install: given)
    guard let found = report.differences.first(where: { $0.call == call }) else { return nil }
    return Difference(found, of: equivalence)
  }
}
