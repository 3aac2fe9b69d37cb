import ClassicBPF
import Compilation
import Generation
import Prediction
import Probing
import SeccompModel

/// Asking whether one small case still shows what a campaign found: the minimiser's predicate, and a replay's.
extension Workbench {
  /// What was being looked for, seen again.
  enum Sighting: Hashable, Sendable {
    case difference(Difference, filters: [Filter])
    case compilerFailure(CompilerFailure)
  }

  /// How much is made of one case.
  enum Attention {
    /// The compiler has its whole deadline, and what belongs to the evidence is collected.
    case full
    /// Only whether the finding shows, for one of a minimiser's many questions: what comes of them is asked again in
    /// full. A hang is believed after a fifth of the deadline.
    case glance
    /// As `full`, and the compiler has twenty times its deadline.
    case patient

    fileprivate func deadline(_ usual: Duration) -> Duration? {
      switch self {
      case .full: nil
      case .glance: usual / 5
      case .patient: usual * 20
      }
    }
  }

  /// Asks all parties about one case. Nil when it does not show a finding of this kind.
  func inquire(
    _ kind: FindingKind, _ candidate: MinimizableCase, _ attention: Attention = .full
  ) throws -> Sighting? {
    var result = CaseResult()
    result.layers = candidate.older + [Layer(profile: candidate.profile, settings: candidate.settings)]
    var prepared = try prepare(&result, deadline: attention.deadline(options.compilerDeadline))
    switch kind {
    case .compilerHang, .compilerCrash, .compilerError:
      guard let failure = result.compilerFailure, failure.kind == kind else { return nil }
      return .compilerFailure(failure)
    case .policyFilter, .filterKernel, .policyKernel, .libraryLibrary, .kernelInstall: break
    }
    if kind == .kernelInstall, let difference = result.differences.first {
      return .difference(difference, filters: result.filters)
    }
    guard prepared != nil, let call = candidate.call else { return nil }
    guard let difference = try difference(kind, attention, call: call, in: &prepared) else { return nil }
    return .difference(difference, filters: result.filters)
  }

  private func difference(
    _ kind: FindingKind, _ attention: Attention, call: Call, in prepared: inout [PreparedFilter]?
  ) throws -> Difference? {
    guard var stack = prepared, let newest = stack.indices.last else { return nil }
    var tally = Tally()
    var differences = DifferenceList(limit: 1)
    probe.calls[0] = call
    reserveOlderVerdicts(newest)
    for layer in stack.indices {
      comparePolicy(&stack[layer], layer: layer, count: 1, tally: &tally, differences: &differences)
      if layer < newest { olderVerdicts[layer][0] = verdicts[0] }
    }
    switch kind {
    case .policyFilter, .policyKernel:
      // What the kernel does with it belongs to the evidence.
      guard kind == .policyKernel || (attention != .glance && tally.policyDiffered > 0), canInstall(stack)
      else { break }
      try compareVerdicts(stack, count: 1, run: RealRun(), tally: &tally, differences: &differences)
    case .filterKernel, .kernelInstall:
      try compareTagging(stack[newest], layer: newest, count: 1, tally: &tally, differences: &differences)
      guard canInstall(stack) else { break }
      try compareVerdicts(stack, count: 1, run: RealRun(), tally: &tally, differences: &differences)
    case .libraryLibrary:
      compareLibraries(stack[newest], layer: newest, count: 1, tally: &tally, differences: &differences)
    case .compilerHang, .compilerCrash, .compilerError: return nil
    }
    guard var found = differences.kept.first(where: { $0.kind == kind }) else { return nil }
    if found.observed == nil, tally.realCalls > 0 { found.observed = probe.outcome(0) }
    return found
  }
}

extension CompilerFailure {
  /// Which kind of finding it is.
  package var kind: FindingKind {
    switch result {
    case .hung: .compilerHang
    case .crashed: .compilerCrash
    case .failed, .compiled: .compilerError
    }
  }
}
