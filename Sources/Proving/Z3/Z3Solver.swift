import CZ3

/// What a question to the solver may cost.
package struct ProofLimits: Hashable, Sendable {
  /// By the clock.
  package var seconds: Double
  /// In the solver's own measure, which is the same on every machine; 0: no limit.
  package var resources: UInt32

  package init(seconds: Double = 60, resources: UInt32 = 0) {
    self.seconds = seconds
    self.resources = resources
  }
}

/// Whether there are values of the unknowns for which formulas hold. Formulas can be added as questions are asked.
final class Z3Solver {
  enum Answer {
    case none
    case some(Z3Model)
    case unknown(String)
  }

  private let context: Z3Context
  private let solver: Z3_solver?

  init(_ context: Z3Context, _ limits: ProofLimits) {
    self.context = context
    solver = Z3_mk_solver_for_logic(context.raw, Z3_mk_string_symbol(context.raw, "QF_BV"))
    Z3_solver_inc_ref(context.raw, solver)
    let parameters = Z3_mk_params(context.raw)
    Z3_params_inc_ref(context.raw, parameters)
    let milliseconds = UInt32(clamping: Int64(limits.seconds * 1000))
    Z3_params_set_uint(
      context.raw, parameters, Z3_mk_string_symbol(context.raw, "timeout"), max(1, milliseconds))
    if limits.resources > 0 {
      Z3_params_set_uint(
        context.raw, parameters, Z3_mk_string_symbol(context.raw, "rlimit"), limits.resources)
    }
    // Otherwise SIGINT ends the question while it is asked, and not the program, or whatever that does with it.
    Z3_params_set_bool(context.raw, parameters, Z3_mk_string_symbol(context.raw, "ctrl_c"), false)
    Z3_solver_set_params(context.raw, solver, parameters)
    Z3_params_dec_ref(context.raw, parameters)
  }

  deinit { Z3_solver_dec_ref(context.raw, solver) }

  /// What is required from here on is forgotten at the matching ``pop()``.
  func push() { Z3_solver_push(context.raw, solver) }

  func pop() { Z3_solver_pop(context.raw, solver, 1) }

  func require(_ formula: Formula) { Z3_solver_assert(context.raw, solver, formula.ast) }

  /// Requires further formulas for one question only.
  func check(with assumptions: [Formula] = []) -> Answer {
    if !assumptions.isEmpty { push() }
    defer { if !assumptions.isEmpty { pop() } }
    for assumption in assumptions { require(assumption) }
    switch Z3_solver_check(context.raw, solver) {
    case Z3_L_FALSE: return .none
    case Z3_L_TRUE:
      guard let model = Z3Model(of: solver, in: context) else { return .unknown("there is no model") }
      return .some(model)
    default:
      let reason = Z3_solver_get_reason_unknown(context.raw, solver).map { String(cString: $0) }
      return .unknown(reason ?? "for no reason given")
    }
  }
}
