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
  /// `a0 < 5 and a2 > 0x29, or a1 == 0`
  package var description: String {
    if isEverything { return "whatever the arguments are" }
    let words = alternatives.map { alternative in
      alternative.isEmpty
        ? "whatever the arguments are" : alternative.map(\.description).joined(separator: " and ")
    }
    return words.joined(separator: ", or ") + (isExact ? "" : ", or more that is not told")
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
    var alternatives: [[Literal]] = []
    while true {
      let model: SeccompData
      switch inside.check() {
      case .none: return Cover(alternatives: Self.ordered(alternatives), isExact: true)
      case .unknown: return nil
      case .some(let found): model = data.values(in: found, of: inside)
      }
      guard alternatives.count < limit else {
        return Cover(alternatives: Self.ordered(alternatives), isExact: false)
      }
      guard let alternative = grow(from: model, formulas, outside) else {
        return Cover(alternatives: Self.ordered(alternatives), isExact: false)
      }
      alternatives.append(alternative.map { Literal(atoms[$0.index], $0.holds) })
      inside.require(context.not(context.all(alternative.map { literal($0, formulas) })))
    }
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
    alternatives.sorted { ($0.count, "\($0)") < ($1.count, "\($1)") }
  }
}
