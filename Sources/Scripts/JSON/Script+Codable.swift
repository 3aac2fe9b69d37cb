import ClassicBPF

// A script as JSON: what a person can read in a saved finding, and a replay plays again.
extension Script: Codable {
  private enum Key: String, CodingKey { case filters, memory, steps }

  package init(from decoder: any Decoder) throws {
    let object = try decoder.container(keyedBy: Key.self)
    self.init(
      filters: try object.decode([FilterText].self, forKey: .filters).map(\.filter),
      memory: try object.decodeIfPresent([MemoryPiece].self, forKey: .memory) ?? [],
      steps: try object.decode([Step].self, forKey: .steps))
  }

  package func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: Key.self)
    try object.encode(filters.map { FilterText(filter: $0) }, forKey: .filters)
    if !memory.isEmpty { try object.encode(memory, forKey: .memory) }
    try object.encode(steps, forKey: .steps)
  }
}

extension Script.MemoryPiece: Codable {
  private enum Key: String, CodingKey { case at, bytes }

  package init(from decoder: any Decoder) throws {
    let object = try decoder.container(keyedBy: Key.self)
    let text = try object.decode(String.self, forKey: .bytes)
    let digits = Array(text)
    let bytes = stride(from: 0, to: digits.count - 1, by: 2).compactMap {
      UInt8(String(digits[$0...$0 + 1]), radix: 16)
    }
    guard digits.count == 2 * bytes.count else {
      throw DecodingError.dataCorruptedError(
        forKey: .bytes, in: object, debugDescription: "expected pairs of hex digits, found \"\(text)\"")
    }
    self.init(at: try object.decode(Int.self, forKey: .at), bytes)
  }

  package func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: Key.self)
    try object.encode(offset, forKey: .at)
    try object.encode(bytes.map { padded($0) }.joined(), forKey: .bytes)
  }
}

/// A program, an instruction a line: code, jump if true, jump if false, constant; hex, parted by blanks.
private struct FilterText: Codable {
  var filter: Filter

  init(filter: Filter) { self.filter = filter }

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    filter = Filter(
      try container.decode([String].self).map { text in
        let parts = text.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 4, let code = UInt16(parts[0], radix: 16),
          let jumpTrue = UInt8(parts[1], radix: 16), let jumpFalse = UInt8(parts[2], radix: 16),
          let k = UInt32(parts[3], radix: 16)
        else {
          throw DecodingError.dataCorruptedError(
            in: container,
            debugDescription: "instruction \"\(text)\" is not four hex words: code, jt, jf, k")
        }
        return Instruction(code: code, jumpTrue: jumpTrue, jumpFalse: jumpFalse, k: k)
      })
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(
      filter.instructions.map {
        [padded($0.code), padded($0.jumpTrue), padded($0.jumpFalse), padded($0.k)].joined(separator: " ")
      })
  }
}

/// Hex with all its digits.
private func padded(_ value: some FixedWidthInteger & UnsignedInteger) -> String {
  let digits = String(value, radix: 16)
  return String(repeating: "0", count: value.bitWidth / 4 - digits.count) + digits
}
