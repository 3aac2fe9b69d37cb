import ClassicBPF
import Compilation
import Generation
import Profiles
import SeccompModel

/// libseccomp's filter for the profile as its text reads, with nothing that a runtime does to it.
struct PlainFilter {
  var prepared: PreparedFilter

  /// Nil when this project does not read the text, or libseccomp or the kernel takes no filter of it.
  init?(of subject: RuntimeSubject, settings: FilterSettings, on workbench: Workbench) throws {
    guard var profile = subject.document?.profile else { return nil }
    profile.architectures = profile.filteredArchitectures()
    let layer = Layer(profile: profile, settings: settings)
    guard case .compiled(let compiled) = try workbench.compile(layer),
      let prepared = try? PreparedFilter(layer, compiled)
    else { return nil }
    self.prepared = prepared
  }
}
