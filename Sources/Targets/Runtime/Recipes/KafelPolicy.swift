internal import Profiles
internal import SeccompModel

/// A profile in Kafel, nsjail's policy language. Its programs are for x86_64: other calls are killed.
/// Source: https://github.com/google/kafel, README.md and src/parser.y
enum KafelPolicy {
  static func text(_ meaning: ProfileMeaning) throws(RuntimeError) -> String {
    if let other = meaning.architectures.first(where: { $0 != .x86_64 }) {
      throw meaning.lacksArchitecture(other)
    }
    guard let word = word(meaning.defaultAction) else { throw meaning.lacksAction(meaning.defaultAction) }
    // The first that matches decides; with libseccomp a rule without conditions goes before those with some.
    let rules = meaning.rules.filter(\.conditions.isEmpty) + meaning.rules.filter { !$0.conditions.isEmpty }
    var blocks: [String] = []
    for rule in rules {
      guard let number = SyscallTable.x86_64.number(named: rule.name) else { continue }
      guard let word = Self.word(rule.action) else { throw meaning.lacksAction(rule.action, of: rule.name) }
      blocks.append("  \(word) { \(call(number, rule.conditions)) }")
    }
    let body = blocks.isEmpty ? "" : "\n\(blocks.joined(separator: ",\n"))\n"
    return "POLICY crosscheck {\(body)}\nUSE crosscheck\nDEFAULT \(word)\n"
  }

  private static func word(_ action: Action) -> String? {
    switch action {
    case .allow: "ALLOW"
    case .log: "LOG"
    case .killThread: "KILL"
    case .killProcess: "KILL_PROCESS"
    case .errno(let number): "ERRNO(\(number))"
    case .trap(let data): "TRAP(\(data))"
    case .trace(let data): "TRACE(\(data))"
    case .notify, .unknown: nil
    }
  }

  /// By its number, which every version knows, and with arguments of our own names, which have 64 bits.
  private static func call(_ number: UInt32, _ conditions: [Condition]) -> String {
    guard !conditions.isEmpty else { return "SYSCALL[\(number)]" }
    let words = conditions.map(Self.condition).joined(separator: " && ")
    return "SYSCALL[\(number)](a0, a1, a2, a3, a4, a5) { \(words) }"
  }

  private static func condition(_ condition: Condition) -> String {
    let argument = "a\(condition.index)"
    func compare(_ operation: String) -> String { "\(argument) \(operation) \(number(condition.value))" }
    return switch condition.comparison {
    case .equal: compare("==")
    case .notEqual: compare("!=")
    case .lessThan: compare("<")
    case .lessOrEqual: compare("<=")
    case .greaterOrEqual: compare(">=")
    case .greaterThan: compare(">")
    case .maskedEqual:
      "(\(argument) & \(number(condition.value))) == \(number(condition.value & condition.valueTwo))"
    }
  }

  private static func number(_ value: UInt64) -> String { "0x" + String(value, radix: 16) }
}
