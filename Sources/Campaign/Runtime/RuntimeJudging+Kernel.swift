import ClassicBPF
import Generation
import Prediction
import Probing
import Profiles
import SeccompModel
import Targets

/// The installed filters against the kernel: put on by our own probe, and as they bind the container.
extension RuntimeJudging {
  /// Differences of one kind that are looked at one by one; all are counted.
  private static let differenceLimit = 200

  /// The captured filters on this kernel, without the container.
  mutating func judgeKernel() throws {
    guard !calls.isEmpty else {
      skipped.append("calls on this kernel: there is no profile to tell which ones matter")
      return
    }
    var stack = try self.stack.map {
      try PreparedFilter(Self.anyLayer, installed: $0, oracle: Self.anyOracle)
    }
    guard workbench.canInstall(stack) else {
      skipped.append(
        "calls on this kernel: without privilege an older filter keeps the next from being installed")
      return
    }
    let newest = stack.count - 1
    workbench.reserveOlderVerdicts(newest)
    var found = DifferenceList(limit: Self.differenceLimit)
    for start in stride(from: 0, to: calls.count, by: Probe.batchCapacity) {
      let count = min(Probe.batchCapacity, calls.count - start)
      _ = workbench.probe.calls.update(fromContentsOf: calls[start..<(start + count)])
      for layer in stack.indices {
        workbench.predict(&stack[layer], count: count)
        if layer < newest {
          _ = workbench.olderVerdicts[layer].update(fromContentsOf: workbench.verdicts[..<count])
        }
      }
      for index in 0..<count { workbench.checks[index] = PolicyCheck.decided }
      try workbench.compareTagging(
        stack[newest], layer: newest, count: count, tally: &tally, differences: &found)
      try workbench.compareVerdicts(
        stack, count: count,
        run: Workbench.RealRun(kills: workbench.probe.isSuspended ? .max : Self.fallbackKills), tally: &tally,
        differences: &found)
    }
    tell(found.kept, parties: "filter - kernel")
  }

  /// Killing verdicts made where each costs an installation.
  private static let fallbackKills = 500

  /// A layer and a policy for what is only held against the kernel.
  private static let anyLayer = Layer(profile: .init(defaultAction: .allow))
  private static let anyOracle = PolicyOracle(rules: [], defaultAction: .allow)

  private mutating func tell(_ found: [Difference], parties: String) {
    let alike = Dictionary(grouping: found) {
      [ReportText.seen($0.predicted), ReportText.seen($0.observed)]
    }
    for (key, group) in alike.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      guard let first = group.first else { continue }
      differences.append(
        RuntimeReport.Difference(
          parties: parties, calls: Set(group.map(\.call.displayName)).sorted(), expected: key[0],
          found: key[1],
          witness: ReportText.symbolic(first.call), count: group.count))
    }
  }

  // MARK: Inside the container

  mutating func judgeInside() throws {
    guard check.options.runsInside else {
      inside.reason = "not asked for"
      return
    }
    guard let asked = run.inside else {
      inside.reason = run.silence
      return
    }
    var found: [Difference] = []
    for (index, call) in ContainerRun.harmless(calls).enumerated() {
      guard let expected = expectedInside(call, asked) else { continue }
      inside.calls += 1
      guard asked.shielded[index] != expected else { continue }
      inside.differed += 1
      found.append(
        Difference(kind: .filterKernel, call: call, predicted: expected, observed: asked.shielded[index]))
    }
    switch try check.liveBaseline() {
    case .failure(let silence): skipped.append("executed calls inside the container: \(silence.reason)")
    case .success(let baseline):
      if baseline.unstable > 0 {
        skipped.append("\(baseline.unstable) executed calls: not the same twice without a filter")
      }
      for (index, call) in baseline.calls.enumerated() where index < asked.live.count {
        guard let expected = expectedLive(call, baseline.outcomes[index], asked) else { continue }
        inside.executed += 1
        guard asked.live[index] != expected else { continue }
        inside.executedDiffered += 1
        found.append(
          Difference(kind: .filterKernel, call: call, predicted: expected, observed: asked.live[index]))
      }
    }
    tell(found, parties: "filter - container")
  }

  /// What a call under the runtime's filters and the shield comes to; nil when the model cannot say.
  private func expectedInside(_ call: Call, _ asked: ContainerRun.Inside) -> Outcome? {
    let (context, verdicts) = view(call, asked)
    switch workbench.model.predict(verdicts + [Action.trace(0).verdict], call, context).expectation {
    case .exactly(let outcome): return outcome
    case .runs: return workbench.model.resultOfExemptCall(call)
    case .unpredictable: return nil
    }
  }

  /// What a call under the runtime's filters alone comes to, when it does `baseline` without any.
  private func expectedLive(_ call: Call, _ baseline: Outcome, _ asked: ContainerRun.Inside) -> Outcome? {
    let (context, verdicts) = view(call, asked)
    switch workbench.model.predict(verdicts, call, context).expectation {
    case .exactly(let outcome): return outcome
    case .runs: return baseline
    case .unpredictable: return nil
    }
  }

  private func view(
    _ call: Call, _ asked: ContainerRun.Inside
  ) -> (context: KernelModel.Context, verdicts: [Verdict]) {
    let pointers = asked.instructionPointers
    let pointer = call.entryPath == .int80 ? pointers.int80 : pointers.syscall
    let data = call.seccompData(instructionPointer: pointer)
    return (
      KernelModel.Context(instructionPointer: pointer), run.stackInside.map { $0.filter.evaluate(data) }
    )
  }
}

extension ContainerRun {
  /// Of `calls` those that are made inside: a TRAP on a number that reads as a restart code may make a call again for
  /// ever.
  static func harmless(_ calls: [Call]) -> [Call] {
    calls.filter { !restartCodes.contains(Int32(bitPattern: $0.number)) }
  }

  /// The negated codes of linux/errno.h, ERESTARTSYS to ERESTART_RESTARTBLOCK.
  private static let restartCodes: ClosedRange<Int32> = -516 ... -512
}
