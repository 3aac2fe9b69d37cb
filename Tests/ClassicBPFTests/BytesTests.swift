import ClassicBPF
import Testing

@Suite("filters as bytes")
struct BytesTests {
  @Test("struct sock_filter is little-endian: code, jt, jf, k")
  func layout() throws {
    let filter = Filter([.jump(equal: 0x1234_5678, then: 9, otherwise: 8)])
    #expect(filter.bytes == [0x15, 0x00, 9, 8, 0x78, 0x56, 0x34, 0x12])
    #expect(try Filter(bytes: filter.bytes) == filter)
  }

  @Test("what was written is read back, codes of no instruction too")
  func roundTrip() throws {
    var generator = ProgramGenerator(seed: 3)
    for _ in 0..<100 {
      var filter = generator.acceptedProgram()
      filter.instructions.append(Instruction(code: 0xfedc, jumpTrue: 1, jumpFalse: 255, k: .max))
      #expect(try Filter(bytes: filter.bytes) == filter)
    }
    #expect(try Filter(bytes: []).count == 0)
  }

  @Test("a part of an instruction is refused", arguments: [1, 7, 9, 4095])
  func partial(_ count: Int) {
    #expect(throws: FilterBytesError(byteCount: count)) {
      try Filter(bytes: [UInt8](repeating: 0, count: count))
    }
  }
}
