/// One call to make: an entry path and the full registers. 64 bytes, laid out as the probe reads it
/// (`struct probe_call` in Probes/protocol/probe_protocol.h).
@frozen
public struct Call: Hashable, Sendable {
  /// The raw value of the entry path; see ``entryPath``.
  public var entry: UInt32
  public var reserved: UInt32 = 0
  /// The full 64-bit number register (rax). The kernel and the filter see its low 32 bits.
  public var rax: UInt64
  /// Full 64-bit argument registers: rdi rsi rdx r10 r8 r9 for `syscall`, rbx rcx rdx rsi rdi rbp for
  /// `int $0x80`.
  public var arguments: Arguments

  @inlinable
  public init(_ entryPath: EntryPath, rax: UInt64, arguments: Arguments = Arguments()) {
    self.entry = entryPath.rawValue
    self.rax = rax
    self.arguments = arguments
  }

  /// How the kernel is entered.
  @inlinable public var entryPath: EntryPath {
    EntryPath(rawValue: entry) ?? .syscall
  }

  /// The number that the filter sees.
  @inlinable public var number: UInt32 { UInt32(truncatingIfNeeded: rax) }

  /// What a filter sees of this call when the entering instruction ends at `instructionPointer`.
  @inlinable
  public func seccompData(instructionPointer: UInt64 = 0) -> SeccompData {
    SeccompData(
      number: number,
      architecture: entry == EntryPath.int80.rawValue || entry == EntryPath.sysenter.rawValue
        ? AuditToken.i386 : AuditToken.x86_64,
      instructionPointer: instructionPointer, arguments: arguments)
  }
}
