import ClassicBPF

/// Makes the cases of a campaign about programs. Pure: a seed and a case number give one case, whatever was made before
/// and on whatever machine.
package struct RawFilterGenerator: Sendable {
  package let seed: UInt64

  package init(seed: UInt64) { self.seed = seed }

  /// How many cases it takes until every code was tried, from case 0 on.
  package static let casesOfAllCodes: UInt64 = period * UInt64(InstructionCodes.blockCount)
  /// The shapes that only load come up by the case's number, so that nothing of what they go through is left to chance.
  static let period: UInt64 = 16

  /// Case `number` of this campaign.
  package func makeCase(number: UInt64) -> RawFilterCase {
    var random = RandomSource(seed: seed, caseNumber: number)
    let (turn, place) = number.quotientAndRemainder(dividingBy: Self.period)
    switch place {
    case 0:
      var codes = RawFilterCase(number: number, shape: .codes)
      codes.trials = InstructionCodes.trials(block: codes.codeBlock, using: &random)
      return codes
    case 1: return RawFilterCase(number: number, shape: .edges, trials: CheckerEdges.trials(turn: turn))
    case 2:
      let base = sound(using: &random)
      return RawFilterCase(
        number: number, shape: .broken,
        trials: (0..<8).map { _ in FilterBreaker.broken(base, using: &random) })
    case 3: return stacked(number: number, using: &random)
    case 4 where turn % 32 == 0:
      return RawFilterCase(
        number: number, shape: .long, stack: [LongFilters.program(using: &random)], realVerdicts: false)
    case 4 where turn % 32 == 16:
      return RawFilterCase(
        number: number, shape: .chain, stack: LongFilters.chain(using: &random), realVerdicts: false)
    default: return single(number: number, using: &random)
    }
  }

  /// The source for the calls of case `number`, independent of how much the program drew.
  package func callSource(number: UInt64) -> RandomSource {
    RandomSource(seed: seed, caseNumber: number, stream: 1)
  }

  private func single(number: UInt64, using random: inout RandomSource) -> RawFilterCase {
    let shape: RawFilterCase.Shape
    let filter: Filter
    switch random.below(16) {
    case 0..<7:
      shape = .graph
      filter = ProgramWriter.graph(using: &random)
    case 7..<10:
      shape = .arithmetic
      filter = ProgramWriter.arithmetic(using: &random)
    case 10..<12:
      shape = .dispatch
      filter = ProgramWriter.dispatch(using: &random)
    default:
      shape = .mutated
      filter = mutated(using: &random)
    }
    return RawFilterCase(
      number: number, shape: shape, stack: [filter], realVerdicts: random.chance(1, of: 2))
  }

  /// A program that the checker accepts.
  func sound(using random: inout RandomSource) -> Filter {
    switch random.below(4) {
    case 0: ProgramWriter.arithmetic(using: &random)
    case 1: ProgramWriter.dispatch(using: &random)
    default: ProgramWriter.graph(using: &random)
    }
  }

  /// A sound program, or one of the samples, with one to three small faults.
  private func mutated(using random: inout RandomSource) -> Filter {
    var filter =
      random.chance(1, of: 3)
      ? random.pick(SamplePrograms.all, else: SamplePrograms.fallback) : sound(using: &random)
    for _ in 0..<random.within(1...3) {
      filter = FilterMutation.pick(seed: random.next(), from: filter)?.mutant ?? filter
    }
    return filter
  }

  private func stacked(number: UInt64, using random: inout RandomSource) -> RawFilterCase {
    let first = sound(using: &random)
    var stack = [first]
    for _ in 0..<[1, 1, 1, 2, 2, 3, 4, 7][random.below(8)] {
      // Near relatives decide the same calls, so that ranks and ties matter.
      stack.append(
        random.chance(1, of: 2)
          ? FilterMutation.pick(seed: random.next(), from: first)?.mutant ?? first : sound(using: &random))
    }
    return RawFilterCase(number: number, shape: .stacked, stack: stack)
  }
}
