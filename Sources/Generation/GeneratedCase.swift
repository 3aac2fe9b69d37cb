package import Profiles
package import SeccompModel

/// One question of a campaign: a profile, how to compile it, and what stands under it. The same seed and
/// number give the same case on any machine.
package struct GeneratedCase: Hashable, Sendable {
  package var number: UInt64
  package var profile: Profile
  package var settings: FilterSettings
  /// Filters installed before this one, oldest first; mostly none.
  package var older: [Layer]
  package var shape: Shape
  /// Whether the verdicts are worth making for real, killed processes included; a fixed share of all cases.
  package var realVerdicts: Bool

  package init(
    number: UInt64, profile: Profile, settings: FilterSettings = FilterSettings(), older: [Layer] = [],
    shape: Shape = .focused, realVerdicts: Bool = false
  ) {
    self.number = number
    self.profile = profile
    self.settings = settings
    self.older = older
    self.shape = shape
    self.realVerdicts = realVerdicts
  }

  package var badArchitectureAction: Action { settings.badArchitectureAction }
  package var optimizeLevel: Int { settings.optimizeLevel }

  /// One filter of a stack.
  package struct Layer: Hashable, Sendable {
    package var profile: Profile
    package var settings: FilterSettings

    package init(profile: Profile, settings: FilterSettings = FilterSettings()) {
      self.profile = profile
      self.settings = settings
    }
  }

  /// How the case came about.
  package enum Shape: String, Hashable, Sendable, CaseIterable {
    /// A few rules on one to four calls over few values.
    case focused
    /// Many calls, mostly without conditions.
    case scattered
    /// A focused case changed a few times.
    case mutated
    /// Part of a corpus profile, changed a few times.
    case corpusPart
    /// A whole corpus profile, changed a few times.
    case corpusWhole
    /// Hundreds of rules, up to the filter's maximum length and beyond.
    case large
  }
}
