package import Compilation
package import Generation
import Profiles
import SeccompModel

/// One filter of a question: a profile and how it is compiled.
package typealias Layer = GeneratedCase.Layer

extension GeneratedCase.Layer {
  /// What libseccomp is asked to compile.
  package var request: CompilationRequest {
    CompilationRequest(
      profile,
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
