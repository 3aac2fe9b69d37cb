package import ClassicBPF
package import Prediction
package import SeccompModel

/// One of the two that are compared.
package enum Side: Sendable {
  /// What a profile's text asks for; it may leave a call open.
  case policy(PolicyOracle)
  /// What binds a process, oldest first.
  case filters([Filter])

  package static func filter(_ filter: Filter) -> Side { .filters([filter]) }

  /// The verdicts that are right for an input, by their meanings: one, but where a policy leaves it open.
  package func verdicts(for data: SeccompData) -> Set<UInt32> {
    switch self {
    case .policy(let oracle): Set(oracle.answer(to: data).verdicts.map { $0.meaning.rawValue })
    case .filters(let filters): [filters.verdict(for: data).meaning.rawValue]
    }
  }
}

/// A side, looked at once.
enum PreparedSide {
  /// With the meanings of all verdicts that it can ask for.
  case policy(PolicyForm, verdicts: [UInt32])
  case filters([Filter])

  init(_ side: Side) throws(FilterRejection) {
    switch side {
    case .policy(let oracle):
      let form = oracle.form
      self = .policy(form, verdicts: form.verdicts)
    case .filters(let filters):
      for filter in filters { try filter.check() }
      self = .filters(filters)
    }
  }
}

/// A side as terms.
struct SideTerm {
  /// A right verdict; where several are, the one that is the first of ``Side``'s.
  let verdict: Word
  /// Whether more than one is.
  let isContested: Formula
  /// Of a policy: the meanings of all verdicts that it can ask for.
  let constants: [UInt32]
  let isPolicy: Bool
  /// Whether a verdict with this meaning is right.
  let permits: (Word) -> Formula

  init(_ side: PreparedSide, over data: DataTerms, in context: Z3Context) {
    switch side {
    case .filters(let filters):
      let verdicts = filters.map { FilterTerm($0, over: data, in: context).verdict }
      let meaning = context.meaning(of: context.strictest(of: verdicts))
      verdict = meaning
      isContested = context.no
      (constants, isPolicy) = ([], false)
      permits = { context.equal($0, meaning) }
    case .policy(let form, let constants):
      let term = PolicyTerm(form, over: data, in: context)
      (self.constants, isPolicy) = (constants, true)
      let permitted = constants.map { term.permits(context.number($0)) }
      verdict = zip(constants, permitted).dropLast().reversed().reduce(
        context.number(constants.last ?? 0)
      ) { rest, one in context.choose(one.1, context.number(one.0), rest) }
      var others = context.no
      var twice = context.no
      for formula in permitted {
        twice = context.or(twice, context.and(others, formula))
        others = context.or(others, formula)
      }
      isContested = twice
      permits = term.permits
    }
  }
}

extension SideTerm {
  /// Whether exactly these meanings are right, as those of an input that was looked at.
  func permitsAsMuch(as verdicts: Set<UInt32>, in context: Z3Context) -> Formula {
    guard isPolicy else { return context.yes }
    return context.all(
      constants.map { verdict in
        let formula = permits(context.number(verdict))
        return verdicts.contains(verdict) ? formula : context.not(formula)
      })
  }
}
