import CZ3

// Words. Numbers are unsigned, arithmetic is modulo their width.
extension Z3Context {
  func variable(_ name: String, width: UInt32) -> Word {
    Word(
      ast: Z3_mk_const(raw, Z3_mk_string_symbol(raw, name), sort(width)), value: nil, width: width)
  }

  func number(_ value: UInt64, width: UInt32) -> Word {
    let value = width == 64 ? value : value & (1 << UInt64(width) - 1)
    return Word(ast: Z3_mk_unsigned_int64(raw, value, sort(width)), value: value, width: width)
  }

  func number(_ value: UInt32) -> Word { number(UInt64(value), width: 32) }

  func choose(_ condition: Formula, _ then: Word, _ otherwise: Word) -> Word {
    if condition == yes || then == otherwise { return then }
    if condition == no { return otherwise }
    return Word(ast: Z3_mk_ite(raw, condition.ast, then.ast, otherwise.ast), value: nil, width: then.width)
  }

  // MARK: Tests

  func equal(_ left: Word, _ right: Word) -> Formula {
    test(left, right, ==) { Z3_mk_eq($0, $1, $2) }
  }
  func less(_ left: Word, _ right: Word) -> Formula { test(left, right, <) { Z3_mk_bvult($0, $1, $2) } }
  func lessOrEqual(_ left: Word, _ right: Word) -> Formula {
    test(left, right, <=) { Z3_mk_bvule($0, $1, $2) }
  }

  private func test(
    _ left: Word, _ right: Word, _ known: (UInt64, UInt64) -> Bool,
    _ term: (Z3_context, Z3_ast?, Z3_ast?) -> Z3_ast?
  ) -> Formula {
    if let one = left.value, let other = right.value { return constant(known(one, other)) }
    if left == right { return constant(known(0, 0)) }
    return Formula(ast: term(raw, left.ast, right.ast))
  }

  // MARK: Arithmetic

  func add(_ left: Word, _ right: Word) -> Word { made(left, right, &+) { Z3_mk_bvadd($0, $1, $2) } }
  func subtract(_ left: Word, _ right: Word) -> Word {
    made(left, right, &-) { Z3_mk_bvsub($0, $1, $2) }
  }
  func multiply(_ left: Word, _ right: Word) -> Word {
    made(left, right, &*) { Z3_mk_bvmul($0, $1, $2) }
  }
  /// The divisor must not be 0 where the result counts.
  func divide(_ left: Word, _ right: Word) -> Word {
    made(left, right, { $1 == 0 ? 0 : $0 / $1 }) { Z3_mk_bvudiv($0, $1, $2) }
  }
  func and(_ left: Word, _ right: Word) -> Word { made(left, right, &) { Z3_mk_bvand($0, $1, $2) } }
  func or(_ left: Word, _ right: Word) -> Word { made(left, right, |) { Z3_mk_bvor($0, $1, $2) } }
  func xor(_ left: Word, _ right: Word) -> Word { made(left, right, ^) { Z3_mk_bvxor($0, $1, $2) } }
  func negate(_ word: Word) -> Word { subtract(number(0, width: word.width), word) }
  func shiftLeft(_ left: Word, _ right: Word) -> Word {
    made(left, right, { $0 << $1 }) { Z3_mk_bvshl($0, $1, $2) }
  }
  func shiftRight(_ left: Word, _ right: Word) -> Word {
    made(left, right, { $0 >> $1 }) { Z3_mk_bvlshr($0, $1, $2) }
  }
  /// `high` bits above `low` bits.
  func join(_ high: Word, _ low: Word) -> Word {
    let width = high.width + low.width
    if let top = high.value, let bottom = low.value {
      return number(top << UInt64(low.width) | bottom, width: width)
    }
    return Word(ast: Z3_mk_concat(raw, high.ast, low.ast), value: nil, width: width)
  }

  private func made(
    _ left: Word, _ right: Word, _ known: (UInt64, UInt64) -> UInt64,
    _ term: (Z3_context, Z3_ast?, Z3_ast?) -> Z3_ast?
  ) -> Word {
    if let one = left.value, let other = right.value { return number(known(one, other), width: left.width) }
    return Word(ast: term(raw, left.ast, right.ast), value: nil, width: left.width)
  }
}
