import Profiles

/// What of a set of rules a compiler's mistakes depend on: how many rules, which classes of comparison they
/// make, which of them look at the same argument, and whether the constants have different high words.
///
/// Names, argument numbers, actions' data, constants and the order of rules and conditions leave no trace.
struct RuleShape: Equatable {
  var rules: String
  var count: String
  var highWords: String

  /// More rules than this are told by their number only: nobody minimised them.
  static let detailLimit = 12

  init(rules: [Rule], is32Bit: Bool) {
    let actions = Set(rules.map(\.action)).count
    count =
      "\(rules.count) rule\(rules.count == 1 ? "" : "s")" + (actions > 1 ? " of \(actions) actions" : "")
    self.rules = rules.count > Self.detailLimit ? "[…]" : Self.canonical(rules)
    highWords = Self.highWordsDiffer(rules, is32Bit: is32Bit) ? "high words differ" : "high words same"
  }

  /// The smallest text over all ways to give letters to the arguments.
  private static func canonical(_ rules: [Rule]) -> String {
    let used = Set(rules.flatMap { $0.conditions.map(\.index) }).sorted()
    // Six arguments have 720 namings; unsound profiles may name more, and those keep their order.
    let namings = used.count <= 6 ? permutations(used.count) : [Array(0..<used.count)]
    return namings.map { naming in
      let letters = Dictionary(
        uniqueKeysWithValues: zip(used, naming.map { String(UnicodeScalar(UInt8(97 + $0 % 26))) }))
      return rules.map { rule in
        let conditions = rule.conditions.map { "\($0.comparison.family) \(letters[$0.index] ?? "?")" }
        return "[" + conditions.sorted().joined(separator: ", ") + "]"
      }.sorted().joined()
    }.min() ?? ""
  }

  /// Whether some argument is compared with two constants whose high 32 bits differ: a 64-bit comparison is
  /// two 32-bit ones, and the first then decides.
  private static func highWordsDiffer(_ rules: [Rule], is32Bit: Bool) -> Bool {
    // On a 32-bit ABI libseccomp drops the high word.
    if is32Bit { return false }
    let high = rules.flatMap(\.conditions).map { condition in
      // The masked comparison looks at the bits under the mask only.
      let datum =
        condition.comparison == .maskedEqual ? condition.valueTwo & condition.value : condition.value
      return (index: condition.index, word: datum >> 32)
    }
    return Dictionary(grouping: high, by: \.index).values.contains { Set($0.map(\.word)).count > 1 }
  }

  private static func permutations(_ count: Int) -> [[Int]] {
    guard count > 0 else { return [[]] }
    return permutations(count - 1).flatMap { shorter in
      (0...shorter.count).map { position in
        var longer = shorter
        longer.insert(count - 1, at: position)
        return longer
      }
    }
  }
}

extension Condition.Comparison {
  /// Operators that a compiler treats alike.
  fileprivate var family: String {
    switch self {
    case .equal, .maskedEqual: "equal"
    case .notEqual: "unequal"
    case .lessThan, .lessOrEqual, .greaterThan, .greaterOrEqual: "ordered"
    }
  }
}
