/// Pieces of JSON text, and words about them for messages.
package enum JSONText {
  /// `text` as a JSON string: quotes, backslashes and control characters escaped, everything else as it is.
  package static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      // From U+007F on these need no escape in JSON, but would disturb a terminal: the C1 controls, line
      // separators and whatever turns the direction of the text.
      case "\u{0}"..."\u{1f}", "\u{7f}"..."\u{9f}", "\u{200e}", "\u{200f}", "\u{2028}"..."\u{202e}",
        "\u{2066}"..."\u{2069}":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  /// The first characters of `text`, so that a message about a huge value stays one readable line.
  package static func shortened(_ text: String) -> String {
    let limit = 60
    let scalars = text.unicodeScalars
    guard let end = scalars.index(scalars.startIndex, offsetBy: limit, limitedBy: scalars.endIndex),
      end < scalars.endIndex
    else { return text }
    return String(scalars[..<end]) + "…"
  }

  /// What the byte at `offset` is, in words.
  static func summary(of bytes: UnsafeBufferPointer<UInt8>, at offset: Int) -> String {
    guard offset < bytes.count else {
      return bytes.isEmpty ? "an empty text" : "the end of the text"
    }
    let byte = bytes[offset]
    if bytes[offset...].starts(with: byteOrderMark) { return "a byte-order mark (U+FEFF)" }
    switch byte {
    case UInt8(ascii: "\n"): return "the end of the line"
    case UInt8(ascii: "\t"): return "a tab"
    case 0x20: return "a space"
    case 0x00: return "a NUL byte"
    case 0x21..<0x7f: return "'\(Character(UnicodeScalar(byte)))'"
    default: return "the byte 0x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
  }

  /// U+FEFF in UTF-8. RFC 8259, section 8.1: a text must not begin with it.
  private static let byteOrderMark: [UInt8] = [0xef, 0xbb, 0xbf]
}
