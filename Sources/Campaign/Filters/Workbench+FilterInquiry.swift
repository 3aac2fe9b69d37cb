import ClassicBPF
import Generation
import Prediction
import Probing
import SeccompModel

/// Asking whether programs still show what a campaign found: the minimiser's predicate, and a replay's.
extension Workbench {
  /// How a program is asked; a difference may show in one way only.
  enum Manner: CaseIterable {
    /// Loaded, without a call.
    case load
    /// Over each shield.
    case shielded, traced
    /// Without a shield, by a number that no table holds.
    case vacant
    /// Without a shield, by a call of the live table: the kernel's action cache is in use.
    case live
  }

  /// What programs still show, and the first manner in which they do.
  struct FilterSighting {
    var difference: Difference
    var manner: Manner
  }

  /// Asks the checker, the interpreter and the kernel, in these manners. Nil when they agree.
  func inquire(
    _ kind: FindingKind, _ candidate: MinimizableFilters, manners: [Manner] = Manner.allCases
  ) throws -> FilterSighting? {
    let stack = candidate.filters
    guard !stack.isEmpty, stack.count <= Probe.stackCapacity, canLoad(stack) else { return nil }
    if kind == .kernelInstall {
      return try loadingDifference(stack).map { FilterSighting(difference: $0, manner: .load) }
    }
    guard kind == .filterKernel, let call = candidate.call, forecast(stack).refusal == nil, fitsShield(stack),
      let prepared = try? stack.map({ try PreparedFilter(raw: $0) })
    else { return nil }
    for manner in manners {
      if let difference = try difference(of: prepared, call, manner) {
        return FilterSighting(difference: difference, manner: manner)
      }
    }
    return nil
  }

  private func difference(
    of prepared: [PreparedFilter], _ call: Call, _ manner: Manner
  ) throws -> Difference? {
    let stack = prepared.map(\.filter)
    let shield: Shield
    switch manner {
    case .load: return nil
    case .live: return try liveDifference(stack, call)
    case .vacant where !isVacant(call): return nil
    case .vacant: shield = .unshielded
    case .shielded: shield = .standard
    case .traced: shield = .trace(marker: stack.unusedTraceData)
    }
    var prepared = prepared
    var tally = Tally()
    var found = DifferenceList(limit: 1)
    probe.calls[0] = call
    predict(stack: &prepared, count: 1)
    try compareVerdicts(
      prepared, installed: stack.map(given), count: 1, run: RealRun(shield: shield), tally: &tally,
      differences: &found)
    guard var difference = found.kept.first(where: { $0.kind == .filterKernel }) else { return nil }
    difference.filters = stack
    return difference
  }

  private func liveDifference(_ stack: [Filter], _ call: Call) throws -> Difference? {
    guard stack.count == 1, LiveTable.calls(call.entryPath).contains(call), let baseline = liveBaseline(),
      var equivalence = try ActionCacheEquivalence(stack[0], model: model)
    else { return nil }
    equivalence.kept = .max
    let report = try equivalence.judgeLive(baseline, install: given)
    return report.differences.first { $0.call == call }.map { Difference($0, of: equivalence) }
  }
}
