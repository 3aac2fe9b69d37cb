import ClassicBPF
import Prediction
import SeccompModel

/// Walks over architectures and runs of numbers, and tells which of their calls two sides answer differently.
struct RegionSearch {
  let comparison: SideComparison
  let context: Z3Context
  let data: DataTerms
  private let sides: [PreparedSide]
  private let breakpoints: Breakpoints
  private let atoms: RegionAtoms
  private let architectures: [UInt32]
  private(set) var unfinished: String?

  init(
    comparison: SideComparison, sides: [PreparedSide], breakpoints: Breakpoints, context: Z3Context,
    data: DataTerms
  ) {
    self.comparison = comparison
    self.sides = sides
    self.context = context
    self.data = data
    self.breakpoints = breakpoints
    atoms = RegionAtoms(sides)
    architectures = breakpoints.architectures
  }

  mutating func regions(_ question: PairTerm.Question) -> [RegionDifference] {
    var found: [RegionDifference] = []
    for architecture in architectures.map(Optional.some) + [nil] {
      var last: [RegionDifference] = []
      for (index, start) in breakpoints.starts.enumerated() {
        let end = index + 1 < breakpoints.starts.count ? breakpoints.starts[index + 1] - 1 : .max
        var here = regions(question, start...end, architecture)
        guard unfinished == nil else { return found + last }
        // The same as in the run before: one region.
        if here.map(\.told) == last.map(\.told) {
          for index in here.indices { here[index].numbers = last[index].numbers.lowerBound...end }
        } else {
          found += last
        }
        last = here
        if found.count > comparison.regionLimit {
          unfinished = "more than \(comparison.regionLimit) regions differ"
          return found
        }
      }
      found += last
    }
    return found
  }

  private mutating func regions(
    _ question: PairTerm.Question, _ numbers: ClosedRange<UInt32>, _ architecture: UInt32?
  ) -> [RegionDifference] {
    let token = architecture ?? breakpoints.otherArchitecture
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
      case .some(let model):
        var witness = data.values(in: model, of: solver)
        (witness.number, witness.architecture) = (numbers.lowerBound, token)
        let verdicts = [pair.one, pair.other].map { side in
          side.verdict.value.map { UInt32($0) }
            ?? UInt32(truncatingIfNeeded: solver.value(of: side.verdict, in: model))
        }
        witness = comparison.simplified(witness)
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

  /// The one region where neither side looks at more than number and architecture: known without asking the solver, as
  /// for most numbers.
  private func settled(
    _ pair: PairTerm, _ formula: Formula, _ numbers: ClosedRange<UInt32>, _ architecture: UInt32?
  ) -> RegionDifference? {
    guard formula == context.yes, let one = pair.one.verdict.value, let other = pair.other.verdict.value
    else { return nil }
    let verdicts = [UInt32(one), UInt32(other)]
    let witness = SeccompData(
      number: numbers.lowerBound, architecture: architecture ?? breakpoints.otherArchitecture)
    guard inputs(alike: witness, verdicts, pair, formula) == context.yes else { return nil }
    return region(architecture, numbers, verdicts, .everything, witness)
  }

  /// Those of the region that both sides answer as the witness.
  private func inputs(
    alike witness: SeccompData, _ verdicts: [UInt32], _ pair: PairTerm, _ formula: Formula
  ) -> Formula {
    context.all([
      formula, context.equal(pair.one.verdict, context.number(verdicts[0])),
      context.equal(pair.other.verdict, context.number(verdicts[1])),
      pair.one.permitsAsMuch(as: comparison.one.verdicts(for: witness), in: context),
      pair.other.permitsAsMuch(as: comparison.other.verdicts(for: witness), in: context),
    ])
  }

  private func region(
    _ architecture: UInt32?, _ numbers: ClosedRange<UInt32>, _ verdicts: [UInt32], _ calls: Cover,
    _ witness: SeccompData
  ) -> RegionDifference {
    RegionDifference(
      architecture: architecture, numbers: numbers, one: verdicts[0], other: verdicts[1],
      permitted: .init(
        one: comparison.one.verdicts(for: witness).sorted(),
        other: comparison.other.verdicts(for: witness).sorted()),
      calls: calls, witness: witness)
  }
}

extension RegionDifference {
  /// What is told of the region, but for its numbers and its witness.
  fileprivate var told: Told { Told(one: permitted.one, other: permitted.other, calls: calls) }

  fileprivate struct Told: Hashable {
    var one: [UInt32]
    var other: [UInt32]
    var calls: Cover
  }
}
