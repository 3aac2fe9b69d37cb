package import Profiles
import SeccompModel

/// Makes the cases of a campaign. Pure: a seed, a corpus and a case number give one case, whatever was made
/// before and on whatever machine.
package struct ProfileGenerator: Sendable {
  package let seed: UInt64
  /// Real profiles that mutated cases start from, in a fixed order; part of the case's identity.
  package let corpus: [Profile]
  let names: NamePool

  package init(seed: UInt64, corpus: [Profile] = []) {
    self.seed = seed
    self.corpus = corpus.filter { !$0.entries.isEmpty }
    names = NamePool()
  }

  /// Case `number` of this campaign.
  package func makeCase(number: UInt64) -> GeneratedCase {
    var random = RandomSource(seed: seed, caseNumber: number)
    let (profile, shape) = makeProfile(using: &random)
    let settings = makeSettings(using: &random)
    var older: [GeneratedCase.Layer] = []
    if random.chance(1, of: 8) {
      for _ in 0..<(random.chance(1, of: 4) ? 2 : 1) {
        older.append(.init(profile: focused(using: &random), settings: makeSettings(using: &random)))
      }
    }
    return GeneratedCase(
      number: number, profile: profile, settings: settings, older: older, shape: shape,
      realVerdicts: random.chance(1, of: 8))
  }

  /// The source for the calls of case `number`, independent of how much the profile drew.
  package func callSource(number: UInt64) -> RandomSource {
    RandomSource(seed: seed, caseNumber: number, stream: 1)
  }

  func makeProfile(using random: inout RandomSource) -> (Profile, GeneratedCase.Shape) {
    let fromCorpus = !corpus.isEmpty
    switch random.below(1024) {
    case 0..<560: return (focused(using: &random), .focused)
    case 560..<640: return (scattered(using: &random), .scattered)
    case 640..<650: return (large(using: &random), .large)
    case 650..<660 where fromCorpus:
      return (mutated(corpus[random.below(corpus.count)], using: &random), .corpusWhole)
    case 660..<820 where fromCorpus:
      let part = part(of: corpus[random.below(corpus.count)], using: &random)
      return (mutated(part, using: &random), .corpusPart)
    default: return (mutated(focused(using: &random), using: &random), .mutated)
    }
  }

  func makeSettings(using random: inout RandomSource) -> FilterSettings {
    var settings = FilterSettings()
    if random.chance(2, of: 5) { settings.badArchitectureAction = ActionPalette.rule(using: &random) }
    settings.optimizeLevel = random.chance(1, of: 3) ? 2 : 1
    settings.noNewPrivileges = !random.chance(1, of: 16)
    settings.threadSync = random.chance(1, of: 16)
    settings.log = random.chance(1, of: 16)
    settings.speculationAllowed = random.chance(1, of: 16)
    return settings
  }

  /// None, one or several of the x86 family, in any order; one list in sixty has a foreign member.
  func makeArchitectures(using random: inout RandomSource) -> [Architecture] {
    var list: [Architecture]
    switch random.below(32) {
    case 0...11: list = []
    case 12...18: list = [.x86_64]
    case 19...22: list = [.x86_64, .x86]
    case 23...25: list = [.x86_64, .x86, .x32]
    case 26, 27: list = [.x86]
    case 28: list = [.x32]
    case 29, 30: list = [.x86_64, .x32]
    default: list = [.x86, .x32]
    }
    if random.chance(1, of: 60) {
      list.append(random.pick(Architecture.allCases, else: .x86))
    }
    if random.chance(1, of: 4) { random.shuffle(&list) }
    return list
  }

  func makeFlags(using random: inout RandomSource) -> [String]? {
    guard random.chance(1, of: 8) else { return nil }
    return ["SECCOMP_FILTER_FLAG_TSYNC", "SECCOMP_FILTER_FLAG_LOG", "SECCOMP_FILTER_FLAG_SPEC_ALLOW"]
      .filter { _ in random.chance(1, of: 3) }
  }
}
