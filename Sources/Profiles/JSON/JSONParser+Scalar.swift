/// Literals and numbers.
extension JSONParser {
  /// A string, number, `true`, `false` or `null`.
  mutating func scalar(orEnd: Bool) throws(JSONError) -> JSONValue {
    guard offset < bytes.count else { throw error(orEnd ? "a JSON value or ']'" : "a JSON value") }
    switch bytes[offset] {
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try number())
    case UInt8(ascii: "t"): if takeWord("true") { return .bool(true) }
    case UInt8(ascii: "f"): if takeWord("false") { return .bool(false) }
    case UInt8(ascii: "n"): if takeWord("null") { return .null }
    default: break
    }
    throw error(orEnd ? "a JSON value or ']'" : "a JSON value")
  }

  private mutating func takeWord(_ word: StaticString) -> Bool {
    let end = offset + word.utf8CodeUnitCount
    guard end <= bytes.count,
      bytes[offset..<end].elementsEqual(
        UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
    else { return false }
    offset = end
    return true
  }

  private mutating func number() throws(JSONError) -> JSONNumber {
    let start = offset
    _ = take("-")
    if take("0") {
      if isDigit { throw error("no digit after a number's leading 0") }
    } else {
      try digits()
    }
    if take(".") { try digits() }
    if take("e") || take("E") {
      if !take("+") { _ = take("-") }
      try digits()
    }
    return JSONNumber(text: String(decoding: bytes[start..<offset], as: UTF8.self))
  }

  private var isDigit: Bool {
    offset < bytes.count && (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[offset])
  }

  private mutating func digits() throws(JSONError) {
    guard isDigit else { throw error("a digit") }
    while isDigit { offset += 1 }
  }
}
