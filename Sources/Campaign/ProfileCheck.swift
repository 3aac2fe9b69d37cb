import CLinux
import ClassicBPF
import Compilation
import Generation
import Prediction
import Probing
import Profiles
import SeccompModel

/// `check`: every number by every way into the kernel with the arguments that matter for one profile, answered by the
/// policy, the compiled filter and this kernel.
package enum ProfileCheck {
  package static func run(
    _ options: CheckOptions, progress: (CheckProgress) -> Void
  ) throws -> CheckReport {
    let begin = clinux_monotonic_time()
    progress(CheckProgress(stage: "starting", fraction: 0))
    let features = try FeatureProbe.detect(options.workbench.probe)
    var bench = options.workbench
    // One profile may take its time; a campaign cannot wait.
    bench.compilerDeadline = max(bench.compilerDeadline, .seconds(1))
    let workbench = try Workbench(bench, features: features)
    var checking = Checking(options: options, workbench: workbench)
    progress(CheckProgress(stage: "compiling", fraction: 0.05))
    if let failure = try checking.compile() {
      checking.record(failure)
    } else {
      progress(CheckProgress(stage: "proving", fraction: 0.07))
      checking.prove()
      progress(CheckProgress(stage: "exploring the filter", fraction: 0.1))
      try checking.enumerate()
      try checking.answerAll { progress(CheckProgress(stage: "calling", fraction: 0.2 + 0.5 * $0)) }
      progress(CheckProgress(stage: "live calls", fraction: 0.75))
      try checking.runLive()
      checking.noteShieldedReturns()
    }
    progress(CheckProgress(stage: "minimising", fraction: 0.85))
    var report = try checking.report()
    report.seconds = Double(clinux_monotonic_time() - begin) / 1e9
    return report
  }
}

/// One check under way.
struct Checking {
  let options: CheckOptions
  let workbench: Workbench
  let layer: Layer
  var prepared: PreparedFilter?
  var compilation: CompilationResult?
  var paths: FilterPaths?
  var calls: [Call] = []
  var coverage: FilterCoverage?
  var tally = Tally()
  var verdicts: [UInt32: Int] = [:]
  var answers = AnswerTable()
  var contested = ContestedCalls()
  var differences = DifferenceList(limit: Self.differenceLimit)
  var failures: [CompilerFailure] = []
  var skipped: [String] = []
  var proof: CheckReport.Proof?
  /// Calls that the proof found to be answered otherwise than is right.
  var counterexamples: [Call] = []
  var ways = Ways()
  /// Why the kernel does not take the program, if it does not.
  var unloadable: String?
  /// Calls made without a shield: whatever the filter allows of them is seen to be allowed.
  var unshielded: [Call] = []

  /// Differences of one kind that are looked at one by one; the tally counts all.
  static let differenceLimit = 5000

  /// Calls for each return by each entry path that are made under both shields.
  static let callsPerReturn = 4

  init(options: CheckOptions, workbench: Workbench) {
    self.options = options
    self.workbench = workbench
    var profile = options.document.profile
    // As with every container runtime: seccomp_init(3) puts the native architecture in, and none takes it out.
    profile.architectures = profile.filteredArchitectures()
    layer = Layer(profile: profile, settings: options.settings)
  }

  /// Compiles with the first library. Returns the failure if there is no filter to check.
  mutating func compile() throws -> CompilerFailure? {
    let result = try workbench.compile(layer)
    compilation = result
    tally.cases = 1
    tally.count(result)
    guard case .compiled(let compiled) = result else {
      return CompilerFailure(layer: 0, library: 0, result: result)
    }
    do {
      prepared = try PreparedFilter(layer, compiled)
    } catch {
      tally.rejectedPrograms += 1
      unloadable = "the kernel refuses the program: \(error)"
    }
    return nil
  }

  mutating func record(_ failure: CompilerFailure) { failures.append(failure) }

  /// Collects the calls to make.
  mutating func enumerate() throws {
    guard let prepared else { return }
    let (paths, exhaustive) = try Self.enumeration(for: layer, filter: prepared.filter)
    self.paths = paths
    calls = exhaustive.calls + counterexamples
    coverage = FilterCoverage(of: prepared.filter)
    if !workbench.features[.ia32Emulation] {
      calls.removeAll { $0.entryPath == .int80 }
      skipped.append("int $0x80: this kernel has no 32-bit emulation")
    }
    try takeEveryWay(prepared, paths)
    if !exhaustive.truncations.isEmpty {
      let dropped = exhaustive.truncations.reduce(0) { $0 + $1.dropped }
      skipped.append(
        "\(dropped) argument combinations on \(exhaustive.truncations.count) calls, beyond \(exhaustive.limitPerNumber) a call"
      )
    }
  }

  /// What is to be called for one filter, and what can be reached in it.
  static func enumeration(
    for layer: Layer, filter: Filter
  ) throws(FilterRejection) -> (paths: FilterPaths, calls: ExhaustiveCalls) {
    let paths = try FilterPaths(of: filter, architectures: [AuditToken.x86_64, AuditToken.i386])
    return (
      paths,
      ExhaustiveCalls(
        profile: layer.profile, filter: filter, witnesses: paths.witnesses,
        highestNumber: max(470, SyscallTable.x86_64.highestNumber))
    )
  }

  /// Answers all calls with all parties, batch by batch.
  mutating func answerAll(progress: (Double) -> Void) throws {
    guard var prepared else { return }
    for start in stride(from: 0, to: calls.count, by: Probe.batchCapacity) {
      let count = min(Probe.batchCapacity, calls.count - start)
      fill(from: start, count: count)
      workbench.comparePolicy(
        &prepared, layer: 0, count: count, tally: &tally, differences: &differences)
      observe(prepared, count: count)
      workbench.compareLibraries(prepared, layer: 0, count: count, tally: &tally, differences: &differences)
      try workbench.compareTagging(prepared, layer: 0, count: count, tally: &tally, differences: &differences)
      try workbench.compareVerdicts(
        [prepared], count: count,
        run: Workbench.RealRun(kills: workbench.probe.isSuspended ? .max : options.fallbackKills),
        tally: &tally, differences: &differences)
      try answerUnderTracer(&prepared, from: start, count: count)
      progress(Double(start + count) / Double(calls.count))
    }
    // Where kills are limited, above, a return may have been left out.
    let byReturn = workbench.callsByReturn(of: &prepared, among: calls, each: Self.callsPerReturn)
    try workbench.compareReturns(&prepared, calls: byReturn, tally: &tally, differences: &differences)
    let vacant = workbench.vacantCallsByReturn(of: &prepared, among: calls, each: Self.callsPerReturn)
    try workbench.compareVacant(&prepared, calls: vacant, tally: &tally, differences: &differences)
    unshielded = vacant
    self.prepared = prepared
    if !workbench.probe.isSuspended {
      skipped.append(
        "killing verdicts beyond \(options.fallbackKills) a batch: without CAP_SYS_ADMIN (errno "
          + "\(workbench.probe.suspendErrno)) each costs an installation; return-site tagging covered them")
    }
  }

  private func fill(from start: Int, count: Int) {
    _ = workbench.probe.calls.update(fromContentsOf: calls[start..<(start + count)])
  }

  /// The same calls under the TRACE shield, which tells TRACE and NOTIFY from what is allowed. Kills look the same there,
  /// so that a few are enough.
  private mutating func answerUnderTracer(
    _ prepared: inout PreparedFilter, from start: Int, count: Int
  ) throws {
    fill(from: start, count: count)
    var counted = Tally()
    var ignored = DifferenceList(limit: 0)
    workbench.comparePolicy(&prepared, layer: 0, count: count, tally: &counted, differences: &ignored)
    try workbench.compareVerdicts(
      [prepared], count: count,
      run: Workbench.RealRun(kills: 64, shield: .trace(marker: [prepared.filter].unusedTraceData)),
      tally: &tally, differences: &differences)
  }

  /// Coverage, verdicts and contested calls of the batch, as the interpreter has them.
  private mutating func observe(_ prepared: PreparedFilter, count: Int) {
    if var coverage {
      mark(workbench.calls(count), prepared, in: &coverage)
      self.coverage = coverage
    }
    tally.instructions = prepared.filter.count
    for index in 0..<count {
      verdicts[workbench.verdicts[index], default: 0] += 1
      answers.add(workbench.probe.calls[index], workbench.verdicts[index])
      guard workbench.checks[index] == PolicyCheck.contested else { continue }
      let call = workbench.probe.calls[index]
      contested.add(
        call, candidates: prepared.oracle.answer(to: workbench.data(of: call)).verdicts,
        chosen: Verdict(rawValue: workbench.verdicts[index]))
    }
  }

  /// The live table under the filter, as against no filter.
  mutating func runLive() throws {
    guard let prepared, options.runsLive else {
      if prepared != nil { skipped.append("live calls: not asked for") }
      return
    }
    do {
      let run = try LiveRun.run(
        stack: [prepared.filter],
        entryPaths: workbench.features[.ia32Emulation] ? [.syscall, .int80] : [.syscall])
      workbench.compareLive(run, prepared, tally: &tally, differences: &differences)
      for observation in run.observations { unshielded.append(observation.call) }
      if !run.unstable.isEmpty {
        skipped.append("\(run.unstable.count) live calls: not the same twice without a filter")
      }
    } catch ProbeError.setUp(.live, _, let errno) {
      skipped.append("live calls: namespaces of their own need root (errno \(errno))")
    }
  }

  /// Says which returns let only such calls through as must not be executed: there a shield answered, and an action that the
  /// kernel does not know but ranks below the shield's would have looked the same.
  mutating func noteShieldedReturns() {
    guard var prepared else { return }
    let reached = workbench.returns(of: &prepared, for: calls)
    let seen = workbench.returns(of: &prepared, for: unshielded)
    let allowing = prepared.filter.instructions.indices.filter {
      let instruction = prepared.filter.instructions[$0]
      guard instruction.opcode == .returnK else { return false }
      let kind = Verdict(rawValue: instruction.k).kind
      return kind == .allow || kind == .log
    }
    let open = Set(allowing).intersection(reached).subtracting(seen).sorted()
    guard !open.isEmpty else { return }
    skipped.append(
      "returns at \(open.map(String.init).joined(separator: ", ")): they allow only calls that must not be executed "
        + "here, so that ALLOW was not told from an unknown action that is weaker than the shield's")
  }
}
