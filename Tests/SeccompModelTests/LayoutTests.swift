import SeccompModel
import Testing

@Suite("Layouts")
struct LayoutTests {
  @Test("SeccompData lies in memory as struct seccomp_data")
  func seccompData() {
    #expect(MemoryLayout<SeccompData>.offset(of: \.number) == 0)
    #expect(MemoryLayout<SeccompData>.offset(of: \.architecture) == 4)
    #expect(MemoryLayout<SeccompData>.offset(of: \.instructionPointer) == 8)
    #expect(MemoryLayout<SeccompData>.offset(of: \.arguments) == 16)
    #expect(MemoryLayout<SeccompData>.size == Int(SeccompData.size))
    #expect(MemoryLayout<SeccompData>.stride == 64)
    let data = SeccompData(
      number: 1, architecture: 2, instructionPointer: 3, arguments: Arguments(4, 5, 6, 7, 8, 9))
    let words = withUnsafeBytes(of: data) { Array($0.bindMemory(to: UInt64.self)) }
    #expect(words == [2 << 32 | 1, 3, 4, 5, 6, 7, 8, 9])
  }

  @Test("a call is 64 bytes: entry, reserved, rax, six arguments")
  func call() {
    #expect(MemoryLayout<Call>.size == 64)
    #expect(MemoryLayout<Call>.stride == 64)
    #expect(MemoryLayout<Call>.offset(of: \.entry) == 0)
    #expect(MemoryLayout<Call>.offset(of: \.reserved) == 4)
    #expect(MemoryLayout<Call>.offset(of: \.rax) == 8)
    #expect(MemoryLayout<Call>.offset(of: \.arguments) == 16)
  }

  @Test("arguments are six words in order, each written alone")
  func arguments() {
    var arguments = Arguments(10, 11, 12, 13, 14, 15)
    #expect(MemoryLayout<Arguments>.size == 48)
    #expect((0..<Arguments.count).map { arguments[$0] } == [10, 11, 12, 13, 14, 15])
    for index in 0..<Arguments.count {
      var expected = (0..<Arguments.count).map { arguments[$0] }
      arguments[index] = .max - UInt64(index)
      expected[index] = .max - UInt64(index)
      #expect((0..<Arguments.count).map { arguments[$0] } == expected)
    }
    #expect(Arguments() == Arguments(0, 0, 0, 0, 0, 0))
  }

  @Test("a filter sees the low half of rax, the whole arguments, and the token of the entry path")
  func seccompDataOfCall() {
    for path in EntryPath.allCases {
      let call = Call(path, rax: 0xdead_beef_4000_0027, arguments: Arguments(1 << 40, 2, 3, 4, 5, .max))
      let data = call.seccompData(instructionPointer: 0x1000)
      #expect(call.entryPath == path)
      #expect(data.number == 0x4000_0027)
      #expect(data.arguments == call.arguments)
      #expect(data.instructionPointer == 0x1000)
      #expect(data.architecture == path.auditToken, "\(path)")
    }
  }
}
