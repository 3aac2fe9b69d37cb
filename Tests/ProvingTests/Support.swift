import Campaign
import ClassicBPF
import Compilation
import Foundation
import Generation
import Prediction
import ProfileFiles
import Profiles
import SeccompModel
import Testing

@testable import Proving

/// A profile's two readings: the policy of its text, and libseccomp's program.
struct Made {
  var oracle: PolicyOracle
  var filter: Filter
}

extension Compiler {
  /// What comes of a layer; nil when libseccomp gives no program that a kernel would load.
  mutating func made(_ layer: GeneratedCase.Layer) throws -> Made? {
    guard case .compiled(let compiled) = try compile(layer.request),
      let prepared = try? PreparedFilter(layer, compiled)
    else { return nil }
    return Made(oracle: prepared.oracle, filter: prepared.filter)
  }

  mutating func made(_ profile: Profile, optimize level: Int = 1) throws -> Made {
    var settings = FilterSettings()
    settings.optimizeLevel = level
    var profile = profile
    profile.architectures = profile.filteredArchitectures()
    return try #require(try made(GeneratedCase.Layer(profile: profile, settings: settings)))
  }
}

/// The profile that Debian's container tools install.
func containersProfile(_ architectures: [Architecture] = [.x86_64, .x86, .x32]) throws -> Profile {
  var profile = try ProfileFile.read("/usr/share/containers/seccomp.json").profile
  profile.architectures = architectures
  return profile.applied
}

/// Rules on `socket` that refuse, over ALLOW.
func refusals(_ conditions: [Condition]...) -> Profile {
  Profile(
    defaultAction: .allow,
    entries: conditions.map { .init(names: ["socket"], action: .errno(42), conditions: $0) })
}
