import ClassicBPF
import Generation
import Prediction
import Probing
import SeccompModel

/// Judges one case about programs: what the kernel loads against the checker, what it answers against the interpreter and
/// the kernel model.
struct FilterJudging {
  let workbench: Workbench
  let effort: FilterEffort
  private(set) var tally = Tally()
  private(set) var counts = FilterTally()
  private(set) var differences: DifferenceList

  private var probe: Probe { workbench.probe }

  init(_ workbench: Workbench, effort: FilterEffort) {
    self.workbench = workbench
    self.effort = effort
    differences = DifferenceList(limit: 1)
  }

  mutating func judge(_ generated: RawFilterCase, random: RandomSource) throws -> CaseResult {
    var random = random
    counts.shapes[generated.shape.rawValue] = 1
    for trial in generated.trials { _ = try load([trial]) }
    if generated.shape == .codes { counts.codes.blocks = [generated.codeBlock] }
    if !generated.stack.isEmpty, try load(generated.stack), generated.shape != .chain {
      try judgeCalls(generated, random: &random)
    }
    var result = CaseResult()
    tally.cases = 1
    tally.endToEndAgreed = 0
    tally.filters = counts
    result.tally = tally
    result.differences = differences.kept
    return result
  }

  // MARK: - Loading

  /// Loads programs one after the other and compares what the kernel says with the forecast. Whether all are loaded.
  private mutating func load(_ stack: [Filter]) throws(ProbeError) -> Bool {
    guard workbench.canLoad(stack) else {
      tally.stacksSkipped += 1
      return false
    }
    let rejections = stack.map(\.rejection)
    count(stack, rejections)
    if let difference = try workbench.loadingDifference(stack) {
      counts.loadDiffered += 1
      differences.append(difference)
      return false
    }
    return workbench.forecast(stack).refusal == nil
  }

  private mutating func count(_ stack: [Filter], _ rejections: [FilterRejection?]) {
    counts.programs += stack.count
    for (filter, rejection) in zip(stack, rejections) {
      if let rejection {
        counts.refused += 1
        counts.refusals[rejection.reason.name, default: 0] += 1
        continue
      }
      counts.accepted += 1
      for index in Set(filter.instructions.compactMap { $0.opcode?.position }) {
        counts.operations[index].loaded += 1
      }
    }
    guard stack.count > 1 else { return }
    tally.stacks += 1
    let total = stack.reduce(0) { $0 + $1.chainLength + Filter.chainOverhead }
    if abs(total - Filter.chainLimit) <= 64 { counts.nearChainLimit += 1 }
    if workbench.forecast(stack).refusal?.errno == ChainForecast.noMemory { counts.tooLongTogether += 1 }
  }

  // MARK: - Calls

  private mutating func judgeCalls(_ generated: RawFilterCase, random: inout RandomSource) throws {
    let stack = generated.stack
    let count = fillBatch(generated, random: &random)
    let calls = Array(probe.calls[..<count])
    var prepared = try stack.map { try PreparedFilter(raw: $0) }
    workbench.predict(stack: &prepared, count: count)
    for filter in prepared { cover(filter, count: count) }
    noteDivisions(prepared, count: count)

    let isTagged = try compareTags(prepared[prepared.count - 1], count: count)
    if generated.realVerdicts || !isTagged {
      try compareReal(prepared, count: count, run: .init(kills: effort.kills))
    }
    if generated.number % effort.traceShieldEvery == 0 {
      let run = Workbench.RealRun(
        kills: 1, calls: effort.traceCalls, shield: .trace(marker: stack.unusedTraceData))
      try again(&prepared, calls, run: run)
    }
    if generated.number % effort.vacantEvery == 0 {
      let vacant = calls.filter(workbench.isVacant)
      counts.vacantCalls += vacant.count
      try again(&prepared, vacant, run: .init(kills: effort.kills, shield: .unshielded))
    }
    if stack.count == 1, generated.number % effort.cacheEvery == 0 {
      try compareCache(stack[0], isLive: generated.number / effort.cacheEvery % effort.cacheLiveEvery == 0)
    }
  }

  /// Draws the calls and finds the witnesses. Returns how many.
  private func fillBatch(_ generated: RawFilterCase, random: inout RandomSource) -> Int {
    let count = min(effort.calls, Probe.batchCapacity)
    RawCallDrawer(generated.stack).fill(
      UnsafeMutableBufferPointer(rebasing: probe.calls[..<count]), using: &random)
    guard generated.number % effort.witnessesEvery == 0, let newest = generated.stack.last,
      newest.count <= effort.exploredInstructions,
      let paths = try? FilterPaths(
        of: newest, architectures: [AuditToken.x86_64, AuditToken.i386], samples: effort.exploredSamples)
    else { return count }
    let witnesses = CallGenerator.calls(from: paths.witnesses).prefix(Probe.batchCapacity - count)
    _ = probe.calls[count...].update(fromContentsOf: witnesses)
    return count + witnesses.count
  }

  /// Which operations ran.
  private mutating func cover(_ prepared: PreparedFilter, count: Int) {
    var coverage = FilterCoverage(of: prepared.filter)
    prepared.evaluator.mark(
      workbench.calls(count), instructionPointers: probe.instructionPointers, in: &coverage)
    tally.instructions += prepared.filter.count
    tally.instructionsExecuted += coverage.executedCount
    for (pc, instruction) in prepared.filter.instructions.enumerated() where coverage.contains(pc) {
      guard let opcode = instruction.opcode, let index = opcode.position else { continue }
      counts.operations[index].executed += 1
      guard let taken = counts.operations[index].taken, let notTaken = counts.operations[index].notTaken
      else {
        continue
      }
      counts.operations[index].taken =
        taken + (coverage.contains(FilterCoverage.Edge(programCounter: pc, taken: true)) ? 1 : 0)
      counts.operations[index].notTaken =
        notTaken + (coverage.contains(FilterCoverage.Edge(programCounter: pc, taken: false)) ? 1 : 0)
    }
  }

  private mutating func noteDivisions(_ prepared: [PreparedFilter], count: Int) {
    let instructions = prepared[prepared.count - 1].filter.instructions
    guard instructions.contains(where: { $0.opcode == .divideX }) else { return }
    for index in 0..<count where instructions[Int(workbench.sites[index])].opcode == .divideX {
      counts.divisionsByZero += 1
    }
  }

  /// Compares by return sites. False when the filter cannot be tagged.
  private mutating func compareTags(_ newest: PreparedFilter, count: Int) throws(ProbeError) -> Bool {
    guard let tagged = try? newest.filter.tagged() else {
      counts.untagged += 1
      return false
    }
    var found = DifferenceList(limit: 1)
    try workbench.compareTagging(
      newest, installed: workbench.given(newest.filter), layer: 0, count: count, tally: &tally,
      differences: &found)
    for var difference in found.kept {
      // The tagged program is a program of its own, and shows by its plain verdicts what was seen.
      difference.filters = [tagged.filter]
      if case .returned(let value)? = difference.predicted, difference.kind == .filterKernel {
        difference.verdict = Verdict(rawValue: ActionKind.errno.actionBits | UInt32(clamping: -value))
      }
      differences.append(difference)
    }
    return true
  }

  private mutating func compareReal(
    _ prepared: [PreparedFilter], count: Int, run: Workbench.RealRun
  ) throws(ProbeError) {
    let stack = prepared.map(\.filter)
    if run.shield != .unshielded, !workbench.fitsShield(stack) { return }
    var found = DifferenceList(limit: 1)
    try workbench.compareVerdicts(
      prepared, installed: stack.map(workbench.given), count: count, run: run, tally: &tally,
      differences: &found)
    for var difference in found.kept {
      difference.filters = stack
      differences.append(difference)
    }
  }

  /// The same calls, or some of them, in another manner.
  private mutating func again(
    _ prepared: inout [PreparedFilter], _ calls: [Call], run: Workbench.RealRun
  ) throws(ProbeError) {
    guard !calls.isEmpty else { return }
    _ = probe.calls.update(fromContentsOf: calls)
    workbench.predict(stack: &prepared, count: calls.count)
    try compareReal(prepared, count: calls.count, run: run)
  }

  // MARK: - The action cache

  private mutating func compareCache(_ filter: Filter, isLive: Bool) throws {
    guard var equivalence = try ActionCacheEquivalence(filter, model: workbench.model) else { return }
    equivalence.kept = 1
    var report = try equivalence.judge(on: probe, install: workbench.given)
    counts.cacheFilters += 1
    counts.cacheCalls += report.taggedCalls + report.shieldedCalls
    counts.cacheDiffered += report.differed
    if isLive {
      if let baseline = workbench.liveBaseline() {
        let live = try equivalence.judgeLive(baseline, install: workbench.given)
        counts.cacheLiveCalls += live.liveCalls
        counts.cacheLiveDiffered += live.differed
        report += live
      } else {
        counts.cacheLiveSkipped += 1
      }
    }
    for found in report.differences { differences.append(Difference(found, of: equivalence)) }
  }
}

extension Difference {
  /// What the cache comparison found, as a difference between a program and the kernel.
  init(_ found: ActionCacheEquivalence.Difference, of equivalence: ActionCacheEquivalence) {
    let isPlain = found.plain != found.expected
    var filter = isPlain ? equivalence.filter : equivalence.uncacheable
    var verdict = found.verdict
    if found.manner == .tagged, let tagged = try? filter.tagged() {
      filter = tagged.filter
      if case .returned(let value) = found.expected {
        verdict = Verdict(rawValue: ActionKind.errno.actionBits | UInt32(clamping: -value))
      }
    }
    self.init(
      kind: .filterKernel, call: found.call, verdict: verdict, predicted: found.expected,
      observed: isPlain ? found.plain : found.uncacheable)
    filters = [filter]
  }
}
