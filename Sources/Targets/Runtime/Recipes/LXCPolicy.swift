internal import Profiles
internal import SeccompModel

/// A profile in lxc's policy language, version 2. It is for x86_64, x32 and i386 alike, whatever the profile lists;
/// section heads ([x86] …) have not confined rules to an architecture in any version that we know.
/// Source: lxc.container.conf(5), SECCOMP CONFIGURATION; lxc, src/lxc/seccomp.c (`parse_config_v2`)
enum LXCPolicy {
  static func text(_ meaning: ProfileMeaning) throws(RuntimeError) -> String {
    guard let word = word(meaning.defaultAction) else { throw meaning.lacksAction(meaning.defaultAction) }
    // Every rule says its action, so that the kind of list only names the action of what is in none.
    var lines = ["2", "\(meaning.defaultAction == .allow ? "denylist" : "allowlist") \(word)", "[all]"]
    for rule in meaning.rules {
      guard let word = Self.word(rule.action) else { throw meaning.lacksAction(rule.action, of: rule.name) }
      var conditions: [String] = []
      for condition in rule.conditions { conditions.append(Self.word(condition)) }
      lines.append(([rule.name, word] + conditions).joined(separator: " "))
    }
    return lines.map { "\($0)\n" }.joined()
  }

  private static func word(_ action: Action) -> String? {
    switch action {
    case .allow: "allow"
    case .killThread: "kill"
    case .errno(let number): "errno \(number)"
    // libseccomp's SCMP_ACT_TRAP has no data.
    case .trap(0): "trap"
    // There is "notify" too, which needs somebody to be notified.
    default: nil
    }
  }

  /// [index,value,op] or, with a mask, [index,value,op,mask].
  private static func word(_ condition: Condition) -> String {
    let operation = condition.comparison.word
    guard condition.comparison == .maskedEqual else {
      return "[\(condition.index),\(condition.value),\(operation)]"
    }
    return "[\(condition.index),\(condition.valueTwo),\(operation),\(condition.value)]"
  }
}
