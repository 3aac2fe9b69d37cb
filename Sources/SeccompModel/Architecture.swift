/// The 23 architectures that the OCI runtime specification names (config-linux.md, `seccomp.architectures`).
///
/// The raw value is the specification's word. Where two architectures share an audit token (x86_64 and x32) the
/// filter tells them apart by the call's number.
public enum Architecture: String, Hashable, Sendable, CaseIterable {
  case x86 = "SCMP_ARCH_X86"
  case x86_64 = "SCMP_ARCH_X86_64"
  case x32 = "SCMP_ARCH_X32"
  case arm = "SCMP_ARCH_ARM"
  case aarch64 = "SCMP_ARCH_AARCH64"
  case mips = "SCMP_ARCH_MIPS"
  case mips64 = "SCMP_ARCH_MIPS64"
  case mips64n32 = "SCMP_ARCH_MIPS64N32"
  case mipsel = "SCMP_ARCH_MIPSEL"
  case mipsel64 = "SCMP_ARCH_MIPSEL64"
  case mipsel64n32 = "SCMP_ARCH_MIPSEL64N32"
  case ppc = "SCMP_ARCH_PPC"
  case ppc64 = "SCMP_ARCH_PPC64"
  case ppc64le = "SCMP_ARCH_PPC64LE"
  case s390 = "SCMP_ARCH_S390"
  case s390x = "SCMP_ARCH_S390X"
  case parisc = "SCMP_ARCH_PARISC"
  case parisc64 = "SCMP_ARCH_PARISC64"
  case riscv64 = "SCMP_ARCH_RISCV64"
  case loongarch64 = "SCMP_ARCH_LOONGARCH64"
  case m68k = "SCMP_ARCH_M68K"
  case sh = "SCMP_ARCH_SH"
  case sheb = "SCMP_ARCH_SHEB"

  /// Whether this kind of machine runs it: x86, x86_64 or x32.
  public var isX86Family: Bool {
    switch self {
    case .x86, .x86_64, .x32: true
    default: false
    }
  }

  /// Its system calls; nil outside the x86 family.
  public var table: SyscallTable? {
    switch self {
    case .x86: .i386
    case .x86_64: .x86_64
    case .x32: .x32
    default: nil
    }
  }

  /// Whether addresses and C `long` have 64 bits. False for x32 and the n32 ABIs of MIPS, although their
  /// tokens say 64-bit: the registers are, the ABI is not.
  public var is64Bit: Bool {
    switch self {
    case .x86_64, .aarch64, .mips64, .mipsel64, .ppc64, .ppc64le, .s390x, .parisc64, .riscv64, .loongarch64:
      true
    case .x86, .x32, .arm, .mips, .mips64n32, .mipsel, .mipsel64n32, .ppc, .s390, .parisc, .m68k, .sh, .sheb:
      false
    }
  }

  /// Whether the least significant byte comes first in memory.
  public var isLittleEndian: Bool {
    switch self {
    case .x86, .x86_64, .x32, .arm, .aarch64, .mipsel, .mipsel64, .mipsel64n32, .ppc64le, .riscv64,
      .loongarch64, .sh:
      true
    case .mips, .mips64, .mips64n32, .ppc, .ppc64, .s390, .s390x, .parisc, .parisc64, .m68k, .sheb:
      false
    }
  }
}
