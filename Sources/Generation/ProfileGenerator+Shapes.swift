import Profiles
import SeccompModel

extension ProfileGenerator {
  /// One to four calls, each with one to eight rules over one small pool of values. The rules on a call
  /// mostly share an action, so that their union is defined; many are variants of an earlier one.
  func focused(using random: inout RandomSource) -> Profile {
    let fallback = ActionPalette.fallback(using: &random)
    var maker = RuleMaker(using: &random)
    var entries: [Profile.Entry] = []
    let action = ActionPalette.rule(differingFrom: fallback, using: &random)
    let manyActions = random.chance(1, of: 3)
    for position in 0..<[1, 1, 1, 1, 1, 2, 2, 4][random.below(8)] {
      if position > 0, random.chance(1, of: 2) { maker = RuleMaker(using: &random) }
      var name = [names.name(using: &random)]
      if random.chance(1, of: 16) { name.append(names.name(using: &random)) }
      let first = entries.count
      for _ in 0..<[1, 2, 2, 2, 3, 3, 4, random.within(4...8)][random.below(8)] {
        var ruleAction = action
        if manyActions, random.chance(1, of: 2) {
          ruleAction = ActionPalette.rule(differingFrom: fallback, using: &random)
        }
        let conditions =
          if entries.count > first, random.chance(2, of: 5) {
            maker.varied(entries[first + random.below(entries.count - first)].conditions, using: &random)
          } else {
            maker.conditions(using: &random)
          }
        entries.append(Profile.Entry(names: name, action: ruleAction, conditions: conditions))
      }
    }
    if random.chance(1, of: 8) { random.shuffle(&entries) }
    return Profile(
      defaultAction: fallback, architectures: makeArchitectures(using: &random),
      flags: makeFlags(using: &random), entries: entries)
  }

  /// Up to forty calls in a few entries, mostly without conditions: allow-lists and deny-lists.
  func scattered(using random: inout RandomSource) -> Profile {
    let fallback = ActionPalette.fallback(using: &random)
    let maker = RuleMaker(using: &random)
    var entries: [Profile.Entry] = []
    for _ in 0..<random.below(6) {
      entries.append(
        Profile.Entry(
          names: (0..<random.within(1...8)).map { _ in names.name(using: &random) },
          action: ActionPalette.rule(differingFrom: fallback, using: &random),
          conditions: random.chance(1, of: 4) ? maker.conditions(using: &random) : []))
    }
    return Profile(
      defaultAction: fallback, architectures: makeArchitectures(using: &random),
      flags: makeFlags(using: &random), entries: entries)
  }

  /// Hundreds of rules: most calls of the tables, many comparisons on one call, or both; one in twenty near
  /// or over the maximum length of a filter (`BPF_MAXINSNS`, 4096).
  func large(using random: inout RandomSource) -> Profile {
    let fallback = ActionPalette.fallback(using: &random)
    let maker = RuleMaker(using: &random)
    var entries: [Profile.Entry] = []
    let action = ActionPalette.rule(differingFrom: fallback, using: &random)
    let style = random.below(20)
    if style < 14 {
      for _ in 0..<random.within(8...40) {
        entries.append(
          Profile.Entry(
            names: (0..<random.within(1...16)).map { _ in names.name(using: &random) },
            action: random.chance(3, of: 4)
              ? action : ActionPalette.rule(differingFrom: fallback, using: &random),
            conditions: random.chance(1, of: 3) ? maker.conditions(using: &random) : []))
      }
    }
    if style >= 10 {
      let name = names.name(using: &random)
      let index = maker.indexes[0]
      let count = style == 19 ? random.within(3000...4100) : random.within(20...400)
      let base = random.chance(1, of: 2) ? 0 : ValuePool.words(using: &random)
      let step = UInt64(random.within(1...3))
      for position in 0..<count {
        entries.append(
          Profile.Entry(
            names: [name], action: action,
            conditions: [Condition(index: index, .equal, value: base &+ UInt64(position) &* step)]))
      }
    }
    return Profile(
      defaultAction: fallback, architectures: makeArchitectures(using: &random), entries: entries)
  }

  /// One to six entries of `profile`, with at most six names each: real rules at the price of a small case.
  func part(of profile: Profile, using random: inout RandomSource) -> Profile {
    var part = profile
    part.entries = []
    let count = profile.entries.count
    // Entries with conditions are few in real profiles and the more telling ones.
    let conditional = profile.entries.indices.filter { !profile.entries[$0].conditions.isEmpty }
    for _ in 0..<random.within(1...6) {
      let index =
        random.chance(1, of: 2)
        ? random.pick(conditional, else: random.below(count)) : random.below(count)
      var entry = profile.entries[index]
      if entry.names.count > 6 {
        let first = random.below(entry.names.count - 5)
        entry.names = Array(entry.names[first..<first + random.within(1...6)])
      }
      part.entries.append(entry)
    }
    return part
  }
}
