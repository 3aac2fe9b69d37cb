import Campaign
import ClassicBPF
import Compilation
import Generation
import ProfileFiles
import Profiles
import SeccompModel

/// The profile that most figures speak of: containers/common's, as podman installs it by default.
struct Subject {
  static let path = "/usr/share/containers/seccomp.json"

  let profile: Profile

  init() throws {
    var profile = try ProfileFile.read(Self.path).profile
    profile.architectures = [.x86_64, .x86, .x32]
    self.profile = profile
  }

  func layer(optimizeLevel: Int = 1) -> Layer {
    var settings = FilterSettings()
    settings.optimizeLevel = optimizeLevel
    return Layer(profile: profile, settings: settings)
  }

  /// The same rules with a default that kills.
  var killing: Layer {
    var killing = layer()
    killing.profile.defaultAction = .killProcess
    return killing
  }
}

extension Workbench {
  /// The filter of a layer that must compile.
  func filter(of layer: Layer) throws -> Filter {
    let result = try compile(layer)
    guard case .compiled(let compiled) = result else {
      throw BareLoop.Failure(description: "libseccomp did not compile \(Subject.path): \(result)")
    }
    return compiled.filter
  }
}
