import SeccompModel

/// What the rules of an applied profile say of one call by name: enough to choose witnesses by. What the policy
/// really says of them is for the oracle.
struct LintPolicy: Sendable {
  let defaultAction: Action
  private let rules: [String: [Rule]]

  /// Rules of one call that are looked at: BPF_MAXINSNS (linux/bpf_common.h), the instructions that a filter has room
  /// for. A profile with more of them gives no filter, and is told so.
  static let ruleLimit = 4096

  init(_ applied: Profile) {
    defaultAction = applied.defaultAction
    rules = Dictionary(grouping: applied.rules, by: \.name).mapValues { Array($0.prefix(Self.ruleLimit)) }
  }

  func rules(named name: String) -> [Rule] { rules[name] ?? [] }

  /// The actions that the call may get: of the first rule without conditions; else of all whose conditions hold; else
  /// the default.
  func answers(_ name: String, _ arguments: Arguments = Arguments()) -> [Action] {
    let rules = rules(named: name)
    if let first = rules.first(where: { $0.conditions.isEmpty }) { return [first.action] }
    let matching = rules.filter { $0.conditions.allSatisfy { $0.holds(for: arguments) } }.map(\.action)
    return matching.isEmpty ? [defaultAction] : matching
  }

  /// The one action that every call of the name gets; nil when it depends on the arguments.
  func unconditional(_ name: String) -> Action? {
    let rules = rules(named: name)
    if let first = rules.first(where: { $0.conditions.isEmpty }) { return first.action }
    return rules.isEmpty ? defaultAction : nil
  }

  func letsThrough(_ name: String, _ arguments: Arguments = Arguments()) -> Bool {
    answers(name, arguments).allSatisfy(\.letsCallsRun)
  }

  func refuses(_ name: String, _ arguments: Arguments = Arguments()) -> Bool {
    !answers(name, arguments).contains(where: \.letsCallsRun)
  }
}

extension Condition {
  /// Whether it holds where arguments have 64 bits (seccomp_rule_add(3): comparisons are unsigned).
  func holds(for arguments: Arguments) -> Bool {
    guard index < UInt32(Arguments.count) else { return false }
    let argument = arguments[Int(index)]
    switch comparison {
    case .notEqual: return argument != value
    case .lessThan: return argument < value
    case .lessOrEqual: return argument <= value
    case .equal: return argument == value
    case .greaterOrEqual: return argument >= value
    case .greaterThan: return argument > value
    case .maskedEqual: return argument & value == valueTwo & value
    }
  }

  /// A value of its argument for which it holds; nil when there is none.
  var example: UInt64? {
    switch comparison {
    case .notEqual: value == 0 ? 1 : 0
    case .lessThan: value == 0 ? nil : value - 1
    case .lessOrEqual, .equal, .greaterOrEqual: value
    case .greaterThan: value == .max ? nil : value + 1
    case .maskedEqual: valueTwo & value
    }
  }
}

extension [Condition] {
  /// Arguments for which all hold, as far as the conditions' own examples do; nil when they do not.
  var example: Arguments? {
    var arguments = Arguments()
    for condition in self where condition.index < UInt32(Arguments.count) {
      guard let value = condition.example else { return nil }
      arguments[Int(condition.index)] = value
    }
    return allSatisfy { $0.holds(for: arguments) } ? arguments : nil
  }
}
