/// The `AUDIT_ARCH_*` values of `linux/audit.h` that x86 kernels report.
public enum AuditToken {
  public static let x86_64: UInt32 = 0xc000_003e
  public static let i386: UInt32 = 0x4000_0003
}

/// `__X32_SYSCALL_BIT` of `asm/unistd.h`: set in the number of every x32 call.
public let x32SyscallBit: UInt32 = 0x4000_0000
