internal import Profiles
internal import SeccompModel

/// A profile in firejail's options, which list names of calls.
/// Source: firejail(1), `--seccomp.drop`, `--seccomp.keep`, `--seccomp.32.…`, `--seccomp-error-action`
enum FirejailOptions {
  static func words(_ meaning: ProfileMeaning) throws(RuntimeError) -> [String] {
    // It has lists for x86_64 and for i386, and none for x32.
    if meaning.architectures.contains(.x32) { throw meaning.lacksArchitecture(.x32) }
    let is32Listed = meaning.architectures.contains(.x86)
    var words: [String] = []
    let kind: String
    let native: [String]
    let other: [String]
    if meaning.defaultAction == .allow {
      kind = "drop"
      native = try dropped(meaning, .x86_64)
      other = is32Listed ? try dropped(meaning, .i386) : []
    } else {
      kind = "keep"
      guard let word = word(meaning.defaultAction) else { throw meaning.lacksAction(meaning.defaultAction) }
      words.append("--seccomp-error-action=\(word)")
      native = try kept(meaning, .x86_64)
      other = is32Listed ? try kept(meaning, .i386) : []
    }
    // An empty list is none to it.
    if kind == "keep", native.isEmpty || (is32Listed && other.isEmpty) {
      throw meaning.lacks("a profile that allows no call")
    }
    if !native.isEmpty { words.append("--seccomp.\(kind)=\(native.joined(separator: ","))") }
    if !other.isEmpty { words.append("--seccomp.32.\(kind)=\(other.joined(separator: ","))") }
    return words
  }

  private static func dropped(
    _ meaning: ProfileMeaning, _ table: SyscallTable
  ) throws(RuntimeError) -> [String] {
    let rules = try plainRules(meaning, table)
    var words: [String] = []
    for rule in rules {
      guard let word = word(rule.action) else { throw meaning.lacksAction(rule.action, of: rule.name) }
      words.append("\(rule.name):\(word)")
    }
    return words
  }

  private static func kept(
    _ meaning: ProfileMeaning, _ table: SyscallTable
  ) throws(RuntimeError) -> [String] {
    let rules = try plainRules(meaning, table)
    if let rule = rules.first(where: { $0.action != .allow }) {
      throw meaning.lacks("a list of allowed calls in which \(rule.name) has the action \(rule.action)")
    }
    return rules.map(\.name)
  }

  /// The rules of names that the table has, each name once.
  private static func plainRules(
    _ meaning: ProfileMeaning, _ table: SyscallTable
  ) throws(RuntimeError) -> [Rule] {
    var actions: [String: Action] = [:]
    var rules: [Rule] = []
    for rule in meaning.rules where table.number(named: rule.name) != nil {
      guard rule.conditions.isEmpty else {
        throw meaning.lacks("conditions on arguments, which \(rule.name) has")
      }
      if let action = actions[rule.name] {
        guard action == rule.action else { throw meaning.lacks("two actions of \(rule.name)") }
        continue
      }
      actions[rule.name] = rule.action
      rules.append(rule)
    }
    return rules
  }

  /// Errors go by their names, and one action kills.
  private static func word(_ action: Action) -> String? {
    switch action {
    case .errno(let number): errnoName(Int(number))
    case .killThread: "kill"
    case .log: "log"
    default: nil
    }
  }
}
