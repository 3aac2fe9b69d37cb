package import Profiles
import SeccompModel

/// One change to a profile.
package enum ProfileMutation: Hashable, Sendable, CaseIterable {
  case dropEntry, duplicateEntry, duplicateAndVary, addCondition, dropCondition, changeComparison
  case changeIndex, nudgeValue, changeAction, moveName, replaceName, splitName, changeDefault
  case changeArchitectures, swapEntries
}

extension ProfileGenerator {
  /// `profile` with one to four changes; its conditions stay near the values that it has.
  package func mutated(_ profile: Profile, using random: inout RandomSource) -> Profile {
    var result = profile
    var maker = RuleMaker(using: &random)
    let own = profile.entries.prefix(64).flatMap { entry in
      entry.conditions.map { $0.comparison == .maskedEqual ? $0.valueTwo : $0.value }
    }
    if !own.isEmpty { maker.pool.values = own }
    for _ in 0..<[1, 1, 2, 2, 3, 4][random.below(6)] {
      let mutation = ProfileMutation.allCases[
        random.index(weighted: [4, 3, 24, 8, 3, 8, 3, 8, 4, 3, 4, 2, 2, 2, 2])]
      apply(mutation, to: &result, maker: maker, using: &random)
    }
    return result
  }

  /// Applies one change; leaves the profile as it is when the change has nothing to work on.
  func apply(
    _ mutation: ProfileMutation, to profile: inout Profile, maker: RuleMaker,
    using random: inout RandomSource
  ) {
    switch mutation {
    case .changeDefault: profile.defaultAction = ActionPalette.fallback(using: &random)
    case .changeArchitectures: profile.architectures = makeArchitectures(using: &random)
    default:
      guard !profile.entries.isEmpty else {
        profile.entries.append(
          Profile.Entry(
            names: [names.name(using: &random)],
            action: ActionPalette.rule(differingFrom: profile.defaultAction, using: &random),
            conditions: maker.conditions(using: &random)))
        return
      }
      apply(
        mutation, toEntry: random.below(profile.entries.count), of: &profile, maker: maker, using: &random)
    }
  }

  private func apply(
    _ mutation: ProfileMutation, toEntry index: Int, of profile: inout Profile, maker: RuleMaker,
    using random: inout RandomSource
  ) {
    switch mutation {
    case .dropEntry: profile.entries.remove(at: index)
    case .duplicateEntry:
      profile.entries.insert(profile.entries[index], at: random.below(profile.entries.count + 1))
    case .duplicateAndVary:
      var copy = profile.entries[index]
      copy.conditions = maker.varied(copy.conditions, using: &random)
      profile.entries.insert(copy, at: random.below(profile.entries.count + 1))
    case .addCondition:
      let argument = UInt32(random.below(6))
      guard !profile.entries[index].conditions.contains(where: { $0.index == argument }) else { return }
      profile.entries[index].conditions.append(maker.condition(index: argument, using: &random))
    case .changeAction:
      profile.entries[index].action = ActionPalette.rule(
        differingFrom: profile.defaultAction, using: &random)
    case .moveName, .replaceName, .splitName:
      changeName(mutation, inEntry: index, of: &profile, maker: maker, using: &random)
    case .swapEntries: profile.entries.swapAt(index, random.below(profile.entries.count))
    default: changeCondition(mutation, inEntry: index, of: &profile, using: &random)
    }
  }

  private func changeName(
    _ mutation: ProfileMutation, inEntry index: Int, of profile: inout Profile, maker: RuleMaker,
    using random: inout RandomSource
  ) {
    let position = random.below(profile.entries[index].names.count)
    guard position < profile.entries[index].names.count else { return }
    if mutation == .replaceName {
      profile.entries[index].names[position] = names.name(using: &random)
      return
    }
    let name = profile.entries[index].names[position]
    if mutation == .splitName {
      var entry = profile.entries[index]
      entry.names = [name]
      entry.conditions = maker.varied(entry.conditions, using: &random)
      profile.entries.append(entry)
    } else {
      profile.entries[random.below(profile.entries.count)].names.append(name)
    }
    // An entry keeps at least one name, as the OCI specification asks.
    if profile.entries[index].names.count > 1 { profile.entries[index].names.remove(at: position) }
  }

  private func changeCondition(
    _ mutation: ProfileMutation, inEntry index: Int, of profile: inout Profile,
    using random: inout RandomSource
  ) {
    let conditions = profile.entries[index].conditions
    guard !conditions.isEmpty else { return }
    let position = random.below(conditions.count)
    var condition = conditions[position]
    switch mutation {
    case .dropCondition:
      profile.entries[index].conditions.remove(at: position)
      return
    case .changeComparison: condition.comparison = random.pick(Condition.Comparison.allCases, else: .equal)
    case .changeIndex: condition.index = UInt32(random.below(6))
    default:
      let nudged = Self.nudged(
        condition.comparison == .maskedEqual ? condition.valueTwo : condition.value, using: &random)
      if condition.comparison == .maskedEqual, random.chance(1, of: 2) {
        condition.valueTwo = nudged
      } else {
        condition.value = nudged
      }
    }
    profile.entries[index].conditions[position] = condition
  }

  /// A near relation of `value`: a neighbour, one bit flipped, a half dropped, set or exchanged.
  static func nudged(_ value: UInt64, using random: inout RandomSource) -> UInt64 {
    switch random.below(8) {
    case 0: value &+ 1
    case 1: value &- 1
    case 2: value ^ 1 << UInt64(random.below(64))
    case 3: value & 0xffff_ffff
    case 4: value | 0xffff_ffff_0000_0000
    case 5: value << 32 | value >> 32
    case 6: value &+ 0x1_0000_0000
    default: ~value
    }
  }
}
