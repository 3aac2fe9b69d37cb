/// Why bytes are no filter.
public struct FilterBytesError: Error, Hashable, Sendable, CustomStringConvertible {
  /// How many bytes were given.
  public var byteCount: Int

  public init(byteCount: Int) { self.byteCount = byteCount }

  public var description: String {
    "reading a filter: \(byteCount) bytes are no whole number of 8-byte instructions (struct sock_filter)"
  }
}

extension Filter {
  /// Reads an array of `struct sock_filter` in little-endian order: code (2 bytes), jt, jf, k (4 bytes).
  public init(bytes: some Collection<UInt8>) throws(FilterBytesError) {
    let count = bytes.count
    guard count.isMultiple(of: Instruction.byteCount) else { throw FilterBytesError(byteCount: count) }
    var instructions: [Instruction] = []
    instructions.reserveCapacity(count / Instruction.byteCount)
    var rest = bytes.makeIterator()
    func littleEndian(_ width: Int) -> UInt32 {
      var value: UInt32 = 0
      for position in 0..<width { value |= UInt32(rest.next() ?? 0) << UInt32(8 * position) }
      return value
    }
    for _ in 0..<count / Instruction.byteCount {
      let code = UInt16(truncatingIfNeeded: littleEndian(2))
      let jumpTrue = UInt8(truncatingIfNeeded: littleEndian(1))
      let jumpFalse = UInt8(truncatingIfNeeded: littleEndian(1))
      instructions.append(
        Instruction(code: code, jumpTrue: jumpTrue, jumpFalse: jumpFalse, k: littleEndian(4)))
    }
    self.init(instructions)
  }

  /// The filter as an array of `struct sock_filter` in little-endian order, as seccomp_export_bpf(3) writes it.
  public var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count * Instruction.byteCount)
    for instruction in instructions {
      bytes.append(UInt8(truncatingIfNeeded: instruction.code))
      bytes.append(UInt8(truncatingIfNeeded: instruction.code >> 8))
      bytes.append(instruction.jumpTrue)
      bytes.append(instruction.jumpFalse)
      for shift in stride(from: UInt32(0), to: 32, by: 8) {
        bytes.append(UInt8(truncatingIfNeeded: instruction.k >> shift))
      }
    }
    return bytes
  }
}

extension Instruction {
  /// `sizeof(struct sock_filter)`
  public static let byteCount = 8
}
