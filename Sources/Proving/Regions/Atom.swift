package import Profiles
package import SeccompModel

/// A test that people can read, of one argument of a call or of the instruction pointer.
package struct Atom: Hashable, Sendable {
  package enum Subject: Hashable, Sendable {
    /// All 64 bits of an argument, 0 to 5.
    case argument(Int)
    /// Its low 32 bits.
    case low(Int)
    /// Its high 32 bits.
    case high(Int)
    case instructionPointerLow
    case instructionPointerHigh
  }

  package var subject: Subject
  package var comparison: Condition.Comparison
  /// What it is compared with; of a masked comparison what the masked bits are equal to.
  package var value: UInt64
  /// All ones unless the comparison is masked.
  package var mask: UInt64

  package init(_ subject: Subject, _ comparison: Condition.Comparison, _ value: UInt64, mask: UInt64 = .max) {
    self.subject = subject
    self.comparison = comparison
    self.value = value
    self.mask = mask
  }
}

/// An atom, or its opposite.
package struct Literal: Hashable, Sendable {
  package var atom: Atom
  package var holds: Bool

  package init(_ atom: Atom, _ holds: Bool) {
    self.atom = atom
    self.holds = holds
  }

  /// The same as an atom that holds, where there is one: not less is at least.
  package var positive: Literal {
    guard !holds, let opposite = atom.comparison.opposite else { return self }
    var atom = atom
    atom.comparison = opposite
    return Literal(atom, true)
  }
}

extension Condition.Comparison {
  /// What holds exactly where this does not; nil for the masked one.
  var opposite: Condition.Comparison? {
    switch self {
    case .equal: .notEqual
    case .notEqual: .equal
    case .lessThan: .greaterOrEqual
    case .greaterOrEqual: .lessThan
    case .lessOrEqual: .greaterThan
    case .greaterThan: .lessOrEqual
    case .maskedEqual: nil
    }
  }
}

extension Atom {
  func formula(over data: DataTerms, in context: Z3Context) -> Formula {
    let word: Word
    var width: UInt32 = 32
    switch subject {
    case .argument(let index):
      word = context.join(data.high(index), data.low(index))
      width = 64
    case .low(let index): word = data.low(index)
    case .high(let index): word = data.high(index)
    case .instructionPointerLow: word = data.words[2]
    case .instructionPointerHigh: word = data.words[3]
    }
    let limit: UInt64 = width == 64 ? .max : 0xffff_ffff
    let value = context.number(value & limit, width: width)
    switch comparison {
    case .equal: return context.equal(word, value)
    case .notEqual: return context.not(context.equal(word, value))
    case .lessThan: return context.less(word, value)
    case .lessOrEqual: return context.lessOrEqual(word, value)
    case .greaterOrEqual: return context.lessOrEqual(value, word)
    case .greaterThan: return context.less(value, word)
    case .maskedEqual:
      return context.equal(context.and(word, context.number(mask & limit, width: width)), value)
    }
  }

  /// Whether it holds for an input.
  package func holds(for data: SeccompData) -> Bool {
    let found: UInt64
    switch subject {
    case .argument(let index): found = data.arguments[index]
    case .low(let index): found = data.arguments[index] & 0xffff_ffff
    case .high(let index): found = data.arguments[index] >> 32
    case .instructionPointerLow: found = data.instructionPointer & 0xffff_ffff
    case .instructionPointerHigh: found = data.instructionPointer >> 32
    }
    switch comparison {
    case .equal: return found == value
    case .notEqual: return found != value
    case .lessThan: return found < value
    case .lessOrEqual: return found <= value
    case .greaterOrEqual: return found >= value
    case .greaterThan: return found > value
    case .maskedEqual: return found & mask == value
    }
  }
}

extension Atom.Subject: CustomStringConvertible {
  package var description: String {
    switch self {
    case .argument(let index): "a\(index)"
    case .low(let index): "low(a\(index))"
    case .high(let index): "high(a\(index))"
    case .instructionPointerLow: "low(ip)"
    case .instructionPointerHigh: "high(ip)"
    }
  }
}

extension Literal: CustomStringConvertible {
  /// `a0 < 0x10`, `a1 & 0x7f == 0x2`, `high(a2) != 0`
  package var description: String {
    Wording([self]).words { _, _, _ in nil }.joined(separator: " and ")
  }
}
