package import Profiles
package import SeccompModel

/// What libseccomp is asked to compile: rules in file order over a default action.
package struct CompilationRequest: Hashable, Sendable {
  /// Added one by one, in this order, with seccomp_rule_add_array(3).
  package var rules: [Rule]
  /// The action that seccomp_init(3) is given.
  package var defaultAction: Action
  /// The filter's architectures, in order; empty means the native one only. The native one is taken out when
  /// the list is not empty and does not name it (the container runtimes keep it: list it for their meaning).
  package var architectures: [Architecture]
  package var attributes: FilterAttributes

  package init(
    rules: [Rule], defaultAction: Action, architectures: [Architecture] = [],
    attributes: FilterAttributes = FilterAttributes()
  ) {
    self.rules = rules
    self.defaultAction = defaultAction
    self.architectures = architectures
    self.attributes = attributes
  }

  /// The profile's rules exactly as written, with its default action and the architectures that the container
  /// runtimes give it: the native one, then those listed. Its flags are the runtime's to apply.
  package init(_ profile: Profile, attributes: FilterAttributes = FilterAttributes()) {
    self.init(
      rules: profile.rules, defaultAction: profile.defaultAction,
      architectures: profile.filteredArchitectures(), attributes: attributes)
  }
}

/// The attributes of seccomp_attr_set(3), set before the architectures and the rules; nil leaves the
/// library's default and makes no call.
package struct FilterAttributes: Hashable, Sendable {
  /// `SCMP_FLTATR_ACT_BADARCH`; the library's default is KILL_THREAD.
  package var badArchitectureAction: Action?
  /// `SCMP_FLTATR_CTL_NNP`; default on. Only loading reads it, as the next four.
  package var noNewPrivileges: Bool?
  /// `SCMP_FLTATR_CTL_TSYNC`; default off.
  package var synchronizeThreads: Bool?
  /// `SCMP_FLTATR_CTL_LOG`; default off.
  package var log: Bool?
  /// `SCMP_FLTATR_CTL_SSB`: no Speculative Store Bypass mitigation; default off.
  package var disableSpeculativeStoreBypassMitigation: Bool?
  /// `SCMP_FLTATR_CTL_WAITKILL` (libseccomp 2.6): notified calls wait killably; default off.
  package var waitKillable: Bool?
  /// `SCMP_FLTATR_CTL_OPTIMIZE`: 1, rules by priority and complexity (the default), or 2, a binary tree by number.
  package var optimizeLevel: UInt32?
  /// The level that seccomp_api_set(3) forces for this compile; nil is what the library found the kernel to support.
  package var apiLevel: UInt32?

  package init(
    badArchitectureAction: Action? = nil, noNewPrivileges: Bool? = nil, synchronizeThreads: Bool? = nil,
    log: Bool? = nil, disableSpeculativeStoreBypassMitigation: Bool? = nil, waitKillable: Bool? = nil,
    optimizeLevel: UInt32? = nil, apiLevel: UInt32? = nil
  ) {
    self.badArchitectureAction = badArchitectureAction
    self.noNewPrivileges = noNewPrivileges
    self.synchronizeThreads = synchronizeThreads
    self.log = log
    self.disableSpeculativeStoreBypassMitigation = disableSpeculativeStoreBypassMitigation
    self.waitKillable = waitKillable
    self.optimizeLevel = optimizeLevel
    self.apiLevel = apiLevel
  }

  /// The attributes that are set, in the order of `enum scmp_filter_attr`, with their values.
  var settings: [(attribute: FilterAttribute, value: UInt32)] {
    let all: [(FilterAttribute, UInt32?)] = [
      (.badArchitectureAction, badArchitectureAction?.verdict.rawValue),
      (.noNewPrivileges, noNewPrivileges.map { $0 ? 1 : 0 }),
      (.synchronizeThreads, synchronizeThreads.map { $0 ? 1 : 0 }),
      (.log, log.map { $0 ? 1 : 0 }),
      (
        .disableSpeculativeStoreBypassMitigation,
        disableSpeculativeStoreBypassMitigation.map { $0 ? 1 : 0 }
      ),
      (.optimizeLevel, optimizeLevel),
      (.waitKillable, waitKillable.map { $0 ? 1 : 0 }),
    ]
    return all.compactMap { attribute, value in value.map { (attribute, $0) } }
  }
}

/// A filter attribute; raw values are those of `enum scmp_filter_attr` in seccomp.h.
package enum FilterAttribute: UInt32, Hashable, Sendable {
  case badArchitectureAction = 2
  case noNewPrivileges = 3
  case synchronizeThreads = 4
  case log = 6
  case disableSpeculativeStoreBypassMitigation = 7
  case optimizeLevel = 8
  case waitKillable = 10
}
