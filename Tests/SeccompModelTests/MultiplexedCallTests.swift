import SeccompModel
import Testing

@Suite("Multiplexed calls")
struct MultiplexedCallTests {
  /// `linux/net.h`: position + 1 is the operation.
  static let socketcalls = """
    socket bind connect listen accept getsockname getpeername socketpair send recv sendto recvfrom shutdown \
    setsockopt getsockopt sendmsg recvmsg accept4 recvmmsg sendmmsg
    """.split(separator: " ").map(String.init)

  /// `linux/ipc.h`
  static let ipcCalls: [(String, UInt32)] = [
    ("semop", 1), ("semget", 2), ("semctl", 3), ("semtimedop", 4), ("msgsnd", 11), ("msgrcv", 12),
    ("msgget", 13), ("msgctl", 14), ("shmat", 21), ("shmdt", 22), ("shmget", 23), ("shmctl", 24),
  ]

  @Test("socketcall has 20 operations, ipc 12, under the kernel's numbers")
  func operations() {
    #expect(Multiplexer.socketcall.calls.map(\.name) == Self.socketcalls)
    #expect(Multiplexer.socketcall.calls.map(\.operation) == Array(1...20))
    #expect(Multiplexer.ipc.calls.map(\.name) == Self.ipcCalls.map(\.0))
    #expect(Multiplexer.ipc.calls.map(\.operation) == Self.ipcCalls.map(\.1))
    #expect(MultiplexedCall.all.count == 32)
  }

  @Test("name to operation and back, by the number and first argument of a call")
  func roundTrip() {
    for call in MultiplexedCall.all {
      #expect(MultiplexedCall.named(call.name) == call)
      #expect(call.multiplexer.call(operation: call.operation) == call)
      let made = MultiplexedCall.made(
        number: call.multiplexer.number, firstArgument: 0xdead_beef_0000_0000 | UInt64(call.operation))
      #expect(made == call)
    }
    #expect(MultiplexedCall.named("read") == nil)
    #expect(MultiplexedCall.named("socketcall") == nil)
    #expect(MultiplexedCall.made(number: 3, firstArgument: 1) == nil)
  }

  @Test("operations that the kernel does not have are no call")
  func unknownOperations() {
    for (multiplexer, unknown) in [
      (Multiplexer.socketcall, [0, 21, 0x1_0001, .max]), (.ipc, [0, 5, 10, 15, 20, 25, 0x1_0001, .max]),
    ] as [(Multiplexer, [UInt32])] {
      for operation in unknown { #expect(multiplexer.call(operation: operation) == nil) }
    }
  }

  @Test("ipc's first argument carries a version in its upper 16 bits, socketcall's does not")
  func version() {
    #expect(MultiplexedCall.made(number: 117, firstArgument: 0x0001_0017)?.name == "shmget")
    #expect(MultiplexedCall.made(number: 102, firstArgument: 0x0001_0002) == nil)
    #expect(MultiplexedCall.made(number: 102, firstArgument: 2)?.name == "bind")
  }

  @Test("the multiplexers are i386 calls that x86_64 lacks, and five operations have no direct number")
  func directNumbers() {
    for multiplexer in Multiplexer.allCases {
      #expect(SyscallTable.i386.number(named: multiplexer.name) == multiplexer.number)
      #expect(SyscallTable.x86_64.number(named: multiplexer.name) == nil)
      #expect(SyscallTable.x32.number(named: multiplexer.name) == nil)
    }
    let without = MultiplexedCall.all.map(\.name).filter { SyscallTable.i386.number(named: $0) == nil }
    #expect(without == ["accept", "send", "recv", "semop", "semtimedop"])
  }
}
