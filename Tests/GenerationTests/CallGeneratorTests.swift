import ClassicBPF
import Generation
import Profiles
import SeccompModel
import Testing

@Suite("Generated calls")
struct CallGeneratorTests {
  /// arch, number 39 and 41, the second one's first argument against 0x5_0000_0007.
  static let filter = Filter([
    Instruction(code: 0x20, k: 4), Instruction(code: 0x15, jumpTrue: 1, k: AuditToken.x86_64),
    Instruction(code: 0x06, k: 0), Instruction(code: 0x20, k: 0), Instruction(code: 0x15, jumpTrue: 6, k: 39),
    Instruction(code: 0x15, jumpFalse: 6, k: 4100), Instruction(code: 0x20, k: 20),
    Instruction(code: 0x15, jumpFalse: 4, k: 5), Instruction(code: 0x20, k: 16),
    Instruction(code: 0x54, k: 0xffff), Instruction(code: 0x25, jumpFalse: 1, k: 0x7777),
    Instruction(code: 0x06, k: 0x0005_0001), Instruction(code: 0x06, k: 0x7fff_0000),
  ])
  static let profile = Profile(
    defaultAction: .allow,
    entries: [
      .init(
        names: ["socket"], action: .errno(1),
        conditions: [
          Condition(index: 0, .equal, value: 0xabcd_0000_1234),
          Condition(index: 2, .greaterThan, value: 70),
          Condition(index: 5, .maskedEqual, value: 0xf0, valueTwo: 0x30),
        ])
    ])

  @Test("a filter's constants are found with the words they are compared with")
  func constants() {
    let constants = FilterConstants(Self.filter)
    #expect(constants.numbers == [39, 4100])
    #expect(constants.low(argument: 0) == [0x7777, 0xffff, 0xffff_0000])
    #expect(constants.high(argument: 0) == [5])
    #expect(constants.high(argument: 1).isEmpty)
    #expect(!constants.namesCompat)
  }

  @Test("two thousand calls of seed 1 are pinned, and drawn in pieces they are the same")
  func golden() {
    let generator = CallGenerator(filter: Self.filter, profile: Self.profile)
    var random = RandomSource(seed: 1)
    let calls = generator.calls(2000, using: &random)
    var digest = CaseDigest()
    for call in calls { digest.add(call) }
    #expect(digest.value == 5_240_760_145_067_148)
    var again = RandomSource(seed: 1)
    #expect(generator.calls(700, using: &again) + generator.calls(1300, using: &again) == calls)
  }

  @Test("each number constant, each argument constant, and their neighbours are drawn")
  func coversConstants() {
    let generator = CallGenerator(filter: Self.filter)
    var random = RandomSource(seed: 2)
    let calls = generator.calls(60_000, using: &random)
    let numbers = Set(calls.map(\.number))
    let lows = Set(calls.map { UInt32(truncatingIfNeeded: $0.arguments.a0) })
    let highs = Set(calls.map { UInt32(truncatingIfNeeded: $0.arguments.a0 >> 32) })
    for step in [0, 1, UInt32.max] {
      for number in [39, 4100] as [UInt32] { #expect(numbers.contains(number &+ step)) }
      for low in [0x7777, 0xffff, 0xffff_0000] as [UInt32] { #expect(lows.contains(low &+ step)) }
      #expect(highs.contains(5 &+ step))
    }
    #expect(calls.contains { $0.arguments.a0 >> 32 == 5 && $0.arguments.a0 & 0xffff_ffff == 0x7777 })
  }

  @Test("numbers come from the tables, the edges, both entry paths, with the x32 bit and upper halves")
  func numbers() {
    let generator = CallGenerator(filter: Self.filter, profile: Self.profile)
    var random = RandomSource(seed: 3)
    let calls = generator.calls(100_000, using: &random)
    #expect(Set(calls.map(\.entryPath)) == [.syscall, .int80])
    let native = Set(calls.filter { $0.entryPath == .syscall }.map(\.number))
    #expect(SyscallTable.x86_64.entries.allSatisfy { native.contains($0.number) })
    #expect(NumberEdges.all.allSatisfy { number in native.contains(number) })
    #expect(calls.contains { $0.number & x32SyscallBit != 0 && Int32(bitPattern: $0.number) > 0 })
    #expect(calls.contains { $0.rax >> 32 == 0xdead_beef })
    #expect(calls.contains { $0.rax >> 32 == 0xffff_ffff })
    #expect(calls.allSatisfy { $0.reserved == 0 })
  }

  @Test("arguments belong to the number: three conditions are met at once, and each is just missed")
  func correlation() {
    let generator = CallGenerator(filter: Self.filter, profile: Self.profile)
    var random = RandomSource(seed: 4)
    let calls = generator.calls(20_000, using: &random).filter {
      $0.entryPath == .syscall && $0.number == SyscallTable.x86_64.number(named: "socket")
    }
    func meets(_ call: Call, _ index: Int) -> Bool {
      switch index {
      case 0: call.arguments.a0 == 0xabcd_0000_1234
      case 1: call.arguments.a2 > 70
      default: call.arguments.a5 & 0xf0 == 0x30
      }
    }
    #expect(calls.filter { call in (0..<3).allSatisfy { meets(call, $0) } }.count > 100)
    for missed in 0..<3 {
      #expect(
        calls.contains { call in (0..<3).allSatisfy { meets(call, $0) == ($0 != missed) } })
    }
    // Behind socketcall the operation is right.
    #expect(generator.calls(20_000, using: &random).contains { $0.number == 102 && $0.arguments.a0 == 1 })
  }

  @Test("what is excluded is never drawn, even when everything is")
  func exclusion() {
    var generator = CallGenerator(filter: Self.filter, profile: Self.profile)
    generator.isExcluded = { $0.entryPath == .int80 }
    var random = RandomSource(seed: 5)
    #expect(generator.calls(5000, using: &random).allSatisfy { $0.entryPath == .syscall })
    generator.isExcluded = { _ in true }
    #expect(generator.calls(100, using: &random).allSatisfy { $0 == Call(.syscall, rax: 39) })
  }

  @Test("a witness becomes a call that shows the filter the same data, unless no process can")
  func witnesses() {
    let data = SeccompData(number: 0xffff_fe00, architecture: AuditToken.i386, arguments: Arguments(1, .max))
    #expect(CallGenerator.call(from: data)?.seccompData() == data)
    #expect(CallGenerator.call(from: SeccompData(number: 1, architecture: 0xc000_00b7)) == nil)
    #expect(
      CallGenerator.call(
        from: SeccompData(number: 1, architecture: AuditToken.x86_64, instructionPointer: 9)) == nil)
    #expect(CallGenerator.calls(from: [data, SeccompData(number: 1, architecture: 0)]).count == 1)
  }
}
