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

/// What a variant says to one call, by its own filters' text.
struct VariantAnswer: Hashable, Sendable {
  var verdict: Verdict
  /// The kernel's action cache answers; no filter is run.
  var isCached: Bool

  init(_ entry: Workload.Entry, under variant: Variant) {
    verdict = variant.filters.verdict(for: entry.data)
    isCached = variant.filters.isCached(number: entry.number, architecture: entry.data.architecture)
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
