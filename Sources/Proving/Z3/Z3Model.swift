import CZ3

/// Values of the unknowns for which what was asked holds. It outlives the question.
final class Z3Model {
  private let context: Z3Context
  private let model: Z3_model

  /// That of the last question; nil when there is none.
  init?(of solver: Z3_solver?, in context: Z3Context) {
    guard let model = Z3_solver_get_model(context.raw, solver) else { return nil }
    Z3_model_inc_ref(context.raw, model)
    self.model = model
    self.context = context
  }

  deinit { Z3_model_dec_ref(context.raw, model) }

  /// The value of a word, any where it makes no difference; nil when it does not come to a number.
  func value(of word: Word) -> UInt64? {
    if let value = word.value { return value }
    var ast: Z3_ast?
    guard Z3_model_eval(context.raw, model, word.ast, true, &ast) else { return nil }
    var value: UInt64 = 0
    return Z3_get_numeral_uint64(context.raw, ast, &value) ? value : nil
  }
}
