package import ClassicBPF
import SeccompModel

/// Filters that a workload's calls are timed under, and what they are called.
package struct Variant: Hashable, Sendable {
  package var name: String
  /// Oldest first.
  package var filters: [Filter]

  package init(_ name: String, _ filters: [Filter]) {
    self.name = name
    self.filters = filters
  }
}

/// What becomes of one call under a variant: what its own filters say, by their text, where the kernel asks them.
struct VariantAnswer: Hashable, Sendable {
  var verdict: Verdict
  /// The kernel's action cache answers; no filter is run.
  var isCached: Bool

  init(_ entry: Workload.Entry, under variant: Variant, in cache: ActionCache) {
    isCached = variant.filters.isCached(
      number: entry.number, architecture: entry.data.architecture, in: cache)
    // The numbers that are shown to no filter are among those.
    verdict = isCached ? Action.allow.verdict : variant.filters.verdict(for: entry.data)
  }

  var text: String {
    switch verdict.kind {
    case .allow: isCached ? "cached" : "allowed"
    case .errno: "ERRNO"
    case .trap: "TRAP"
    case .trace: "TRACE"
    case .notify: "NOTIFY"
    case .log: "LOG"
    case .killThread, .killProcess, .unknown: "kills"
    }
  }

  /// Whether the call is carried out.
  var isCarriedOut: Bool { verdict.kind == .allow || verdict.kind == .log }
}
