import ClassicBPF
import Compilation
package import Generation
import Prediction
import Probing
import SeccompModel

/// How much of each case is asked.
package struct CaseEffort: Hashable, Sendable {
  /// Calls generated for a case, before the witnesses.
  package var calls = 448
  /// Of how many cases one gets a witness of every path of its filter too, found by exploring the program.
  package var witnessesEvery: UInt64 = 4
  /// Instructions of the largest filter that is explored: beyond, it takes longer than the rest of the case.
  package var exploredInstructions = 600
  /// Killing verdicts really made in a case.
  package var kills = 6
  /// Of how many cases one makes its real calls under the TRACE shield, which tells more and costs more.
  package var traceShieldEvery: UInt64 = 64
  /// Calls under the TRACE shield.
  package var traceCalls = 48
  /// Of how many cases one has its newest filter proved, where no call showed a difference.
  package var proofsEvery: UInt64 = 64
  /// Differences of one kind that are kept of a case.
  package var differences = 1

  package init() {}
}

extension Workbench {
  /// Answers one generated case with all parties and compares.
  package func run(
    _ generated: GeneratedCase, random: RandomSource, effort: CaseEffort
  ) throws -> CaseResult {
    var result = CaseResult()
    result.tally.cases = 1
    result.layers = generated.older + [Layer(profile: generated.profile, settings: generated.settings)]
    guard var stack = try prepare(&result) else { return result }

    var random = random
    let count = fillBatch(for: stack, number: generated.number, effort: effort, random: &random)
    var differences = DifferenceList(limit: effort.differences)
    try compare(
      &stack, count: count, generated: generated, effort: effort, tally: &result.tally,
      differences: &differences)
    if effort.proofsEvery > 0, generated.number % effort.proofsEvery == effort.proofsEvery / 2 {
      try prove(
        &stack, explored: effort.exploredInstructions, tally: &result.tally, differences: &differences)
    }
    result.differences = differences.kept
    return result
  }

  /// Compiles the layers. Nil when one gave no filter that the kernel would load; the result says why.
  func prepare(_ result: inout CaseResult, deadline: Duration? = nil) throws -> [PreparedFilter]? {
    var stack: [PreparedFilter] = []
    for (index, layer) in result.layers.enumerated() {
      let compilation = try compile(layer, deadline: deadline)
      guard case .compiled(let compiled) = compilation else {
        result.tally.count(compilation)
        result.compilerFailure = CompilerFailure(layer: index, library: 0, result: compilation)
        return nil
      }
      result.tally.count(compilation)
      result.filters.append(compiled.filter)
      do {
        stack.append(try PreparedFilter(layer, compiled))
      } catch {
        // libseccomp exports what it made, however long; the kernel's checker is the one to say no, and must.
        result.tally.rejectedPrograms += 1
        if try kernelAccepts(compiled.filter) {
          result.differences.append(
            Difference(
              kind: .kernelInstall, layer: index, call: Call(.syscall, rax: 0), predicted: .returned(-22),
              observed: .returned(0)))
        }
        return nil
      }
    }
    return stack
  }

  private func kernelAccepts(_ filter: Filter) throws(ProbeError) -> Bool {
    guard filter.count <= Probe.instructionCapacity else { return false }
    do {
      try probe.install([filter])
      return true
    } catch ProbeError.setUp(.filter, _, _) {
      return false
    }
  }

  /// Calls drawn from the newest filter and its profile.
  private func fillBatch(
    for stack: [PreparedFilter], number: UInt64, effort: CaseEffort, random: inout RandomSource
  ) -> Int {
    guard let newest = stack.last else { return 0 }
    let generator = CallGenerator(filter: newest.filter, profile: newest.layer.profile)
    let count = min(effort.calls, Probe.batchCapacity)
    generator.fill(UnsafeMutableBufferPointer(rebasing: probe.calls[..<count]), using: &random)
    guard effort.witnessesEvery > 0, number % effort.witnessesEvery == 0,
      newest.filter.count <= effort.exploredInstructions,
      let paths = try? FilterPaths(of: newest.filter, architectures: [AuditToken.x86_64, AuditToken.i386])
    else { return count }
    let witnesses = CallGenerator.calls(from: paths.witnesses).prefix(Probe.batchCapacity - count)
    _ = probe.calls[count...].update(fromContentsOf: witnesses)
    return count + witnesses.count
  }

  private func compare(
    _ stack: inout [PreparedFilter], count: Int, generated: GeneratedCase, effort: CaseEffort,
    tally: inout Tally, differences: inout DifferenceList
  ) throws {
    let newest = stack.count - 1
    reserveOlderVerdicts(newest)
    for layer in stack.indices {
      comparePolicy(&stack[layer], layer: layer, count: count, tally: &tally, differences: &differences)
      if layer < newest { _ = olderVerdicts[layer].update(fromContentsOf: verdicts[..<count]) }
    }
    compareLibraries(stack[newest], layer: newest, count: count, tally: &tally, differences: &differences)
    tally.instructions += stack[newest].filter.count
    tally.instructionsExecuted += executedInstructions(of: stack[newest], count: count)
    if newest > 0 { tally.stacks += 1 }

    try compareTagging(
      stack[newest], layer: newest, count: count, tally: &tally, differences: &differences)
    guard generated.realVerdicts || newest > 0 else { return }
    guard canInstall(stack) else {
      tally.stacksSkipped += 1
      return
    }
    var run = RealRun(kills: effort.kills)
    if effort.traceShieldEvery > 0, generated.number % effort.traceShieldEvery == 0 {
      run.shield = .trace(marker: stack.map(\.filter).unusedTraceData)
      run.calls = effort.traceCalls
    }
    try compareVerdicts(stack, count: count, run: run, tally: &tally, differences: &differences)
  }

  /// Without SUSPEND_SECCOMP a kid installs the stack for itself, and every filter but the newest must let it go on.
  func canInstall(_ stack: [PreparedFilter]) -> Bool {
    guard !probe.isSuspended else { return true }
    return stack.dropLast().allSatisfy { prepared in
      prepared.filter.evaluate(probe.installationData).kind == .allow
    }
  }

  /// How many of the filter's instructions the batch ran.
  func executedInstructions(of prepared: PreparedFilter, count: Int) -> Int {
    var coverage = FilterCoverage(of: prepared.filter)
    prepared.evaluator.mark(calls(count), instructionPointers: probe.instructionPointers, in: &coverage)
    return coverage.executedCount
  }

  /// Asks the other libraries, if there are any, and compares their filters with the first one's.
  func compareLibraries(
    _ prepared: PreparedFilter, layer: Int, count: Int, tally: inout Tally, differences: inout DifferenceList
  ) {
    for library in compilers.indices.dropFirst() {
      guard case .compiled(let other)? = try? compile(prepared.layer, library: library),
        (try? other.filter.check()) != nil
      else {
        tally.libraryFailures += 1
        continue
      }
      tally.libraryCalls += count
      for index in 0..<count {
        let verdict = other.filter.evaluate(data(of: calls(count)[index]))
        guard verdict.rawValue != verdicts[index] else { continue }
        tally.libraryDiffered += 1
        guard differences.wants(.libraryLibrary) else { continue }
        differences.append(
          Difference(
            kind: .libraryLibrary, layer: layer, call: calls(count)[index],
            verdict: Verdict(rawValue: verdicts[index]), otherVerdict: verdict))
      }
    }
  }
}

extension [Filter] {
  /// Event data that no return of these filters asks a tracer for.
  var unusedTraceData: UInt16 {
    let used = Set(
      flatMap(\.instructions).filter { $0.opcode == .returnK }.map { Verdict(rawValue: $0.k) }
        .filter { $0.kind == .trace }.map(\.data))
    return (1...UInt16.max).first { !used.contains($0) } ?? 0
  }
}
