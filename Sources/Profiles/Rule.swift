public import SeccompModel

/// One rule as a compiler is given it: a call's name, an action, and conditions that must all hold.
public struct Rule: Hashable, Sendable {
  public var name: String
  public var action: Action
  public var conditions: [Condition]
  /// Where it stands in the profile: `syscalls[entry].names[position]`.
  public var entry: Int
  public var position: Int

  public init(name: String, action: Action, conditions: [Condition] = [], entry: Int = 0, position: Int = 0) {
    self.name = name
    self.action = action
    self.conditions = conditions
    self.entry = entry
    self.position = position
  }
}

extension Profile {
  /// The profile's rules in file order, exactly as written: one for each name of each entry, nothing dropped.
  public var rules: [Rule] {
    entries.enumerated().flatMap { index, entry in
      entry.names.enumerated().map { position, name in
        Rule(
          name: name, action: entry.action, conditions: entry.conditions, entry: index,
          position: position)
      }
    }
  }
}
