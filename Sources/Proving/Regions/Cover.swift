import SeccompModel

/// A set of inputs in words: one of several alternatives, each a few literals that all hold.
package struct Cover: Hashable, Sendable {
  package var alternatives: [[Literal]]
  /// Whether the alternatives are exactly the set. Otherwise there were too many, or the literals cannot say it: then
  /// they are a part of it.
  package var isExact: Bool

  package init(alternatives: [[Literal]], isExact: Bool) {
    self.alternatives = alternatives
    self.isExact = isExact
  }

  /// Every input.
  package static let everything = Cover(alternatives: [[]], isExact: true)

  package var isEverything: Bool { isExact && alternatives == [[]] }
}

extension Cover {
  func formula(over data: DataTerms, in context: Z3Context) -> Formula {
    context.any(
      alternatives.map { alternative in
        context.all(
          alternative.map {
            let formula = $0.atom.formula(over: data, in: context)
            return $0.holds ? formula : context.not(formula)
          })
      })
  }
}

extension Cover: CustomStringConvertible {
  /// What a number means to an argument, `CLONE_NEWUSER`; nil where it has no name.
  package typealias Naming = (_ argument: Int, _ value: UInt64, _ isMask: Bool) -> String?

  /// `a0 < 5 and a2 > 0x29, or a1 is 0 or 7`
  package var description: String { text { _, _, _ in nil } }

  /// The same with names beside the numbers that have one.
  package func text(naming: Naming) -> String {
    if isEverything { return "whatever the arguments are" }
    var parts: [Part] = []
    for alternative in alternatives {
      let wording = Wording(alternative)
      let words = alternative.isEmpty ? ["whatever the arguments are"] : wording.words(naming)
      guard let (subject, value, besides) = wording.equality(naming) else {
        parts.append(Part(words: words))
        continue
      }
      if let index = parts.firstIndex(where: { $0.subject == subject && $0.besides == besides }) {
        parts[index].values.append(value)
      } else {
        parts.append(Part(words: words, subject: subject, values: [value], besides: besides))
      }
    }
    let all = parts.map { $0.text(naming) }
    if isExact { return all.joined(separator: ", or ") }
    if all.isEmpty { return "some arguments; the condition was not found" }
    return (all + ["more that is not told"]).joined(separator: ", or ")
  }

  /// One alternative, or several that differ in one value.
  private struct Part {
    /// Those of the first alternative.
    var words: [String]
    var subject: Atom.Subject?
    var values: [UInt64] = []
    /// What all of them say besides.
    var besides: [String] = []

    /// `a0 == 1`, `a0 is 1, 2 or 8`, `a0 is 1 or 2 and a2 > 5`
    func text(_ naming: Cover.Naming) -> String {
      guard let subject, values.count > 1 else { return words.joined(separator: " and ") }
      let texts = values.sorted().map { subject.named($0, isMask: false, naming) }
      let list = "\(subject) is \(texts.dropLast().joined(separator: ", ")) or \(texts[texts.count - 1])"
      return ([list] + besides).joined(separator: " and ")
    }
  }
}

/// Finds covers: for a formula on a call's arguments, alternatives of literals that make it true.
struct CoverSearch {
  let context: Z3Context
  let data: DataTerms
  /// What may be said, the most welcome first.
  let atoms: [Atom]
  /// Alternatives after which the search ends.
  var limit = 12

  /// The cover of the inputs for which `formula` holds, given that `given` does.
  ///
  /// Each alternative is grown from an input: all literals that are true of it, less those without which the rest
  /// still implies the formula.
  func cover(of formula: Formula, given: [Formula], _ limits: ProofLimits) -> Cover? {
    let inside = Z3Solver(context, limits), outside = Z3Solver(context, limits)
    for each in given {
      inside.require(each)
      outside.require(each)
    }
    inside.require(formula)
    outside.require(context.not(formula))
    if case .none = outside.check() { return .everything }
    let formulas = atoms.map { $0.formula(over: data, in: context) }
    var alternatives: [[(index: Int, holds: Bool)]] = []
    func told(isExact: Bool) -> Cover {
      let needed = isExact ? without(toSpare: alternatives, formulas, inside) : alternatives
      let literals = needed.map { $0.map { Literal(atoms[$0.index], $0.holds) } }
      return Cover(alternatives: Self.ordered(literals), isExact: isExact)
    }
    // What is outside of all alternatives so far; `inside` stays as it is.
    var rest: [Formula] = []
    while true {
      let input: SeccompData
      switch inside.input(data, with: rest) {
      case .none: return told(isExact: true)
      case .unknown: return nil
      case .some(let found): input = found
      }
      guard alternatives.count < limit, let alternative = grow(from: input, formulas, outside) else {
        return told(isExact: false)
      }
      alternatives.append(alternative)
      rest.append(context.not(conjunction(alternative, formulas)))
    }
  }

  /// The alternatives less those that the others say too, the longest first.
  private func without(
    toSpare alternatives: [[(index: Int, holds: Bool)]], _ formulas: [Formula], _ inside: Z3Solver
  ) -> [[(index: Int, holds: Bool)]] {
    var kept = alternatives
    for length in Set(alternatives.map(\.count)).sorted(by: >) where kept.count > 1 {
      for place in kept.indices.reversed() where kept[place].count == length && kept.count > 1 {
        var fewer = kept
        fewer.remove(at: place)
        let outside = fewer.map { context.not(conjunction($0, formulas)) }
        if case .none = inside.check(with: outside) { kept = fewer }
      }
    }
    return kept
  }

  private func conjunction(
    _ alternative: [(index: Int, holds: Bool)], _ formulas: [Formula]
  ) -> Formula {
    context.all(alternative.map { literal($0, formulas) })
  }

  private func literal(_ part: (index: Int, holds: Bool), _ formulas: [Formula]) -> Formula {
    part.holds ? formulas[part.index] : context.not(formulas[part.index])
  }

  /// Literals true of the input that imply the formula, none of them to spare; nil when all of them together do not.
  private func grow(
    from input: SeccompData, _ formulas: [Formula], _ outside: Z3Solver
  ) -> [(index: Int, holds: Bool)]? {
    var parts = atoms.indices.map { (index: $0, holds: atoms[$0].holds(for: input)) }
    guard case .none = outside.check(with: parts.map { literal($0, formulas) }) else { return nil }
    // The least welcome are tried first.
    for index in atoms.indices.reversed() {
      let fewer = parts.filter { $0.index != index }
      if case .none = outside.check(with: fewer.map { literal($0, formulas) }) { parts = fewer }
    }
    return parts
  }

  private static func ordered(_ alternatives: [[Literal]]) -> [[Literal]] {
    alternatives.sorted { one, other in
      if one.count != other.count { return one.count < other.count }
      return one.lexicographicallyPrecedes(other) { $0.rank < $1.rank }
    }
  }
}

extension Literal {
  /// For an order that is the same in every run.
  fileprivate var rank: (Int, UInt64, UInt64, String) {
    (atom.subject.place, atom.value, atom.mask, description)
  }
}
