/// How a process entered the kernel.
public enum EntryPath: UInt32, Hashable, Sendable, CaseIterable {
  /// The `syscall` instruction in 64-bit code; x32 numbers (bit 30 set) take it too.
  case syscall = 0
  /// `int $0x80`, from 64-bit code too.
  case int80 = 1
  /// `sysenter` in 32-bit code.
  case sysenter = 2
  /// A call into the vsyscall page.
  case vsyscall = 3

  /// The architecture token that a filter sees (`seccomp_data.arch`).
  public var auditToken: UInt32 {
    switch self {
    case .syscall, .vsyscall: AuditToken.x86_64
    case .int80, .sysenter: AuditToken.i386
    }
  }
}
