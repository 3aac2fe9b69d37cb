import ClassicBPF
import Prediction
import SeccompModel

/// Walks over architectures and runs of numbers, and tells which of their calls two sides answer differently.
///
/// A run is answered for by its first number, and tokens that nobody names by one of them. That is a guess: what is told is
/// then held against both sides over all inputs (``RegionProof``). An input that it does not fit splits its run, or has its
/// token looked at by itself, until it is proved that there is none.
struct RegionSearch {
  let comparison: SideComparison
  let question: PairTerm.Question
  let context: Z3Context
  let data: DataTerms
  let sides: [PreparedSide]
  let atoms: RegionAtoms
  /// A token that answers for all that are not looked at one by one.
  let otherArchitecture: UInt32
  /// Tokens that are looked at one by one.
  private(set) var architectures: [UInt32]
  /// Why what was told is not all; it is certain all the same.
  var unfinished: String?
  /// The runs of each token, ascending; nil: of the others.
  private var runs: [UInt32?: [Run]] = [:]
  private var splits = 0

  /// Numbers, and what was found of the first one.
  private struct Run {
    var numbers: ClosedRange<UInt32>
    var regions: [RegionDifference]
  }

  init(
    _ question: PairTerm.Question, of comparison: SideComparison, _ sides: [PreparedSide],
    _ breakpoints: Breakpoints, _ data: DataTerms, in context: Z3Context
  ) {
    self.comparison = comparison
    self.question = question
    self.sides = sides
    self.context = context
    self.data = data
    atoms = RegionAtoms(sides)
    otherArchitecture = breakpoints.otherArchitecture
    architectures = breakpoints.architectures
    runs = Dictionary(
      uniqueKeysWithValues: (breakpoints.architectures.map(Optional.some) + [nil]).map {
        ($0, breakpoints.runs.map { Run(numbers: $0, regions: []) })
      })
  }

  /// The regions, proved to be what is told of them, and all; where that does not come to an end, those of them that are
  /// certain.
  ///
  /// - Parameter whole: both sides over all inputs.
  mutating func regions(_ whole: PairTerm) -> [RegionDifference] {
    for architecture in architectures.map(Optional.some) + [nil] { look(at: architecture) }
    let proof = RegionProof(whole.formula(question), whole, data, in: context)
    while unfinished == nil {
      switch proof.counterexample(to: told, named: architectures, comparison.limits) {
      case .none: return told
      case .unknown(let reason):
        unfinished = "the solver did not tell whether that is all, and so: \(reason)"
      case .some(let input): refine(input)
      }
    }
    return certain
  }

  /// The regions, those of neighbours that are alike joined.
  private var told: [RegionDifference] {
    (architectures.map(Optional.some) + [nil]).flatMap { joined(runs[$0] ?? []) }
  }

  private func joined(_ runs: [Run]) -> [RegionDifference] {
    var found: [RegionDifference] = []
    var last: [RegionDifference] = []
    for run in runs {
      // The same as in the run before: one region.
      if !last.isEmpty, run.regions.map(\.told) == last.map(\.told) {
        for index in last.indices {
          last[index].numbers = last[index].numbers.lowerBound...run.numbers.upperBound
        }
      } else {
        found += last
        last = run.regions
        for index in last.indices { last[index].numbers = run.numbers }
      }
    }
    return found + last
  }

  /// What was found at the numbers and the tokens that were looked at, and is not a guess about others.
  private var certain: [RegionDifference] {
    let found = (architectures.map(Optional.some) + [nil]).flatMap { architecture in
      (runs[architecture] ?? []).flatMap { run in
        run.regions.map { region in
          var region = region
          region.numbers = run.numbers.lowerBound...run.numbers.lowerBound
          region.architecture = architecture ?? otherArchitecture
          return region
        }
      }
    }
    return found
  }

  // MARK: Runs

  private mutating func look(at architecture: UInt32?) {
    var count = runs.values.joined().reduce(0) { $0 + $1.regions.count }
    for index in (runs[architecture] ?? []).indices {
      guard unfinished == nil, let numbers = runs[architecture]?[index].numbers else { return }
      let found = regions(numbers, architecture)
      runs[architecture]?[index].regions = found
      count += found.count
      if count > comparison.regionLimit { unfinished = "more than \(comparison.regionLimit) regions differ" }
    }
  }

  /// Looks closer where an input is not answered as is told of it.
  private mutating func refine(_ input: SeccompData) {
    let answer = comparison.answer(to: input)
    var sample = input
    if !architectures.contains(input.architecture) {
      sample.architecture = otherArchitecture
      guard comparison.answer(to: sample) == answer else { return name(input.architecture) }
    }
    let architecture = architectures.contains(input.architecture) ? input.architecture : nil
    guard let place = runs[architecture]?.firstIndex(where: { $0.numbers.contains(input.number) }),
      let numbers = runs[architecture]?[place].numbers
    else { return }
    // The first number of the run is answered otherwise, so that there is a border between the two.
    var (low, high) = (numbers.lowerBound, input.number)
    sample.number = low
    guard comparison.answer(to: sample) != answer else {
      unfinished = "the solver has an input answered otherwise than it is: \(input)"
      return
    }
    splits += 1
    guard splits <= Self.splitLimit else {
      unfinished = "numbers are told apart in more than \(Self.splitLimit) places that no comparison names"
      return
    }
    while high - low > 1 {
      sample.number = low + (high - low) / 2
      if comparison.answer(to: sample) == answer { high = sample.number } else { low = sample.number }
    }
    runs[architecture]?[place].numbers = numbers.lowerBound...low
    let found = regions(high...numbers.upperBound, architecture)
    runs[architecture]?.insert(Run(numbers: high...numbers.upperBound, regions: found), at: place + 1)
  }

  /// Looks at a token by itself.
  private mutating func name(_ token: UInt32) {
    guard architectures.count < Self.tokenLimit else {
      unfinished = "more than \(Self.tokenLimit) architectures are told apart"
      return
    }
    architectures.append(token)
    architectures.sort(by: >)
    runs[token] = (runs[nil] ?? []).map { Run(numbers: $0.numbers, regions: []) }
    look(at: token)
  }

  /// Borders between numbers that are searched for, beyond the constants of the sides.
  private static let splitLimit = 200
  /// Tokens that are looked at one by one.
  private static let tokenLimit = 32
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
