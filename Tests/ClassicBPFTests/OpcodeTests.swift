import ClassicBPF
import Testing

@Suite("the instruction set")
struct OpcodeTests {
  /// seccomp_check_filter's list, kernel 6.18.
  static let accepted: Set<UInt16> = [
    0x20, 0x80, 0x00, 0x60, 0x81, 0x01, 0x61, 0x02, 0x03, 0x07, 0x87, 0x04, 0x0c, 0x14, 0x1c, 0x24, 0x2c,
    0x34, 0x3c,
    0x44, 0x4c, 0x54, 0x5c, 0x64, 0x6c, 0x74, 0x7c, 0xa4, 0xac, 0x84, 0x05, 0x15, 0x1d, 0x25, 0x2d, 0x35,
    0x3d, 0x45,
    0x4d, 0x06, 0x16,
  ]

  @Test("exactly 41 of the 65536 codes pass the checker")
  func scan() {
    #expect(Self.accepted.count == 41)
    var passed: Set<UInt16> = []
    for code in UInt16.min...UInt16.max {
      // Written first, so that loads from scratch memory pass; k 0 and 4, for what 0 alone refuses.
      for k in [UInt32(0), 4] {
        let filter = Filter([
          .store(memory: 0), .store(memory: 4), Instruction(code: code, k: k), .return(0), .return(0),
          .return(0),
          .return(0), .return(0),
        ])
        if (try? filter.check()) != nil { passed.insert(code) }
      }
    }
    #expect(passed == Self.accepted)
    #expect(Set(Opcode.allCases.map(\.rawValue)) == Self.accepted)
  }

  @Test("codes of socket filters are told apart from codes of nothing")
  func reasons() {
    for code in [0x94, 0x9c, 0x28, 0x30, 0x40, 0x48, 0x50, 0xb1] as [UInt16] {
      let filter = Filter([Instruction(code: code, k: 4), .return(0)])
      #expect(throws: FilterRejection(.codeNotForSeccomp(code), at: 0)) { try filter.check() }
    }
    for code in [0x8c, 0x0e, 0x0a, 0x0b, 0x12, 0x100, 0xffff, 0x8015] as [UInt16] {
      let filter = Filter([Instruction(code: code, k: 4), .return(0)])
      #expect(throws: FilterRejection(.unknownCode(code), at: 0)) { try filter.check() }
    }
  }
}
