import ClassicBPF
import Prediction
import Probing
import SeccompModel

/// Filter against kernel by the real verdicts, and policy against kernel end to end.
extension Workbench {
  /// What of a batch is made for real.
  struct RealRun {
    /// Calls whose verdict kills that are really made; each costs a process. The others are left out.
    var kills = Int.max
    /// Calls made at the most.
    var calls = Int.max
    var shield = Shield.standard
  }

  /// Installs the stack as it is and makes the calls of the batch that `run` selects. The verdicts of the newest filter
  /// are in the workbench already, those of the older ones in `olderVerdicts`. The batch is compacted: its order
  /// stays, its length becomes what was made.
  func compareVerdicts(
    _ stack: [PreparedFilter], installed: [Filter]? = nil, count: Int, run: RealRun, tally: inout Tally,
    differences: inout DifferenceList
  ) throws(ProbeError) {
    let older = stack.count - 1
    let made = select(count: count, older: older, run: run, tally: &tally)
    guard made > 0 else { return }
    let filters = installed ?? stack.map(\.filter)
    guard try install(filters, shield: run.shield, layer: older, differences: &differences) else { return }
    let report = try probe.run(count: made)
    tally.realCalls += made
    tally.kills += report.kills

    let contexts = Contexts(run.shield, probe)
    for index in 0..<made {
      let call = probe.calls[index]
      let expectation = expectation(index, older: older, call: call, context: contexts[call])
      let observed = probe.outcome(index)
      switch expectation {
      case .exactly(let outcome) where outcome == observed:
        if older == 0, checks[index] != PolicyCheck.notPermitted { tally.endToEndAgreed += 1 }
      case .runs, .unpredictable: tally.unpredictable += 1
      case .exactly(let outcome):
        tally.realDiffered += 1
        guard differences.wants(.filterKernel) else { break }
        differences.append(
          Difference(
            kind: .filterKernel, layer: older, call: call, verdict: winner(index, older: older),
            predicted: outcome, observed: observed))
      }
      if older == 0, checks[index] == PolicyCheck.notPermitted {
        compareEndToEnd(
          stack[0], call: call, observed: observed, verdict: verdicts[index], context: contexts[call],
          tally: &tally, differences: &differences)
      }
    }
  }

  /// A call whose verdict the policy does not permit: does user space notice?
  private func compareEndToEnd(
    _ prepared: PreparedFilter, call: Call, observed: Outcome?, verdict: UInt32, context: KernelModel.Context,
    tally: inout Tally, differences: inout DifferenceList
  ) {
    let policy = prepared.oracle.answer(to: data(of: call))
    for verdict in policy.verdicts {
      guard case .exactly(let outcome) = model.predict(verdict, call, context).expectation,
        outcome == observed
      else { continue }
      tally.endToEndAgreed += 1
      return
    }
    tally.endToEndDiffered += 1
    guard differences.wants(.policyKernel) else { return }
    differences.append(
      Difference(
        kind: .policyKernel, call: call, policy: policy, verdict: Verdict(rawValue: verdict),
        observed: observed))
  }

  /// What the model expects of call `index` of the batch under the whole stack.
  private func expectation(
    _ index: Int, older: Int, call: Call, context: KernelModel.Context
  ) -> Prediction.Expectation {
    let newest = Verdict(rawValue: verdicts[index])
    let prediction =
      older == 0
      ? model.predict(newest, call, context)
      : model.predict(
        (0..<older).map { Verdict(rawValue: olderVerdicts[$0][index]) } + [newest], call, context)
    // A call that filters are not asked about runs even under the shield; by hand it has one known end.
    if case .runs = prediction.expectation, let outcome = model.resultOfExemptCall(call) {
      return .exactly(outcome)
    }
    return prediction.expectation
  }

  /// The verdict of the stack for call `index` of the batch: that of its strongest filter, the newest of equals.
  private func winner(_ index: Int, older: Int) -> Verdict {
    var winner = Verdict(rawValue: verdicts[index])
    for layer in stride(from: older - 1, through: 0, by: -1) {
      let verdict = Verdict(rawValue: olderVerdicts[layer][index])
      if verdict.outranks(winner) { winner = verdict }
    }
    return winner
  }

  /// Compacts the batch to the calls that `run` selects. Returns how many.
  private func select(count: Int, older: Int, run: RealRun, tally: inout Tally) -> Int {
    var kept = 0
    var kills = 0
    for index in 0..<count where kept < run.calls {
      let combined = winner(index, older: older)
      if model.killsProcess(combined) != nil {
        guard kills < run.kills else { continue }
        kills += 1
      }
      // TRAP on a number that reads as a restart code may make the call again for ever.
      if combined.kind == .trap, isUnpredictable(combined, probe.calls[index]) {
        tally.unpredictable += 1
        continue
      }
      if kept != index {
        probe.calls[kept] = probe.calls[index]
        verdicts[kept] = verdicts[index]
        sites[kept] = sites[index]
        checks[kept] = checks[index]
        for layer in 0..<older { olderVerdicts[layer][kept] = olderVerdicts[layer][index] }
      }
      kept += 1
    }
    return kept
  }

  private func isUnpredictable(_ verdict: Verdict, _ call: Call) -> Bool {
    guard case .unpredictable = model.predict(verdict, call, KernelModel.Context()).expectation else {
      return false
    }
    return true
  }

  /// Room for the verdicts of `layers` older filters.
  func reserveOlderVerdicts(_ layers: Int) {
    while olderVerdicts.count < layers {
      let buffer = UnsafeMutableBufferPointer<UInt32>.allocate(capacity: Probe.batchCapacity)
      buffer.initialize(repeating: 0)
      olderVerdicts.append(buffer)
    }
  }
}

/// The model's contexts for the two entry paths, which differ in the instruction pointer.
struct Contexts {
  private let syscall: KernelModel.Context
  private let int80: KernelModel.Context

  init(_ shield: Shield, _ probe: Probe) {
    let pointers = probe.instructionPointers
    let modelled: KernelModel.Shield =
      switch shield {
      case .errno(let marker): .errno(marker: marker)
      case .trace(let marker): .trace(marker: marker)
      case .unshielded: .none
      }
    syscall = KernelModel.Context(shield: modelled, instructionPointer: pointers.syscall)
    int80 = KernelModel.Context(shield: modelled, instructionPointer: pointers.int80)
  }

  subscript(call: Call) -> KernelModel.Context { call.entryPath == .int80 ? int80 : syscall }
}
