import ClassicBPF
import Generation
import Profiles
import SeccompModel
import Testing

@Suite("Exhaustive calls")
struct ExhaustiveCallsTests {
  static let filter = CallGeneratorTests.filter
  static let profile = CallGeneratorTests.profile

  @Test("every number to 470 is made by every way, with the edges, each call once")
  func numbers() {
    let exhaustive = ExhaustiveCalls(profile: Profile(defaultAction: .allow), filter: Self.filter)
    let syscall = Set(exhaustive.calls.filter { $0.entryPath == .syscall }.map(\.number))
    let int80 = Set(exhaustive.calls.filter { $0.entryPath == .int80 }.map(\.number))
    for number in 0...470 as ClosedRange<UInt32> {
      #expect(syscall.contains(number) && syscall.contains(number | x32SyscallBit) && int80.contains(number))
    }
    for edge in NumberEdges.all { #expect(syscall.contains(edge) && int80.contains(edge)) }
    for entry in SyscallTable.x32.entries { #expect(syscall.contains(entry.number)) }
    for constant in [4099, 4100, 4101] as [UInt32] { #expect(syscall.contains(constant)) }
    #expect(exhaustive.truncations.isEmpty)
  }

  @Test("a number without rules gets ten argument vectors and one upper half")
  func background() {
    let exhaustive = ExhaustiveCalls(profile: Self.profile, filter: Self.filter)
    let getpid = exhaustive.calls.filter { $0.number == 39 && $0.entryPath == .syscall }
    #expect(getpid.count == 11)
    #expect(getpid.filter { $0.rax >> 32 != 0 }.count == 1)
  }

  @Test("each condition is tried at its datum and both neighbours, with the others met; masks bit by bit")
  func boundaries() {
    let exhaustive = ExhaustiveCalls(profile: Self.profile, filter: Self.filter)
    for (entry, number) in [(EntryPath.syscall, 41), (.syscall, 41 | x32SyscallBit), (.int80, 359)]
      as [(EntryPath, UInt32)]
    {
      let vectors = Set(
        exhaustive.calls.filter { $0.entryPath == entry && $0.number == number }.map(\.arguments))
      let met = Arguments(0xabcd_0000_1234, 0, 71, 0, 0, 0x30)
      #expect(vectors.contains(met))
      for value in [0xabcd_0000_1233, 0xabcd_0000_1235, 0x1234, 0xabcd_0000_0000, 0xabce_0000_1234]
        as [UInt64]
      {
        var vector = met
        vector.a0 = value
        #expect(vectors.contains(vector))
      }
      for value in [69, 70, 71, 0x1_0000_0046, 0xffff_ffff_0000_0046] as [UInt64] {
        var vector = met
        vector.a2 = value
        #expect(vectors.contains(vector))
      }
      for value in [0x30, 0x30 | ~0xf0, 0x20, 0x10, 0x70, 0xb0] as [UInt64] {
        var vector = met
        vector.a5 = value
        #expect(vectors.contains(vector))
      }
      // A pair of near values, the rest 0.
      #expect(vectors.contains(Arguments(0xabcd_0000_1235, 0, 69)))
    }
  }

  @Test("behind socketcall the first argument is the operation")
  func multiplexed() {
    let exhaustive = ExhaustiveCalls(profile: Self.profile, filter: Self.filter)
    let vectors = exhaustive.calls.filter { $0.entryPath == .int80 && $0.number == 102 }.map(\.arguments)
    #expect(vectors.contains { $0.a0 == 1 && $0.a2 == 71 && $0.a5 == 0x30 })
    #expect(vectors.contains { $0.a0 == 2 })
    #expect(vectors.contains { $0.a0 == 0x1_0000_0001 })
  }

  @Test("every constant of the program stands in each half of an argument that a rule looks into")
  func staleHalves() {
    let exhaustive = ExhaustiveCalls(profile: Self.profile, filter: Self.filter)
    let constants = FilterConstants(Self.filter).ofCalls
    #expect(!constants.isEmpty)
    let vectors = Set(
      exhaustive.calls.filter { $0.entryPath == .syscall && $0.number == 41 }.map(\.arguments))
    for constant in constants {
      #expect(vectors.contains { $0.a0 >> 32 == UInt64(constant) && $0.a2 == 71 }, "upper \(constant)")
      #expect(
        vectors.contains { $0.a0 & 0xffff_ffff == UInt64(constant) && $0.a2 == 71 }, "lower \(constant)")
    }
  }

  @Test("what the limit cuts off is counted, number by number")
  func truncation() {
    let exhaustive = ExhaustiveCalls(profile: Self.profile, filter: Self.filter, limitPerNumber: 20)
    let cut = exhaustive.truncations
    #expect(
      Set(cut.map { "\($0.entry) \($0.number)" }) == [
        "syscall 41", "syscall \(41 | x32SyscallBit)", "int80 359", "int80 102",
      ])
    #expect(cut.allSatisfy { $0.dropped > 0 })
    #expect(exhaustive.calls.filter { $0.number == 41 && $0.entryPath == .syscall }.count == 21)
  }

  @Test("a filter without a profile is tried with its own constants")
  func raw() {
    let exhaustive = ExhaustiveCalls(profile: nil, filter: Self.filter)
    let values = Set(exhaustive.calls.filter { $0.number == 4100 }.map(\.arguments.a0))
    for value in [0x5_0000_7777, 0x5_0000_7778, 0x5_0000_7776, 0x4_0000_ffff, 0x6_ffff_0000] as [UInt64] {
      #expect(values.contains(value))
    }
  }

  @Test("with the paths' witnesses every reachable instruction and side of a jump is covered")
  func coverage() throws {
    let tokens = [AuditToken.x86_64, AuditToken.i386]
    let paths = try FilterPaths(of: Self.filter, architectures: tokens)
    let exhaustive = ExhaustiveCalls(
      profile: Profile(defaultAction: .allow), filter: Self.filter, witnesses: paths.witnesses)
    var coverage = FilterCoverage(of: Self.filter)
    coverage.mark(exhaustive.calls.map { $0.seccompData() }, in: Self.filter)
    #expect(coverage.unexecuted == paths.unreachable)
    #expect(paths.undecidedEdges.isEmpty)
    #expect(coverage.untaken == paths.unreachableEdges)
    #expect(exhaustive.witnessCount > 0)
    #expect(exhaustive.impossibleWitnesses == 0)
  }

  @Test("a witness that no process can show is counted, not made")
  func impossible() {
    let exhaustive = ExhaustiveCalls(
      profile: nil, filter: Self.filter, witnesses: [SeccompData(number: 1, architecture: 0xc000_00b7)])
    #expect(exhaustive.witnessCount == 0)
    #expect(exhaustive.impossibleWitnesses == 1)
  }
}
