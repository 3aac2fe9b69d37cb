/// The system calls of one ABI: name to number and back. Numbers are what the filter sees: x32 numbers carry
/// ``x32SyscallBit``.
public struct SyscallTable: Sendable {
  /// Every entry, by ascending number, canonical name only.
  public var entries: [(number: UInt32, name: String)] { [] }

  public static let x86_64 = SyscallTable()
  public static let x32 = SyscallTable()
  public static let i386 = SyscallTable()

  /// The number of the call known as `name` (canonical name or alias); nil when this ABI has no such call.
  public func number(named name: String) -> UInt32? { nil }

  /// The canonical name of `number`; nil when this ABI leaves the number unused.
  public func name(of number: UInt32) -> String? { nil }
}
