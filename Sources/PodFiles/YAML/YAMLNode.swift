package import Profiles

/// A value of a YAML document, anchors and merge keys resolved. Aliases share what they stand for, so that a document
/// takes no more memory than its text; ``weight`` is what it would be written out.
package struct YAMLNode: Sendable {
  package var content: Content
  package var position: SourcePosition
  /// How many values it holds, itself included, with every alias counted as what it stands for.
  package var weight: Int
  /// How deep it is: 1 for a scalar.
  package var depth: Int

  package enum Content: Sendable {
    case null
    case bool(Bool)
    /// As written, such as `0x10` or `.inf`.
    case number(String)
    case string(String)
    case sequence([YAMLNode])
    case mapping([Member])
  }

  package struct Member: Sendable {
    package var key: String
    package var position: SourcePosition
    package var value: YAMLNode
  }

  /// What kind of value it is, in words.
  package var kind: String {
    switch content {
    case .null: "nothing"
    case .bool(let value): "\(value)"
    case .number(let text): "the number \(text)"
    case .string(let text): JSONText.quoted(JSONText.shortened(text))
    case .sequence: "a list"
    case .mapping: "a mapping"
    }
  }
}

extension YAMLNode.Content {
  /// What an unquoted word means. Kubernetes reads YAML 1.1, where `yes` and `on` are booleans.
  static func plain(_ text: String) -> Self {
    switch text {
    case "", "~", "null", "Null", "NULL": .null
    case "y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON": .bool(true)
    case "n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF": .bool(false)
    default: isNumber(text) ? .number(text) : .string(text)
    }
  }

  private static func isNumber(_ text: String) -> Bool {
    var digits = Substring(text)
    if digits.first == "-" || digits.first == "+" { digits = digits.dropFirst() }
    switch digits {
    case ".inf", ".Inf", ".INF", ".nan", ".NaN", ".NAN": return true
    default: break
    }
    for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] where digits.hasPrefix(prefix) {
      let rest = digits.dropFirst(2)
      return !rest.isEmpty && rest.allSatisfy { $0 == "_" || Int(String($0), radix: radix) != nil }
    }
    guard let first = digits.utf8.first, first == UInt8(ascii: ".") || isDigit(first) else { return false }
    return digits.utf8.contains(where: isDigit) && Double(digits.filter { $0 != "_" }) != nil
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}
