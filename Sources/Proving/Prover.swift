package import ClassicBPF
package import Prediction
package import SeccompModel

/// Whether two of policy and filter give the same verdict for every input: all numbers, architectures, instruction
/// pointers and 64-bit arguments.
///
/// Each question is answered in a store of its own. What the solver cannot tell in time is `unknown`, never equality.
package struct Prover: Sendable {
  package enum Answer: Hashable, Sendable {
    /// For every input.
    case proved
    /// Not for this one. It was run: the two sides really differ.
    case differs(SeccompData)
    case unknown(String)
  }

  package var limits: ProofLimits

  package init(limits: ProofLimits = ProofLimits()) { self.limits = limits }

  /// Whether the policy permits every verdict of the filter.
  package func compare(_ policy: PolicyOracle, _ filter: Filter) throws(FilterRejection) -> Answer {
    try filter.check()
    let context = Z3Context()
    let data = DataTerms(context)
    let verdict = FilterTerm(filter, over: data, in: context).verdict
    let permitted = PolicyTerm(policy.form, over: data, in: context).permits(context.meaning(of: verdict))
    return try answer(context, data, context.not(permitted)) { witness in
      !policy.answer(to: witness).permits(filter.evaluate(witness))
    }
  }

  /// Whether both filters return the same, as far as `reading` tells verdicts apart.
  ///
  /// - Parameter reach: the inputs that count; nil for all.
  package func compare(
    _ one: Filter, _ other: Filter, reading: FilterEquivalence.Reading = .effect,
    within reach: [FilterEquivalence.Reach]? = nil
  ) throws(FilterRejection) -> Answer {
    try one.check()
    try other.check()
    let context = Z3Context()
    let data = DataTerms(context)
    let verdicts = [one, other].map {
      context.meaning(of: FilterTerm($0, over: data, in: context).verdict, reading)
    }
    let differs = context.not(context.equal(verdicts[0], verdicts[1]))
    let counts = reach.map { context.any($0.map { data.isWithin($0, in: context) }) } ?? context.yes
    return try answer(context, data, context.and(counts, differs)) { witness in
      reading.meaning(of: one.evaluate(witness)) != reading.meaning(of: other.evaluate(witness))
    }
  }

  private func answer(
    _ context: Z3Context, _ data: DataTerms, _ differs: Formula, confirm: (SeccompData) -> Bool
  ) throws(FilterRejection) -> Answer {
    let solver = Z3Solver(context, limits)
    solver.require(differs)
    switch solver.input(data) {
    case .none: return .proved
    case .unknown(let reason): return .unknown(reason)
    case .some(let witness):
      return confirm(witness)
        ? .differs(witness) : .unknown("the input that was found is answered alike: \(witness)")
    }
  }
}
