// Lines as bytes: a text may have millions of them.

extension UInt8 {
  /// A space, a tab, or the first of the two that end a line on some machines.
  var isBlank: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") || self == UInt8(ascii: "\r") }
}

extension ArraySlice<UInt8> {
  /// Without blanks at either end.
  var trimmed: ArraySlice<UInt8> {
    var rest = self
    while rest.first?.isBlank == true { rest.removeFirst() }
    while rest.last?.isBlank == true { rest.removeLast() }
    return rest
  }

  var words: [String] { split(whereSeparator: \.isBlank).map { String(decoding: $0, as: UTF8.self) } }
}

/// What was found, for an error: in quotes, the beginning of it, without anything that a terminal would act on.
func quoted(_ text: ArraySlice<UInt8>) -> String {
  let limit = 60
  let shown = String(decoding: text.prefix(limit), as: UTF8.self)
    .unicodeScalars.map { $0.properties.generalCategory == .control ? "\u{fffd}" : String($0) }.joined()
  return text.count > limit ? "\"\(shown)…\"" : "\"\(shown)\""
}
