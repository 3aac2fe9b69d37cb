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

  /// Minimises `difference`. One that does not show again, asked alone, is kept as it was seen: there is nothing else
  /// that would tell of it.
  ///
  /// - Parameter filters: What the layers compiled to, as far as they are at hand.
  func finding(
    of difference: Difference, in layers: [Layer], filters: [Filter] = [], origin: SavedCase.Origin?
  ) throws -> Finding {
    if !difference.filters.isEmpty { return try finding(of: difference, origin: origin) }
    // Policy and compiler speak of one filter; the kernel may need the whole stack.
    let concernsStack = difference.kind == .filterKernel || difference.kind == .kernelInstall
    let layer = layers[difference.layer]
    let start = MinimizableCase(
      profile: layer.profile, call: difference.call, settings: layer.settings,
      older: concernsStack ? Array(layers[..<difference.layer]) : [])
    if let finding = try minimize(difference.kind, start, origin: origin) { return finding }
    let concerned = filters.prefix(difference.layer + 1)
    return asSeen(
      saved(
        difference.kind, start,
        .difference(difference, filters: concernsStack ? Array(concerned) : Array(concerned.suffix(1))),
        origin: origin))
  }

  /// A finding that nobody could make smaller, since it did not show a second time.
  func asSeen(_ seen: SavedCase) -> Finding {
    var seen = seen
    seen.isSteady = false
    return Finding(original: seen, minimized: seen)
  }

  /// Minimises a compiler's failure. Nil for a hang that does not show again, asked alone: the library was held up, on a
  /// busy machine for one, and came back. Another failure is kept as it was seen.
  func finding(
    of failure: CompilerFailure, in layers: [Layer], origin: SavedCase.Origin?
  ) throws -> Finding? {
    let layer = layers[failure.layer]
    let start = MinimizableCase(profile: layer.profile, settings: layer.settings)
    if let finding = try minimize(failure.kind, start, origin: origin) { return finding }
    return failure.kind == .compilerHang
      ? nil : asSeen(saved(failure.kind, start, .compilerFailure(failure), origin: origin))
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
    guard let first = try sighting(of: start, inquire) else { return nil }
    let deadline = clinux_monotonic_time() + patience
    let outcome = try Minimizer(maximumAttempts: attempts).minimize(start) { candidate in
      try clinux_monotonic_time() < deadline && inquire(candidate, .glance) != nil
    }
    let smallest = outcome.minimized
    let last = outcome.reproduced ? try inquire(smallest, .full) : nil
    return Finding(
      original: saved(start, first), minimized: saved(last == nil ? start : smallest, last ?? first))
  }

  /// Asks until it shows. The first question has the deadline of the case itself; a compiler that a busy machine holds up
  /// then gets the time that it needs, and what is a matter of timing more than one chance.
  private func sighting<Subject, Seen>(
    of start: Subject, _ inquire: (Subject, Workbench.Attention) throws -> Seen?
  ) throws -> Seen? {
    for attention in [Workbench.Attention.full, .patient, .patient] {
      if let seen = try inquire(start, attention) { return seen }
    }
    return nil
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
