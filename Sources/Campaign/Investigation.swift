import CLinux
import ClassicBPF
import Compilation
import Generation
import Prediction
import Probing
import SeccompModel

/// Makes a finding of what a case showed: the case as it was, and the smallest one with the same fault.
struct Investigation {
  let workbench: Workbench
  let environment: RunEnvironment
  /// Questions put to the parties at the most.
  var attempts = 1500
  /// Wall time after which the case is left as small as it is by then. A profile of thousands of rules costs the library
  /// half a second a question.
  var patience: Int64 = 10_000_000_000

  /// Minimises `difference`. Nil when it does not show again, asked alone.
  func finding(
    of difference: Difference, in layers: [Layer], origin: SavedCase.Origin?
  ) throws -> Finding? {
    if !difference.filters.isEmpty { return try finding(of: difference, origin: origin) }
    // Policy and compiler speak of one filter; the kernel may need the whole stack.
    let concernsStack = difference.kind == .filterKernel || difference.kind == .kernelInstall
    let layer = layers[difference.layer]
    return try minimize(
      difference.kind,
      MinimizableCase(
        profile: layer.profile, call: difference.call, settings: layer.settings,
        older: concernsStack ? Array(layers[..<difference.layer]) : []),
      origin: origin)
  }

  /// Minimises a compiler's failure.
  func finding(
    of failure: CompilerFailure, in layers: [Layer], origin: SavedCase.Origin?
  ) throws -> Finding? {
    let layer = layers[failure.layer]
    return try minimize(
      failure.kind, MinimizableCase(profile: layer.profile, settings: layer.settings), origin: origin)
  }

  func minimize(
    _ kind: FindingKind, _ start: MinimizableCase, origin: SavedCase.Origin?
  ) throws -> Finding? {
    try minimize(start) { candidate, attention in
      try workbench.inquire(kind, candidate, attention)
    } saved: {
      saved(kind, $0, $1, origin: origin)
    }
  }

  /// Asks about `start`, makes it smaller for as long as the answers differ, and asks once more.
  func minimize<Subject: Minimizable, Seen>(
    _ start: Subject, inquire: (Subject, Workbench.Attention) throws -> Seen?,
    saved: (Subject, Seen) -> SavedCase
  ) throws -> Finding? {
    guard let first = try inquire(start, .full) else { return nil }
    let deadline = clinux_monotonic_time() + patience
    let outcome = try Minimizer(maximumAttempts: attempts).minimize(start) { candidate in
      try clinux_monotonic_time() < deadline && inquire(candidate, .glance) != nil
    }
    let smallest = outcome.minimized
    let last = outcome.reproduced ? try inquire(smallest, .full) : nil
    return Finding(
      original: saved(start, first), minimized: saved(last == nil ? start : smallest, last ?? first))
  }

  func saved(
    _ kind: FindingKind, _ measured: MinimizableCase, _ sighting: Workbench.Sighting,
    origin: SavedCase.Origin?
  ) -> SavedCase {
    let libraries = workbench.libraries
    var saved = SavedCase(
      kind: kind, origin: origin, profiles: measured.older.map(\.profile) + [measured.profile],
      attributes: SavedCase.Attributes(
        badArchitectureAction: measured.settings.badArchitectureAction == .killThread
          ? nil : measured.settings.badArchitectureAction,
        optimizeLevel: measured.settings.optimizeLevel == 1 ? nil : UInt32(measured.settings.optimizeLevel),
        libraryPath: workbench.options.libraries.first ?? nil,
        otherLibraryPath: kind == .libraryLibrary ? workbench.options.libraries.dropFirst().first ?? nil : nil
      ),
      witness: measured.call,
      versions: SavedCase.Versions(
        kernel: environment.kernel, libseccomp: libraries.first?.version.description ?? "none",
        otherLibseccomp: libraries.dropFirst().first?.version.description, tool: environment.tool))
    switch sighting {
    case .difference(let difference, let filters):
      saved.filters = filters
      saved.answers = SavedCase.Answers(
        policy: difference.policy?.verdicts ?? [], filter: difference.verdict,
        otherFilter: difference.otherVerdict, predicted: difference.predicted, kernel: difference.observed)
    case .compilerFailure(let failure):
      saved.stage = failure.result.savedStage
    }
    return saved
  }
}

extension CompilationResult {
  /// The library call under way, in the words of the file format.
  fileprivate var savedStage: SavedCase.CompilerStage? {
    switch self {
    case .compiled: nil
    case .failed(let stage, let errno, _): stage.saved(returned: -errno)
    case .hung(let stage, _, _): stage.saved()
    case .crashed(.signal(let signal), let stage, _): stage.saved(signal: signal)
    case .crashed(.exit, let stage, _): stage.saved()
    }
  }
}

extension CompilationStage {
  /// The library's function that was under way.
  var function: String {
    switch self {
    case .starting, .waiting: "dlopen"
    case .setAPILevel: "seccomp_api_set"
    case .initialise: "seccomp_init"
    case .setAttribute: "seccomp_attr_set"
    case .removeNativeArchitecture: "seccomp_arch_remove"
    case .addArchitecture: "seccomp_arch_add"
    case .resolveName: "seccomp_syscall_resolve_name"
    case .addRule: "seccomp_rule_add"
    case .export: "seccomp_export_bpf"
    case .release: "seccomp_release"
    }
  }

  fileprivate func saved(returned: Int32? = nil, signal: Int32? = nil) -> SavedCase.CompilerStage {
    let rule: Int? =
      switch self {
      case .resolveName(let rule), .addRule(let rule): rule
      default: nil
      }
    return SavedCase.CompilerStage(function: function, rule: rule, returned: returned, signal: signal)
  }
}
