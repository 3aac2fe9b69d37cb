import ClassicBPF
import Prediction
import Probing
import SeccompModel

/// What each return of a filter does, apart from which calls come to it: tagging answers the latter for all calls, so
/// for the former a few calls of each return are enough.
extension Workbench {
  /// The first calls of `calls` that end at each return, at most `each` by each entry path, in their order. Calls that
  /// the kernel shows to no filter tell nothing and are left out.
  func callsByReturn(
    of prepared: inout PreparedFilter, among calls: [Call], each: Int
  ) -> [Call] {
    struct Place: Hashable {
      var site: Int
      var entry: UInt32
    }
    var counts: [Place: Int] = [:]
    return calls.filter { call in
      guard model.resultOfExemptCall(call) == nil else { return false }
      let place = Place(site: prepared.evaluator.evaluate(data(of: call)).site, entry: call.entry)
      counts[place, default: 0] += 1
      return counts[place, default: 0] <= each
    }
  }

  /// The returns that `calls` end at.
  func returns(of prepared: inout PreparedFilter, for calls: [Call]) -> Set<Int> {
    var sites: Set<Int> = []
    for call in calls { sites.insert(prepared.evaluator.evaluate(data(of: call)).site) }
    return sites
  }

  /// The same of the calls that ``compareVacant(_:installed:calls:tally:differences:)`` may make.
  func vacantCallsByReturn(of prepared: inout PreparedFilter, among calls: [Call], each: Int) -> [Call] {
    callsByReturn(of: &prepared, among: calls.filter(isVacant), each: each)
  }

  /// Makes `calls` under the filter as it is, once for each shield, and compares the outcomes with the predicted ones.
  /// The ERRNO shield shows NOTIFY, TRACE and ALLOW as one; the TRACE shield tells them, and TRACE's data, apart.
  func compareReturns(
    _ prepared: inout PreparedFilter, installed: Filter? = nil, calls: [Call], tally: inout Tally,
    differences: inout DifferenceList
  ) throws(ProbeError) {
    for shield in [Shield.standard, .trace(marker: [prepared.filter].unusedTraceData)] {
      for start in stride(from: 0, to: calls.count, by: Probe.batchCapacity) {
        let count = min(Probe.batchCapacity, calls.count - start)
        _ = probe.calls.update(fromContentsOf: calls[start..<(start + count)])
        // Policy and filter have been compared on these calls; only the verdicts are wanted again.
        var (seen, none) = (Tally(), DifferenceList(limit: 0))
        comparePolicy(&prepared, layer: 0, count: count, tally: &seen, differences: &none)
        try compareVerdicts(
          [prepared], installed: installed.map { [$0] }, count: count, run: RealRun(shield: shield),
          tally: &tally, differences: &differences)
      }
    }
  }

  /// Makes calls without a shield that no table of this kernel holds, so that nothing is executed even where they are
  /// allowed. An unknown action between TRACE and ALLOW kills, but any shield outranks it: only without one it shows.
  func compareVacant(
    _ prepared: inout PreparedFilter, installed: Filter? = nil, calls: [Call], tally: inout Tally,
    differences: inout DifferenceList
  ) throws(ProbeError) {
    let count = min(calls.count, Probe.batchCapacity)
    precondition(calls.allSatisfy(isVacant), "a call without a shield that the kernel may execute")
    _ = probe.calls.update(fromContentsOf: calls[..<count])
    var (seen, none) = (Tally(), DifferenceList(limit: 0))
    comparePolicy(&prepared, layer: 0, count: count, tally: &seen, differences: &none)
    try compareVerdicts(
      [prepared], installed: installed.map { [$0] }, count: count, run: RealRun(shield: .unshielded),
      tally: &tally, differences: &differences)
  }

  /// Whether this kernel answers a call with ENOSYS whatever its arguments are: by an x32 number where there are
  /// none, or by a number far beyond all tables.
  func isVacant(_ call: Call) -> Bool {
    guard call.rax >> 32 == 0 else { return false }
    let isX32 = call.entryPath == .syscall && call.number & x32SyscallBit != 0
    if isX32, !features[.x32Calls] { return true }
    return call.number & ~(isX32 ? x32SyscallBit : 0) > Self.farNumber
  }

  /// Beyond the highest number by a wide margin: 470 as of Linux 7.2, 547 for x32.
  private static let farNumber: UInt32 = 4095
}
