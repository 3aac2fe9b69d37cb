import ClassicBPF
import Compilation
import Generation
import Prediction
import Probing
import Profiles
import SeccompModel

/// Makes witness calls: one filter for each reading of the text, compiled when first asked for.
struct LintCourt {
  let subject: LintSubject
  let settings: FilterSettings
  let workbench: Workbench
  private var benches: [LintWitness.Reading: Bench] = [:]

  /// What a reading comes to.
  private enum Bench {
    case filter(PreparedFilter)
    /// No filter is put on.
    case empty
    /// There is nothing to call under.
    case closed(String)
  }

  init(subject: LintSubject, settings: FilterSettings, workbench: Workbench) {
    self.subject = subject
    self.settings = settings
    self.workbench = workbench
  }

  /// Makes the witness's call.
  mutating func hear(_ witness: LintWitness) throws -> LintReport.Witness {
    let call = witness.call
    var report = LintReport.Witness(
      name: witness.name, entryPath: call.entryPath == .int80 ? "int $0x80" : "syscall",
      rax: hex(call.rax),
      arguments: (0..<Arguments.count).map { hex(call.arguments[$0]) }, reading: witness.reading,
      meant: witness.meant, claim: "\(witness.claim)")
    if call.entryPath == .int80, !workbench.features[.ia32Emulation] {
      report.notMade = "this kernel has no 32-bit emulation"
      return report
    }
    var stack: [Filter] = []
    switch try bench(witness.reading) {
    case .closed(let reason):
      report.notMade = reason
      return report
    case .empty: break
    case .filter(let prepared):
      let data = workbench.data(of: call)
      report.policy = prepared.oracle.answer(to: data).verdicts.map(\.description).joined(separator: " or ")
      report.filter = prepared.filter.evaluate(data).description
      stack = [prepared.filter]
    }
    let marker = stack.unusedTraceData
    try workbench.probe.install(stack, shield: .trace(marker: marker))
    workbench.probe.calls[0] = call
    _ = try workbench.probe.run(count: 1)
    guard let outcome = workbench.probe.outcome(0) else {
      report.notMade = "the probe did not come to it"
      return report
    }
    report.kernel = outcome.lintWords(marker: marker)
    report.isShown = witness.claim.isBorneOut(by: outcome, marker: marker)
    return report
  }

  /// A remark of our own when libseccomp makes no filter of the profile, or the kernel does not take it.
  mutating func complaint() throws -> LintReport.Remark? {
    guard case .closed(let reason) = try bench(.meant) else { return nil }
    return LintReport.Remark(
      rule: LintReport.noFilter.id, severity: .error, path: subject.documentPath, line: 1, column: 1,
      message: "no filter comes of the profile: \(reason)",
      fix: "see 'crosscheck check' for the rule at fault",
      witnesses: [], withoutWitness: "there is no filter to call under")
  }

  private mutating func bench(_ reading: LintWitness.Reading) throws -> Bench {
    if let bench = benches[reading] { return bench }
    let bench = try open(reading)
    benches[reading] = bench
    return bench
  }

  private func open(_ reading: LintWitness.Reading) throws -> Bench {
    let profile: Profile?
    switch reading {
    case .none: return .empty
    case .meant: profile = subject.document.profile
    case .raw: profile = subject.rawProfile
    }
    guard var applied = profile?.applied else { return .closed("runtimes refuse the text as it stands") }
    applied.architectures = applied.filteredArchitectures()
    let layer = Layer(profile: applied, settings: settings)
    switch try workbench.compile(layer) {
    case .compiled(let compiled):
      do throws(FilterRejection) {
        return .filter(try PreparedFilter(layer, compiled))
      } catch {
        return .closed("the kernel refuses the program: \(error)")
      }
    case .failed(let stage, let errno, _): return .closed("libseccomp answers errno \(errno) at \(stage)")
    case .hung(let stage, _, _): return .closed("libseccomp does not come back at \(stage)")
    case .crashed(_, let stage, _): return .closed("libseccomp crashes at \(stage)")
    }
  }
}
