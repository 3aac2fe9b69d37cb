package import ClassicBPF
import Compilation
package import Generation
package import Profiles
package import Proving
import SeccompModel

/// Something that gives verdicts, with a name and, where there is one, the program to make calls under.
package struct ProofSide: Sendable {
  package var name: String
  package var side: Side
  /// Oldest first; none where there is nothing to make calls under.
  package var filters: [Filter] = []
  /// What the answer about this side leaves out, in words.
  package var leftOut: String?

  package init(_ name: String, policy made: PreparedFilter) {
    self.name = name
    side = .policy(made.oracle)
  }

  package init(_ name: String, _ filters: [Filter]) {
    self.name = name
    side = .filters(filters)
    self.filters = filters
  }

  /// A profile's text; calls are made under what libseccomp makes of it.
  package init(text name: String, of made: PreparedFilter) {
    self.init(name, policy: made)
    filters = [made.filter]
  }
}

/// Why there is nothing to prove anything about.
package enum ProofError: Error, Hashable, Sendable, CustomStringConvertible {
  case noFilter(source: String, reason: String)
  /// A runtime that installed nothing.
  case nothingInstalled(source: String, runtime: String, reason: String)

  package var description: String {
    switch self {
    case .noFilter(let source, let reason): "\(source): \(reason)"
    case .nothingInstalled(let source, let runtime, let reason):
      "\(source): \(runtime) installed no filter: \(reason)"
    }
  }
}

extension PreparedFilter {
  /// A profile compiled as container runtimes have it compiled.
  package init(
    _ document: ProfileDocument, settings: FilterSettings, on workbench: Workbench
  ) throws {
    var profile = document.profile
    profile.architectures = profile.filteredArchitectures()
    let layer = Layer(profile: profile, settings: settings)
    let result = try workbench.compile(layer)
    guard case .compiled(let compiled) = result else {
      throw ProofError.noFilter(source: document.source, reason: result.inWords)
    }
    do {
      try self.init(layer, compiled)
    } catch {
      throw ProofError.noFilter(source: document.source, reason: "the kernel refuses the program: \(error)")
    }
  }
}
