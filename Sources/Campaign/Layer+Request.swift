package import Compilation
package import Generation
import Profiles
package import SeccompModel

/// One filter of a question: a profile and how it is compiled.
package typealias Layer = GeneratedCase.Layer

extension GeneratedCase.Layer {
  /// The architectures that the filter is for: exactly the profile's. seccomp_init(3) puts the native one in; it is taken
  /// out again when the list does not name it.
  package var architectures: [Architecture] { profile.effectiveArchitectures }

  /// What libseccomp is asked to compile.
  package var request: CompilationRequest {
    CompilationRequest(
      rules: profile.rules, defaultAction: profile.defaultAction, architectures: architectures,
      attributes: FilterAttributes(
        badArchitectureAction: settings.badArchitectureAction == .killThread
          ? nil : settings.badArchitectureAction,
        noNewPrivileges: settings.noNewPrivileges ? nil : false,
        synchronizeThreads: settings.threadSync ? true : nil,
        log: settings.log ? true : nil,
        disableSpeculativeStoreBypassMitigation: settings.speculationAllowed ? true : nil,
        optimizeLevel: settings.optimizeLevel == 1 ? nil : UInt32(settings.optimizeLevel)))
  }
}
