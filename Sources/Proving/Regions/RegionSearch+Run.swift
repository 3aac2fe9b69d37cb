import SeccompModel

// One run: number and architecture are known, and what is left of both sides is about arguments.
extension RegionSearch {
  /// The regions of the first of these numbers, said of all of them.
  mutating func regions(_ numbers: ClosedRange<UInt32>, _ architecture: UInt32?) -> [RegionDifference] {
    let token = architecture ?? otherArchitecture
    let known = DataTerms(data, number: numbers.lowerBound, architecture: token, in: context)
    // For most numbers, and filters are long.
    if PairTerm.isSettled(question, sides, over: known, in: context) { return [] }
    let pair = PairTerm(sides, over: known, in: context)
    let formula = pair.formula(question)
    if formula == context.no { return [] }
    if let region = settled(pair, formula, numbers, architecture) { return [region] }
    let solver = Z3Solver(context, comparison.limits)
    solver.require(formula)
    var found: [RegionDifference] = []
    while true {
      switch solver.check() {
      case .none: return found.sorted { ($0.one, $0.other) < ($1.one, $1.other) }
      case .unknown(let reason):
        unfinished = "the solver did not tell: \(reason)"
        return found
      case .some where found.count == Self.answerLimit:
        unfinished = "more than \(Self.answerLimit) answers to the calls of one number"
        return found
      case .some(let model):
        let verdicts = [pair.one, pair.other].compactMap { model.value(of: $0.verdict).map { UInt32($0) } }
        guard let input = known.values(in: model), verdicts.count == 2 else {
          unfinished = "the solver's model does not come to an input"
          return found
        }
        guard comparison.answer(to: input).firsts == verdicts else {
          unfinished = "the solver has an input answered otherwise than it is: \(input)"
          return found
        }
        let witness = comparison.simplified(input)
        let alike = inputs(alike: witness, verdicts, pair, formula)
        let mentioned = context.mentioned(known.words, in: alike)
        let search = CoverSearch(
          context: context, data: known,
          atoms: atoms.of(numbers.lowerBound, token).filter { mentioned.isSuperset(of: $0.subject.words) })
        let cover = search.cover(of: alike, given: [], comparison.limits)
        found.append(
          region(
            architecture, numbers, verdicts, cover ?? Cover(alternatives: [], isExact: false), witness))
        solver.require(context.not(alike))
      }
    }
  }

  /// Regions of one run after which the search ends: a program that returns what it loads has 2^32 answers.
  private static let answerLimit = 1000

  /// The one region where neither side looks at more than number and architecture: known without asking the solver, as
  /// for most numbers.
  private func settled(
    _ pair: PairTerm, _ formula: Formula, _ numbers: ClosedRange<UInt32>, _ architecture: UInt32?
  ) -> RegionDifference? {
    guard formula == context.yes, let one = pair.one.verdict.value, let other = pair.other.verdict.value
    else { return nil }
    let verdicts = [UInt32(one), UInt32(other)]
    let witness = SeccompData(
      number: numbers.lowerBound, architecture: architecture ?? otherArchitecture)
    guard comparison.answer(to: witness).firsts == verdicts,
      inputs(alike: witness, verdicts, pair, formula) == context.yes
    else { return nil }
    return region(architecture, numbers, verdicts, .everything, witness)
  }

  /// Those of the region that both sides answer as the witness.
  private func inputs(
    alike witness: SeccompData, _ verdicts: [UInt32], _ pair: PairTerm, _ formula: Formula
  ) -> Formula {
    context.and(formula, pair.gives(verdicts[0], verdicts[1], comparison.answer(to: witness)))
  }

  private func region(
    _ architecture: UInt32?, _ numbers: ClosedRange<UInt32>, _ verdicts: [UInt32], _ calls: Cover,
    _ witness: SeccompData
  ) -> RegionDifference {
    RegionDifference(
      architecture: architecture, numbers: numbers, one: verdicts[0], other: verdicts[1],
      permitted: comparison.answer(to: witness), calls: calls, witness: witness)
  }
}

extension RegionDifference.Permitted {
  /// The strictest of each: what a side's term stands for where a text permits several.
  var firsts: [UInt32] {
    [one, other].compactMap { $0.min { Int32(bitPattern: $0) < Int32(bitPattern: $1) } }
  }
}
