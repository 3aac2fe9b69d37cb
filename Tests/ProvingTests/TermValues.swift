import CZ3
import ClassicBPF
import SeccompModel

@testable import Proving

/// Asks Z3 what terms are worth for inputs, one by one.
struct TermValues {
  let context: Z3Context
  let data: DataTerms
  private let solver: Z3Solver

  init(_ context: Z3Context, _ data: DataTerms) {
    self.context = context
    self.data = data
    solver = Z3Solver(context, ProofLimits())
  }

  /// The terms' values for an input; nil when the solver finds none, or more than one.
  func values(of words: [Word], for input: SeccompData) -> [UInt64]? {
    let pinned = zip(data.words, Self.words(of: input)).map { context.equal($0, context.number($1)) }
    guard case .some(let model) = solver.check(with: pinned) else { return nil }
    let values = words.compactMap { model.value(of: $0) }
    return values.count == words.count ? values : nil
  }

  /// Of each formula whether it holds for an input.
  func truths(of formulas: [Formula], for input: SeccompData) -> [Bool]? {
    let words = formulas.map { context.choose($0, context.number(1), context.number(0)) }
    return values(of: words, for: input)?.map { $0 == 1 }
  }

  static func words(of input: SeccompData) -> [UInt32] {
    DataWord.all.map { input[$0] }
  }
}
