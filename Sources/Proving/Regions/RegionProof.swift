import SeccompModel

/// Holds what is told of regions against both sides over all inputs.
struct RegionProof {
  private let context: Z3Context
  private let data: DataTerms
  private let whole: PairTerm
  /// What regions are told of.
  private let formula: Formula

  /// - Parameter whole: the sides over `data`.
  init(_ formula: Formula, _ whole: PairTerm, _ data: DataTerms, in context: Z3Context) {
    self.formula = formula
    self.whole = whole
    self.data = data
    self.context = context
  }

  /// An input that is told of wrongly; none when it is proved that every input is answered as the region says that holds
  /// it, and that none that should be in one is in none.
  ///
  /// - Parameter named: tokens; regions without one are about all others.
  func counterexample(
    to regions: [RegionDifference], named: [UInt32], _ limits: ProofLimits
  ) -> Z3Solver.Found {
    let others = context.all(
      named.map { context.not(context.equal(data.architecture, context.number($0))) })
    let isThere = Dictionary(
      uniqueKeysWithValues: Set(regions.map(\.architecture)).map { architecture in
        (
          architecture,
          architecture.map { context.equal(data.architecture, context.number($0)) } ?? others
        )
      })
    // Of what is told in part only the numbers are known to hold all of it.
    let whereAny = place(of: regions, isThere) { $0.calls.isExact ? $0.calls : .everything }
    var wrong = [context.and(formula, context.not(whereAny))]
    for (answer, group) in Dictionary(grouping: regions, by: AnswerOfBoth.init) {
      let isAlike = whole.gives(answer.one, answer.other, answer.permitted)
      wrong.append(context.and(place(of: group, isThere) { $0.calls }, context.not(isAlike)))
    }
    let solver = Z3Solver(context, limits)
    solver.require(context.any(wrong))
    return solver.input(data)
  }

  private func place(
    of regions: [RegionDifference], _ isThere: [UInt32?: Formula], _ cover: (RegionDifference) -> Cover
  ) -> Formula {
    context.any(
      Dictionary(grouping: regions, by: \.architecture).map { architecture, group in
        context.and(
          isThere[architecture] ?? context.no,
          context.any(
            group.map {
              context.and(
                context.isWithin(data.number, $0.numbers), cover($0).formula(over: data, in: context))
            }))
      })
  }

  /// What both sides say in a region.
  private struct AnswerOfBoth: Hashable {
    var one: UInt32
    var other: UInt32
    var permitted: RegionDifference.Permitted

    init(_ region: RegionDifference) {
      (one, other, permitted) = (region.one, region.other, region.permitted)
    }
  }
}
