/// Where a value of a document that was parsed stands in its text.
enum JSONSpan {
  /// The bytes of `node`, which was parsed from `bytes`.
  static func range(of node: JSONNode, in bytes: UnsafeBufferPointer<UInt8>) -> Range<Int> {
    let start = Int(node.offset)
    var depth = 0
    var isInString = false
    var index = start
    while index < bytes.count {
      let byte = bytes[index]
      if isInString {
        // The byte after a backslash is never the string's end.
        if byte == UInt8(ascii: "\\") { index += 1 }
        if byte == UInt8(ascii: "\"") { isInString = false }
      } else {
        switch byte {
        case UInt8(ascii: "\""): isInString = true
        case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
        case UInt8(ascii: "}"), UInt8(ascii: "]"):
          // The end of what holds a bare number or word.
          if depth == 0 { return start..<index }
          depth -= 1
        case UInt8(ascii: ","), UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"):
          if depth == 0 { return start..<index }
        default: break
        }
      }
      index += 1
      if depth == 0, !isInString, isClosing(byte) { return start..<index }
    }
    return start..<bytes.count
  }

  private static func isClosing(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]")
  }
}
