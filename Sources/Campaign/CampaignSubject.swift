import Generation

/// What a campaign is about.
package enum CampaignSubject: String, Codable, Hashable, Sendable {
  /// Random profiles, compiled by libseccomp.
  case profiles
  /// Random programs; libseccomp is not asked.
  case filters
}

/// Where a campaign's cases come from, and how much is made of each.
enum CampaignCases {
  case profiles(ProfileGenerator, CaseEffort)
  case filters(RawFilterGenerator, FilterEffort)

  /// Generates case `number`, answers it with all parties and compares.
  func run(_ number: UInt64, on workbench: Workbench) throws -> CaseResult {
    switch self {
    case .profiles(let generator, let effort):
      try workbench.run(
        generator.makeCase(number: number), random: generator.callSource(number: number), effort: effort)
    case .filters(let generator, let effort):
      try workbench.run(
        generator.makeCase(number: number), random: generator.callSource(number: number), effort: effort)
    }
  }
}
