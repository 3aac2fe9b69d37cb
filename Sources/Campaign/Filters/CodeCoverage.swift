import Generation

/// Which of the 65536 instruction codes were put to the kernel.
package struct CodeCoverage: Hashable, Sendable {
  /// Blocks of ``InstructionCodes``.
  var blocks: Set<Int> = []

  /// How many codes.
  package var count: Int { blocks.count * InstructionCodes.blockSize }

  /// From and to, both ends in, ascending.
  var ranges: [ClosedRange<Int>] {
    var ranges: [ClosedRange<Int>] = []
    for block in blocks.sorted() {
      let first = block * InstructionCodes.blockSize
      let last = first + InstructionCodes.blockSize - 1
      if let before = ranges.last, before.upperBound + 1 == first {
        ranges[ranges.count - 1] = before.lowerBound...last
      } else {
        ranges.append(first...last)
      }
    }
    return ranges
  }
}

extension CodeCoverage: Codable {
  private enum Key: String, CodingKey { case count, ranges }

  package init(from decoder: any Decoder) throws {
    let object = try decoder.container(keyedBy: Key.self)
    for range in try object.decode([[Int]].self, forKey: .ranges) {
      guard range.count == 2, range[0] <= range[1] else { throw corrupted("a range of codes: \(range)") }
      blocks.formUnion(range[0] / InstructionCodes.blockSize...range[1] / InstructionCodes.blockSize)
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: Key.self)
    try object.encode(count, forKey: .count)
    try object.encode(ranges.map { [$0.lowerBound, $0.upperBound] }, forKey: .ranges)
  }
}
