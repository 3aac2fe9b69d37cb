import ClassicBPF
import Generation
import Prediction
import Probing
import Profiles
import Proving
import SeccompModel

/// Makes witnesses' calls on this kernel, under the filter and over the shield: no call that it lets through is executed.
struct WitnessReplay {
  let workbench: Workbench

  /// Tries each witness under both sides' filters, as far as they are filters.
  func run(_ witnesses: inout [ProofReport.Witness], one: [Filter], other: [Filter]) {
    guard !one.isEmpty || !other.isEmpty else { return }
    var calls: [(place: Int, call: Call)] = []
    for index in witnesses.indices {
      switch made(witnesses[index].data, under: [one, other].filter { !$0.isEmpty }) {
      case .success(let call): calls.append((index, call))
      case .failure(let reason): witnesses[index].notMade = reason.words
      }
    }
    if !one.isEmpty { run(calls, in: &witnesses, under: one, \.one) }
    if !other.isEmpty { run(calls, in: &witnesses, under: other, \.other) }
  }

  private struct Obstacle: Error { var words: String }

  private static let cannotChoose = Obstacle(words: "the probe cannot choose where it calls from")

  private func made(_ data: SeccompData, under stacks: [[Filter]]) -> Result<Call, Obstacle> {
    guard let call = CallGenerator.call(from: data) else {
      return .failure(
        data.instructionPointer == 0
          ? Obstacle(words: "no process here has that architecture") : Self.cannotChoose)
    }
    let pointers = workbench.probe.instructionPointers
    var shown = data
    shown.instructionPointer = call.entryPath == .int80 ? pointers.int80 : pointers.syscall
    guard stacks.allSatisfy({ $0.verdict(for: shown).meaning == $0.verdict(for: data).meaning }) else {
      return .failure(Self.cannotChoose)
    }
    // The shield's answer would be taken for the filter's.
    guard
      stacks.allSatisfy({ filters in
        let verdict = filters.verdict(for: data)
        return verdict.kind != .unknown || !Action.trace(0).verdict.outranks(verdict)
      })
    else {
      return .failure(
        Obstacle(words: "the kernel does not know the action, and it is weaker than the shield's"))
    }
    if call.entryPath == .int80, !workbench.features[.ia32Emulation] {
      return .failure(Obstacle(words: "this kernel has no 32-bit emulation"))
    }
    if call.entryPath == .syscall, workbench.hiddenNumbers.contains(call.number) {
      return .failure(Obstacle(words: "this kernel shows number \(call.number) to no filter"))
    }
    return .success(call)
  }

  /// What cannot be tried is said of each witness: the proof stands without.
  private func run(
    _ calls: [(place: Int, call: Call)], in witnesses: inout [ProofReport.Witness], under filters: [Filter],
    _ trial: WritableKeyPath<ProofReport.Witness, ProofReport.Trial?>
  ) {
    let count = filters.reduce(0) { $0 + $1.count }
    guard filters.count <= Probe.stackCapacity, count <= Probe.instructionCapacity else {
      for (place, _) in calls {
        witnesses[place].notMade =
          "the probe holds no stack of \(filters.count) filters with \(count) instructions"
      }
      return
    }
    for start in stride(from: 0, to: calls.count, by: Probe.batchCapacity) {
      let batch = calls[start..<min(calls.count, start + Probe.batchCapacity)]
      do {
        try run(batch, in: &witnesses, under: filters, trial)
      } catch {
        for (place, _) in batch { witnesses[place].notMade = "\(error)" }
      }
    }
  }

  private func run(
    _ batch: ArraySlice<(place: Int, call: Call)>, in witnesses: inout [ProofReport.Witness],
    under filters: [Filter], _ trial: WritableKeyPath<ProofReport.Witness, ProofReport.Trial?>
  ) throws(ProbeError) {
    let marker = filters.unusedTraceData
    try workbench.probe.install(filters, shield: .trace(marker: marker))
    _ = workbench.probe.calls.update(fromContentsOf: batch.map(\.call))
    _ = try workbench.probe.run(count: batch.count)
    for (index, (place, _)) in batch.enumerated() {
      guard let outcome = workbench.probe.outcome(index) else {
        witnesses[place].notMade = "the probe did not come to it"
        continue
      }
      let claim = LintWitness.Claim(filters.verdict(for: witnesses[place].data).action)
      witnesses[place][keyPath: trial] = ProofReport.Trial(
        outcome: outcome.lintWords(marker: marker), isBorneOut: claim.isBorneOut(by: outcome, marker: marker))
    }
  }
}

extension Workbench {
  /// Numbers that this kernel shows to no filter on the native entry.
  var hiddenNumbers: Set<UInt32> {
    Set(SeccompExemption.all.filter { features[$0.exception] }.map(\.number))
  }
}
