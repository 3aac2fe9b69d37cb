/// A word that JSON carries as text, `"0x…"`: a number would lose bits in readers that know only doubles.
struct HexWord<Word: FixedWidthInteger & UnsignedInteger & Sendable>: Codable, Sendable {
  var value: Word

  init(_ value: Word) { self.value = value }

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard text.hasPrefix("0x"), let value = Word(text.dropFirst(2), radix: 16) else {
      throw DecodingError.dataCorruptedError(
        in: container,
        debugDescription: "expected \"0x\" and at most \(Word.bitWidth / 4) hex digits, found \"\(text)\"")
    }
    self.value = value
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(hex(value))
  }
}

/// `0x…`, without leading zeros.
func hex(_ value: some BinaryInteger) -> String { "0x" + String(value, radix: 16) }
