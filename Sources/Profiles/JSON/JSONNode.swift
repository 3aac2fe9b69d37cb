/// One value of a JSON document, with where it stands.
///
/// This is our own tree because Foundation's `JSONSerialization` and `JSONDecoder` lose what a profile checker
/// needs: they carry numbers through `Double` or `NSNumber`, they keep no source positions, and they let a
/// duplicate key silently replace the first one.
package struct JSONNode: Sendable {
  package var value: JSONValue
  /// Bytes from the start of the document to the value's first byte.
  package var offset: UInt32

  package init(_ value: JSONValue, offset: UInt32 = 0) {
    self.value = value
    self.offset = offset
  }
}

/// A JSON value with nothing lost: numbers are kept as written, members in file order.
package enum JSONValue: Sendable {
  case null
  case bool(Bool)
  case number(JSONNumber)
  case string(String)
  case array([JSONNode])
  case object([JSONMember])

  /// What stands there, in words for an error message.
  package var summary: String {
    switch self {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .number(let number): "the number \(JSONText.shortened(number.text))"
    case .string(let text): "the string \(JSONText.quoted(JSONText.shortened(text)))"
    case .array(let elements): elements.isEmpty ? "an empty array" : "an array"
    case .object(let members): members.isEmpty ? "an empty object" : "an object"
    }
  }
}

/// One `"key": value` of an object.
package struct JSONMember: Sendable {
  package var key: String
  package var keyOffset: UInt32
  package var node: JSONNode

  package init(key: String, keyOffset: UInt32 = 0, node: JSONNode) {
    self.key = key
    self.keyOffset = keyOffset
    self.node = node
  }
}

/// A number exactly as written. Whoever consumes it judges its range and whether a fraction may stand there.
package struct JSONNumber: Hashable, Sendable {
  package var text: String

  package init(text: String) { self.text = text }

  package init(_ value: UInt64) { text = String(value) }

  /// Whether it is written without fraction and exponent.
  package var isInteger: Bool {
    text.utf8.allSatisfy { $0 == UInt8(ascii: "-") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }

  /// The value when it is written as an integer from 0 to 2^64-1; nil for anything else, `-0`, `1.0` and
  /// `1e3` included, as Go's decoder (which the runtimes use) refuses those for unsigned fields too.
  package var unsigned: UInt64? {
    guard isInteger, !text.utf8.starts(with: "-".utf8) else { return nil }
    return UInt64(text)
  }
}
