/// Strings: UTF-8 checked byte by byte, escapes resolved.
extension JSONParser {
  /// The string whose opening quote stands at `offset`.
  mutating func string() throws(JSONError) -> String {
    offset += 1
    let start = offset
    try skipPlain()
    if take("\"") { return String(decoding: bytes[start..<(offset - 1)], as: UTF8.self) }

    var text = Array(bytes[start..<offset])
    while !take("\"") {
      guard take("\\") else { throw error("the string's closing '\"'") }
      try escape(into: &text)
      let plain = offset
      try skipPlain()
      text.append(contentsOf: bytes[plain..<offset])
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Moves to the next quote or backslash, or to the end of the text.
  private mutating func skipPlain() throws(JSONError) {
    while offset < bytes.count {
      switch bytes[offset] {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): return
      case 0x00..<0x20: throw error("control characters in a string written as escapes")
      case 0x20..<0x80: offset += 1
      default:
        let length = sequenceLength
        guard length > 0 else { throw error("valid UTF-8") }
        offset += length
      }
    }
  }

  /// The length of the well-formed UTF-8 sequence of two to four bytes at `offset`; 0 when it is not one.
  /// The Unicode Standard, table 3-7: no overlong forms, no surrogates, nothing above U+10FFFF.
  private var sequenceLength: Int {
    let lead = bytes[offset]
    let length: Int
    var second: ClosedRange<UInt8> = 0x80...0xbf
    switch lead {
    case 0xc2...0xdf: length = 2
    case 0xe0: (length, second) = (3, 0xa0...0xbf)
    case 0xed: (length, second) = (3, 0x80...0x9f)
    case 0xe1...0xef: length = 3
    case 0xf0: (length, second) = (4, 0x90...0xbf)
    case 0xf1...0xf3: length = 4
    case 0xf4: (length, second) = (4, 0x80...0x8f)
    default: return 0
    }
    guard offset + length <= bytes.count, second.contains(bytes[offset + 1]) else { return 0 }
    let isSound = bytes[(offset + 2)..<(offset + length)].allSatisfy { (0x80...0xbf).contains($0) }
    return isSound ? length : 0
  }

  /// The escape whose backslash has just been taken.
  private mutating func escape(into text: inout [UInt8]) throws(JSONError) {
    guard offset < bytes.count else { throw error("an escape after '\\'") }
    let character = bytes[offset]
    switch character {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(character)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0c)
    case UInt8(ascii: "n"): text.append(0x0a)
    case UInt8(ascii: "r"): text.append(0x0d)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "u"):
      offset += 1
      text.append(contentsOf: String(try escapedScalar()).utf8)
      return
    default: throw error("one of the escapes \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u")
    }
    offset += 1
  }

  /// The scalar of `\uXXXX`, or of the surrogate pair `\uXXXX\uXXXX`.
  private mutating func escapedScalar() throws(JSONError) -> Unicode.Scalar {
    let start = offset
    let first = try hexUnit()
    if let scalar = Unicode.Scalar(first) { return scalar }
    let afterFirst = offset
    let isHigh = first < 0xdc00
    if isHigh, take("\\"), take("u") {
      let second = try hexUnit()
      if (0xdc00...0xdfff).contains(second),
        let scalar = Unicode.Scalar(0x10000 + UInt32(first - 0xd800) << 10 + UInt32(second - 0xdc00))
      {
        return scalar
      }
    }
    if isLenient {
      offset = afterFirst
      return "\u{fffd}"
    }
    offset = start
    throw error(
      "a surrogate only in a high-low pair", found: "a lone surrogate \\u\(String(first, radix: 16))")
  }

  private mutating func hexUnit() throws(JSONError) -> UInt16 {
    var value: UInt16 = 0
    for _ in 0..<4 {
      guard offset < bytes.count, let digit = Self.hexDigit(bytes[offset]) else {
        throw error("four hexadecimal digits after \\u")
      }
      value = value << 4 | digit
      offset += 1
    }
    return value
  }

  private static func hexDigit(_ byte: UInt8) -> UInt16? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt16(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt16(byte - UInt8(ascii: "a") + 10)
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt16(byte - UInt8(ascii: "A") + 10)
    default: nil
    }
  }
}
