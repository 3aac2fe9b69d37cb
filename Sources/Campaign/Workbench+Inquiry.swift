import ClassicBPF
import Compilation
import Generation
import Prediction
import Probing
import Profiles
import SeccompModel

/// Asking whether one small case still shows what a campaign found: the minimiser's predicate, and a replay's.
extension Workbench {
  /// What was being looked for, seen again.
  enum Sighting: Hashable, Sendable {
    case difference(Difference, filters: [Filter])
    case compilerFailure(CompilerFailure)
  }

  /// Asks all parties about one case. Nil when it does not show a finding of this kind.
  func inquire(_ kind: FindingKind, _ candidate: MinimizableCase) throws -> Sighting? {
    var result = CaseResult()
    result.layers = candidate.older + [Layer(profile: candidate.profile, settings: candidate.settings)]
    var prepared = try prepare(&result)
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
    guard let difference = try difference(kind, call: call, in: &prepared) else { return nil }
    return .difference(difference, filters: result.filters)
  }

  /// Whether a case still shows a finding, as the minimiser asks it: quick, and to be confirmed.
  func seemsToShow(_ kind: FindingKind, _ candidate: MinimizableCase) throws -> Bool {
    guard kind == .compilerHang, candidate.profile.rules.count <= 200 else {
      return try inquire(kind, candidate) != nil
    }
    let layer = Layer(profile: candidate.profile, settings: candidate.settings)
    if case .hung = try compileHastily(layer) { return true }
    return false
  }

  private func difference(
    _ kind: FindingKind, call: Call, in prepared: inout [PreparedFilter]?
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
      guard kind == .policyKernel || tally.policyDiffered > 0, canInstall(stack) else { break }
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
