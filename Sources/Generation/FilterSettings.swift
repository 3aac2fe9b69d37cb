package import SeccompModel

/// What a compiler is told besides the profile: the attributes of seccomp_attr_set(3).
package struct FilterSettings: Hashable, Sendable {
  /// The action for an architecture that the filter does not list (`SCMP_FLTATR_ACT_BADARCH`).
  package var badArchitectureAction: Action = .killThread
  /// `SCMP_FLTATR_CTL_OPTIMIZE`: 1 for a list, 2 for a binary tree.
  package var optimizeLevel = 1
  /// `SCMP_FLTATR_CTL_NNP`
  package var noNewPrivileges = true
  /// `SCMP_FLTATR_CTL_TSYNC`
  package var threadSync = false
  /// `SCMP_FLTATR_CTL_LOG`
  package var log = false
  /// `SCMP_FLTATR_CTL_SSB`
  package var speculationAllowed = false

  package init() {}
}
