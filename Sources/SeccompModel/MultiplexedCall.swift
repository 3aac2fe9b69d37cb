/// The two i386 calls that stand for many: `socketcall` and `ipc` take the operation as their first argument
/// and the operation's own arguments elsewhere (`socketcall` in memory, where no filter can read them).
///
/// Most can be made in two ways: the socket calls have direct numbers since Linux 4.3, those of System V IPC since
/// 5.1, except `accept`, `send`, `recv`, `semop` and `semtimedop`. x86_64 and x32 have neither multiplexer.
public enum Multiplexer: UInt32, Hashable, Sendable, CaseIterable {
  /// `socketcall(2)`; operations `SYS_*` of `linux/net.h`.
  case socketcall = 102
  /// `ipc(2)`; operations of `linux/ipc.h`.
  case ipc = 117

  /// The call's number on i386.
  public var number: UInt32 { rawValue }

  /// The call's name.
  public var name: String {
    switch self {
    case .socketcall: "socketcall"
    case .ipc: "ipc"
    }
  }

  /// The operation that the kernel takes from the first argument's low 32 bits: all of them for `socketcall`;
  /// for `ipc` the low 16, as the upper 16 are a version (`ipc/syscall.c`, `ksys_ipc`).
  public func operation(firstArgument: UInt64) -> UInt32 {
    let low = UInt32(truncatingIfNeeded: firstArgument)
    return self == .ipc ? low & 0xffff : low
  }

  /// Its operations by ascending number.
  public var calls: [MultiplexedCall] { MultiplexedCall.all.filter { $0.multiplexer == self } }
}

/// One operation of `socketcall` or `ipc`.
public struct MultiplexedCall: Hashable, Sendable {
  /// The operation's name as a system call: `bind`, `shmget`, …
  public let name: String
  public let multiplexer: Multiplexer
  /// The multiplexer's first argument: `SYS_BIND` is 2, `SHMGET` 23.
  public let operation: UInt32

  /// The operation called `name`; nil for calls that are not multiplexed.
  public static func named(_ name: String) -> MultiplexedCall? { byName[name] }

  /// What a call of i386 number `number` with this first argument asks for; nil when the number is no
  /// multiplexer, or for operations it does not have.
  public static func made(number: UInt32, firstArgument: UInt64) -> MultiplexedCall? {
    guard let multiplexer = Multiplexer(rawValue: number) else { return nil }
    return multiplexer.call(operation: multiplexer.operation(firstArgument: firstArgument))
  }

  /// The number that libseccomp gives this operation among its pseudo calls: `__PNR_socket` is -101,
  /// `__PNR_semop` -201 (`seccomp-syscalls.h`).
  public var libseccompPseudoNumber: Int32 {
    switch multiplexer {
    case .socketcall: -100 - Int32(operation)
    case .ipc: -200 - Int32(operation)
    }
  }

  /// All 32: those of `socketcall` before those of `ipc`, each by ascending operation.
  public static let all: [MultiplexedCall] =
    socketOperations.map { MultiplexedCall(name: $1, multiplexer: .socketcall, operation: $0) }
    + ipcOperations.map { MultiplexedCall(name: $1, multiplexer: .ipc, operation: $0) }

  private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

  /// `linux/net.h`
  private static let socketOperations: [(UInt32, String)] = [
    (1, "socket"), (2, "bind"), (3, "connect"), (4, "listen"), (5, "accept"), (6, "getsockname"),
    (7, "getpeername"), (8, "socketpair"), (9, "send"), (10, "recv"), (11, "sendto"), (12, "recvfrom"),
    (13, "shutdown"), (14, "setsockopt"), (15, "getsockopt"), (16, "sendmsg"), (17, "recvmsg"),
    (18, "accept4"), (19, "recvmmsg"), (20, "sendmmsg"),
  ]

  /// `linux/ipc.h`
  private static let ipcOperations: [(UInt32, String)] = [
    (1, "semop"), (2, "semget"), (3, "semctl"), (4, "semtimedop"), (11, "msgsnd"), (12, "msgrcv"),
    (13, "msgget"), (14, "msgctl"), (21, "shmat"), (22, "shmdt"), (23, "shmget"), (24, "shmctl"),
  ]
}

extension Multiplexer {
  /// The call of `operation`; nil when this multiplexer has no such operation.
  public func call(operation: UInt32) -> MultiplexedCall? {
    let calls = self == .socketcall ? Self.socketCalls : Self.ipcCalls
    return operation < calls.count ? calls[Int(operation)] : nil
  }

  private static let socketCalls = callsByOperation(of: .socketcall)
  private static let ipcCalls = callsByOperation(of: .ipc)

  private static func callsByOperation(of multiplexer: Multiplexer) -> [MultiplexedCall?] {
    let calls = multiplexer.calls
    var table = [MultiplexedCall?](repeating: nil, count: Int(calls.map(\.operation).max() ?? 0) + 1)
    for call in calls { table[Int(call.operation)] = call }
    return table
  }
}
