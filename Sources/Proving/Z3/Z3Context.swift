import CZ3

/// Terms and the store that they live in. A term lives as long as its context, which is dropped as a whole; one context
/// serves one thread.
package final class Z3Context {
  let raw: Z3_context
  private let bit: Z3_sort
  private var sorts: [UInt32: Z3_sort] = [:]

  package init() {
    let configuration = Z3_mk_config()
    // Not counted by reference: everything is dropped at the end.
    raw = Z3_mk_context(configuration)
    Z3_del_config(configuration)
    bit = Z3_mk_bool_sort(raw)
    // The standard handler ends the process; errors are looked for where they can occur.
    Z3_set_error_handler(raw, nil)
  }

  deinit { Z3_del_context(raw) }

  func sort(_ width: UInt32) -> Z3_sort? {
    if let sort = sorts[width] { return sort }
    let sort = Z3_mk_bv_sort(raw, width)
    sorts[width] = sort
    return sort
  }

  /// The version of the library in use, `4.8.12`.
  package static var libraryVersion: String {
    var numbers: (UInt32, UInt32, UInt32, UInt32) = (0, 0, 0, 0)
    Z3_get_version(&numbers.0, &numbers.1, &numbers.2, &numbers.3)
    return "\(numbers.0).\(numbers.1).\(numbers.2)"
  }
}

/// A truth value of a ``Z3Context``.
struct Formula: Equatable {
  let ast: Z3_ast?

  static func == (left: Formula, right: Formula) -> Bool { left.ast == right.ast }
}

/// A bit vector of a ``Z3Context``. What is known of it without asking stands beside: numbers are followed as numbers, so that
/// a term over a known call is as small as what is left open.
struct Word: Equatable {
  let ast: Z3_ast?
  let value: UInt64?
  let width: UInt32

  static func == (left: Word, right: Word) -> Bool { left.ast == right.ast }
}

// Truth. Terms are shared by the store, so that equal ones are one.
extension Z3Context {
  var yes: Formula { Formula(ast: Z3_mk_true(raw)) }
  var no: Formula { Formula(ast: Z3_mk_false(raw)) }

  func constant(_ value: Bool) -> Formula { value ? yes : no }

  func not(_ formula: Formula) -> Formula {
    if formula == yes { return no }
    if formula == no { return yes }
    return Formula(ast: Z3_mk_not(raw, formula.ast))
  }

  func and(_ formulas: Formula...) -> Formula { all(formulas) }
  func or(_ formulas: Formula...) -> Formula { any(formulas) }

  func all(_ formulas: [Formula]) -> Formula {
    if formulas.contains(no) { return no }
    let parts = formulas.filter { $0 != yes }
    if parts.count < 2 { return parts.first ?? yes }
    return Formula(
      ast: parts.map(\.ast).withUnsafeBufferPointer { Z3_mk_and(raw, UInt32(parts.count), $0.baseAddress) })
  }

  func any(_ formulas: [Formula]) -> Formula {
    if formulas.contains(yes) { return yes }
    let parts = formulas.filter { $0 != no }
    if parts.count < 2 { return parts.first ?? no }
    return Formula(
      ast: parts.map(\.ast).withUnsafeBufferPointer { Z3_mk_or(raw, UInt32(parts.count), $0.baseAddress) })
  }

  func choose(_ condition: Formula, _ then: Formula, _ otherwise: Formula) -> Formula {
    if condition == yes || then == otherwise { return then }
    if condition == no { return otherwise }
    return Formula(ast: Z3_mk_ite(raw, condition.ast, then.ast, otherwise.ast))
  }
}
