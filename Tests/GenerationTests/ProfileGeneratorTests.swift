import Generation
import Profiles
import SeccompModel
import Testing

@Suite("Generated profiles")
struct ProfileGeneratorTests {
  static let corpus = [
    Profile(
      defaultAction: .errno(1), architectures: [.x86_64, .x86, .x32],
      entries: [
        .init(
          names: ["read", "write", "openat", "close", "mmap", "mprotect", "brk", "futex"], action: .allow),
        .init(
          names: ["clone"], action: .allow,
          conditions: [Condition(index: 0, .maskedEqual, value: 0x7e02_0000, valueTwo: 0)]),
        .init(
          names: ["personality"], action: .allow,
          conditions: [Condition(index: 0, .equal, value: 0xffff_ffff)]),
      ])
  ]
  static let generator = ProfileGenerator(seed: 1, corpus: corpus)
  /// Enough for every count below, made once.
  static let cases = (0..<20_000 as Range<UInt64>).map(generator.makeCase)
  static var profiles: [Profile] { cases.map(\.profile) }
  static var entries: [Profile.Entry] { profiles.flatMap(\.entries) }

  @Test("the same seed and number give the same case, in any order and by another generator")
  func reproducible() {
    let again = ProfileGenerator(seed: 1, corpus: Self.corpus)
    for number in [900, 3, 17, 0] as [UInt64] {
      #expect(again.makeCase(number: number) == Self.cases[Int(number)])
    }
    #expect(ProfileGenerator(seed: 2, corpus: Self.corpus).makeCase(number: 3) != Self.cases[3])
  }

  @Test("two hundred cases of seed 1 are pinned")
  func golden() {
    var digest = CaseDigest()
    for generated in Self.cases.prefix(200) { digest.add(generated) }
    #expect(digest.value == 3_814_468_334_467_297_585)
  }

  @Test("every shape, action, operator, architecture of the x86 family and depth of stack occurs")
  func variety() {
    #expect(Set(Self.cases.map(\.shape)) == Set(GeneratedCase.Shape.allCases))
    #expect(
      Set(Self.entries.map(\.action.kind)) == Set(ActionKind.allCases).subtracting([.unknown]))
    #expect(
      Set(Self.profiles.map(\.defaultAction.kind)) == Set(ActionKind.allCases).subtracting([.unknown]))
    #expect(
      Set(Self.entries.flatMap(\.conditions).map(\.comparison)) == Set(Condition.Comparison.allCases))
    let subsets = Set(Self.profiles.map { Set($0.architectures) })
    for subset in [
      [], [.x86_64], [.x86], [.x32], [.x86_64, .x86], [.x86_64, .x32], [.x86, .x32], [.x86_64, .x86, .x32],
    ]
      as [Set<Architecture>]
    { #expect(subsets.contains(subset)) }
    #expect(subsets.contains { !$0.isSubset(of: [.x86_64, .x86, .x32]) })
    #expect(Set(Self.cases.map(\.older.count)) == [0, 1, 2])
    #expect(Set(Self.cases.map(\.optimizeLevel)) == [1, 2])
    #expect(Set(Self.cases.map(\.badArchitectureAction.kind)).count == 8)
    #expect(Set(Self.entries.flatMap(\.conditions).map(\.index)).isSuperset(of: 0...6))
    #expect(Set(Self.entries.map(\.conditions.count)).isSuperset(of: 0...6))
  }

  @Test(
    "errnos at which something changes its mind occur",
    arguments: [
      0, 1, 38, 511, 512, 513, 514, 515, 516, 517, 4094, 4095, 4096, 0xffff,
    ])
  func errnos(errno: UInt16) {
    #expect(Self.entries.contains { $0.action == .errno(errno) })
  }

  @Test(
    "names of every sort occur: multiplexed, one-sided, foreign, unknown",
    arguments: [
      "socket", "semop", "socketcall", "mmap2", "arch_prctl", "cacheflush", "no_such_call", "getpid",
    ])
  func names(name: String) {
    #expect(Self.entries.contains { $0.names.contains(name) })
  }

  @Test("values of every sort occur: high words, signs, neighbours, all ones")
  func values() {
    let values = Set(Self.entries.flatMap(\.conditions).flatMap { [$0.value, $0.valueTwo] })
    for value in [
      0, 1, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff, 0x1_0000_0000, 0xffff_ffff_0000_0000, .max,
      0x8000_0000_0000_0000,
    ] as [UInt64] { #expect(values.contains(value)) }
    #expect(values.count > 5000)
  }

  /// Pairs of rules on one call in one profile.
  private func share(of profiles: [Profile], _ holds: (Rule, Rule) -> Bool) -> Double {
    let hits = profiles.filter { profile in
      let rules = profile.rules.prefix(40)
      return rules.indices.contains { one in
        rules.indices.contains { other in
          other > one && rules[one].name == rules[other].name && holds(rules[one], rules[other])
        }
      }
    }
    return Double(hits.count) / Double(profiles.count)
  }

  @Test("rules that overlap, repeat, contradict each other and share a comparison are common")
  func relations() {
    let profiles = Array(Self.profiles.prefix(4000))
    func conditional(_ one: Rule, _ other: Rule) -> Bool {
      !one.conditions.isEmpty && !other.conditions.isEmpty
    }
    let sameAction = share(of: profiles) { conditional($0, $1) && $0.action == $1.action }
    let repeated = share(of: profiles) { $0.action == $1.action && $0.conditions == $1.conditions }
    let contradicting = share(of: profiles) {
      $0.action != $1.action && $0.conditions == $1.conditions
    }
    let highWords = share(of: profiles) { one, other in
      conditional(one, other) && one.action == other.action
        && one.conditions.contains { condition in
          other.conditions.contains {
            $0.index == condition.index && $0.value >> 32 != condition.value >> 32
          }
        }
    }
    let sharedComparison = share(of: profiles) { one, other in
      one.action == other.action && one.conditions.count == 2 && other.conditions.count == 2
        && Set(one.conditions).intersection(other.conditions).contains {
          $0.comparison != .equal && $0.comparison != .maskedEqual
        } && one.conditions != other.conditions
        && Set(one.conditions.map(\.index)) == Set(other.conditions.map(\.index))
    }
    #expect(sameAction > 0.3)
    #expect(repeated > 0.03)
    #expect(contradicting > 0.01)
    #expect(highWords > 0.05)
    #expect(sharedComparison > 0.01)
  }

  @Test("most cases are small, a few are near the longest filter")
  func sizes() {
    let counts = Self.profiles.map(\.rules.count).sorted()
    #expect(counts[counts.count / 2] <= 8)
    #expect(counts[counts.count * 9 / 10] <= 30)
    #expect(counts.last ?? 0 > 3000)
    #expect(counts.first == 0)
  }

  @Test("every entry keeps a name, and reading what the writer writes gives the profile back")
  func soundness() throws {
    for generated in Self.cases.prefix(2000) {
      #expect(generated.profile.entries.allSatisfy { !$0.names.isEmpty })
      let text = try OCIWriter.text(of: generated.profile)
      #expect(try ProfileReader.read(text: text, source: "generated").profile == generated.profile)
    }
  }

  @Test("mutation changes a profile nearly always, and leaves most of it")
  func mutation() {
    var random = RandomSource(seed: 11)
    let changed = (0..<400).filter { _ in
      Self.generator.mutated(Self.corpus[0], using: &random) != Self.corpus[0]
    }
    #expect(changed.count > 350)
    let whole = Self.cases.filter { $0.shape == .corpusWhole }
    #expect(whole.count > 50)
    #expect(whole.allSatisfy { $0.profile.entries.count < 9 })
  }
}
