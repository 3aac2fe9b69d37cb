import Profiles

/// Literals that all hold, put as people would: `a0 == 0` for `a0 <= 0`, `3 < a2 <= 0x29` for two.
struct Wording {
  private var parts: [Part] = []

  /// What is said of one subject.
  fileprivate struct Part {
    var subject: Atom.Subject
    /// The smallest and the largest value.
    var least: UInt64 = 0
    var greatest: UInt64
    /// Whether the text had the limit beside the value, not the value itself.
    var isAbove = false
    var isBelow = false
    var others: [UInt64] = []
    var masks: [Literal] = []

    init(_ subject: Atom.Subject) {
      self.subject = subject
      greatest = subject.largest
    }
  }

  init(_ literals: [Literal]) {
    for literal in literals.map(\.plain) { add(literal) }
    joinHalves()
    splitOtherwise()
    for index in parts.indices { parts[index].narrow() }
    parts.sort { $0.subject.place < $1.subject.place }
  }

  private mutating func add(_ literal: Literal) {
    let (atom, value) = (literal.atom, literal.atom.value)
    let index = parts.firstIndex { $0.subject == atom.subject } ?? parts.endIndex
    if index == parts.endIndex { parts.append(Part(atom.subject)) }
    var part = parts[index]
    switch atom.comparison {
    case .equal: (part.least, part.greatest, part.isAbove, part.isBelow) = (value, value, false, false)
    case .notEqual: part.others.append(value)
    case .greaterOrEqual where value > part.least: (part.least, part.isAbove) = (value, false)
    case .greaterThan where value < .max && value + 1 > part.least:
      (part.least, part.isAbove) = (value + 1, true)
    case .lessOrEqual where value < part.greatest: (part.greatest, part.isBelow) = (value, false)
    case .lessThan where value > 0 && value - 1 < part.greatest:
      (part.greatest, part.isBelow) = (value - 1, true)
    case .maskedEqual: part.masks.append(literal)
    default: break
    }
    parts[index] = part
  }

  /// Both halves known are one argument known.
  private mutating func joinHalves() {
    for high in parts where high.least == high.greatest {
      guard case .high(let argument) = high.subject,
        let low = parts.first(where: { $0.subject == .low(argument) }), low.least == low.greatest
      else { continue }
      var whole = Part(.argument(argument))
      (whole.least, whole.greatest) = (high.least << 32 | low.least, high.least << 32 | low.least)
      parts.removeAll { [.low(argument), .high(argument)].contains($0.subject) }
      parts.append(whole)
    }
  }

  /// An argument that is not this number while its low half is: the high half is set.
  private mutating func splitOtherwise() {
    for low in parts where low.least == low.greatest {
      guard case .low(let argument) = low.subject,
        let place = parts.firstIndex(where: { $0.subject == .argument(argument) }),
        parts[place].others == [low.least], parts[place].least == 0, parts[place].greatest == .max,
        parts[place].masks.isEmpty, !parts.contains(where: { $0.subject == .high(argument) })
      else { continue }
      parts[place] = Part(.high(argument))
      parts[place].others = [0]
    }
  }

  /// The first subject with one value, the value, and what is said besides.
  func equality(
    _ naming: Cover.Naming
  ) -> (subject: Atom.Subject, value: UInt64, besides: [String])? {
    guard let place = parts.firstIndex(where: { $0.least == $0.greatest && $0.masks.isEmpty }) else {
      return nil
    }
    var others = parts
    let part = others.remove(at: place)
    return (part.subject, part.least, others.flatMap { $0.words(naming) })
  }

  func words(_ naming: Cover.Naming) -> [String] { parts.flatMap { $0.words(naming) } }
}

extension Wording.Part {
  /// Leaves out limits that are not taken: up to 11 and not 11 is below 11.
  fileprivate mutating func narrow() {
    while least < greatest, greatest < subject.largest, others.contains(greatest) {
      (greatest, isBelow) = (greatest - 1, true)
    }
    while 0 < least, least < greatest, others.contains(least) { (least, isAbove) = (least + 1, true) }
  }

  fileprivate func words(_ naming: Cover.Naming) -> [String] {
    let kept = least < greatest ? others.filter { (least...greatest).contains($0) } : []
    return bounds(naming) + kept.sorted().map { "\(subject) != \(subject.named($0, isMask: false, naming))" }
      + masks.map { literal in
        let mask = subject.named(literal.atom.mask, isMask: true, naming)
        return "\(subject) & \(mask) \(literal.holds ? "==" : "!=") \(hexadecimal(literal.atom.value))"
      }
  }

  private func bounds(_ naming: Cover.Naming) -> [String] {
    if least == greatest { return ["\(subject) == \(subject.named(least, isMask: false, naming))"] }
    let above = isAbove ? (least - 1, "<") : (least, "<=")
    let below = isBelow ? (greatest + 1, "<") : (greatest, "<=")
    switch (least > 0, greatest < subject.largest) {
    case (false, false): return []
    case (true, false): return ["\(subject) \(isAbove ? ">" : ">=") \(hexadecimal(above.0))"]
    case (false, true): return ["\(subject) \(below.1) \(hexadecimal(below.0))"]
    case (true, true):
      return ["\(hexadecimal(above.0)) \(above.1) \(subject) \(below.1) \(hexadecimal(below.0))"]
    }
  }
}

extension Literal {
  /// Positive where that can be said, without a mask that means a half or everything; of one bit whether it is 0.
  fileprivate var plain: Literal {
    var literal = positive
    guard literal.atom.comparison == .maskedEqual else { return literal }
    let comparison: Condition.Comparison = literal.holds ? .equal : .notEqual
    switch (literal.atom.subject, literal.atom.mask) {
    case (.argument, .max), (.low, 0xffff_ffff), (.high, 0xffff_ffff):
      literal = Literal(Atom(literal.atom.subject, comparison, literal.atom.value), true)
    case (.argument(let index), 0xffff_ffff):
      literal = Literal(Atom(.low(index), comparison, literal.atom.value), true)
    // One bit that is set is one that is not 0.
    case (_, let mask) where mask.nonzeroBitCount == 1 && literal.atom.value == mask:
      literal.atom.value = 0
      literal.holds.toggle()
    default: break
    }
    return literal
  }
}

extension Atom.Subject {
  var largest: UInt64 {
    switch self {
    case .argument: .max
    case .low, .high, .instructionPointerLow, .instructionPointerHigh: 0xffff_ffff
    }
  }

  /// The words of `struct seccomp_data` that it is made of, as ``DataTerms`` counts them.
  var words: [Int] {
    switch self {
    case .argument(let index): [4 + 2 * index, 5 + 2 * index]
    case .low(let index): [4 + 2 * index]
    case .high(let index): [5 + 2 * index]
    case .instructionPointerLow: [2]
    case .instructionPointerHigh: [3]
    }
  }

  /// For an order: by argument, the whole before its halves; the instruction pointer last.
  var place: Int {
    switch self {
    case .argument(let index): 3 * index
    case .low(let index): 3 * index + 1
    case .high(let index): 3 * index + 2
    case .instructionPointerLow: 100
    case .instructionPointerHigh: 101
    }
  }
}

extension Atom.Subject {
  /// The number, with its name where it has one: `0x10000000 (CLONE_NEWUSER)`.
  func named(_ value: UInt64, isMask: Bool, _ naming: Cover.Naming) -> String {
    switch self {
    case .argument(let index), .low(let index):
      hexadecimal(value) + (naming(index, value, isMask).map { " (\($0))" } ?? "")
    case .high, .instructionPointerLow, .instructionPointerHigh: hexadecimal(value)
    }
  }
}

/// `7`, `0x10`
func hexadecimal(_ value: UInt64) -> String { value < 10 ? "\(value)" : "0x" + String(value, radix: 16) }
