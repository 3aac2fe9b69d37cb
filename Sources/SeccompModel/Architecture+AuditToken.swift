extension Architecture {
  /// The `AUDIT_ARCH_*` value that a filter sees as `seccomp_data.arch`: the ELF machine and the flags of
  /// `linux/audit.h`. x32 has the token of x86_64.
  public var auditToken: UInt32 {
    var token = elfMachine
    if is64Bit || self == .x32 || hasN32Convention { token |= AuditToken.is64BitFlag }
    if isLittleEndian { token |= AuditToken.isLittleEndianFlag }
    if hasN32Convention { token |= AuditToken.mipsN32Convention }
    return token
  }

  /// The token by which libseccomp's functions know it: the kernel's, except for x32, whose `SCMP_ARCH_X32`
  /// lacks the 64-bit flag so that the library can tell it from x86_64 (`seccomp.h`).
  public var libseccompToken: UInt32 {
    self == .x32 ? auditToken & ~AuditToken.is64BitFlag : auditToken
  }

  /// Those that run under `auditToken`: none, one, or x86_64 and x32.
  public static func all(withAuditToken auditToken: UInt32) -> [Architecture] {
    allCases.filter { $0.auditToken == auditToken }
  }

  /// `__AUDIT_ARCH_CONVENTION_MIPS64_N32`: 64-bit registers, 32-bit pointers.
  private var hasN32Convention: Bool { self == .mips64n32 || self == .mipsel64n32 }

  /// `EM_*` of `linux/elf-em.h`.
  private var elfMachine: UInt32 {
    switch self {
    case .x86: 3  // EM_386
    case .m68k: 4  // EM_68K
    case .mips, .mips64, .mips64n32, .mipsel, .mipsel64, .mipsel64n32: 8  // EM_MIPS
    case .parisc, .parisc64: 15  // EM_PARISC
    case .ppc: 20  // EM_PPC
    case .ppc64, .ppc64le: 21  // EM_PPC64
    case .s390, .s390x: 22  // EM_S390
    case .arm: 40  // EM_ARM
    case .sh, .sheb: 42  // EM_SH
    case .x86_64, .x32: 62  // EM_X86_64
    case .aarch64: 183  // EM_AARCH64
    case .riscv64: 243  // EM_RISCV
    case .loongarch64: 258  // EM_LOONGARCH
    }
  }
}
