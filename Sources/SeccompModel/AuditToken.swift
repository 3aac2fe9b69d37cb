/// The `AUDIT_ARCH_*` values of `linux/audit.h` that x86 kernels report, and the flags they are made of.
public enum AuditToken {
  /// `AUDIT_ARCH_X86_64`: every call by `syscall` in 64-bit code, x32 included, and vsyscalls.
  @inlinable public static var x86_64: UInt32 { 0xc000_003e }
  /// `AUDIT_ARCH_I386`: `int $0x80` and 32-bit code.
  @inlinable public static var i386: UInt32 { 0x4000_0003 }

  /// `__AUDIT_ARCH_64BIT`
  @inlinable public static var is64BitFlag: UInt32 { 0x8000_0000 }
  /// `__AUDIT_ARCH_LE`
  @inlinable public static var isLittleEndianFlag: UInt32 { 0x4000_0000 }
  /// `__AUDIT_ARCH_CONVENTION_MIPS64_N32`
  @inlinable public static var mipsN32Convention: UInt32 { 0x2000_0000 }
}

/// `__X32_SYSCALL_BIT` of `asm/unistd.h`: set in the number of every x32 call.
@inlinable public var x32SyscallBit: UInt32 { 0x4000_0000 }
