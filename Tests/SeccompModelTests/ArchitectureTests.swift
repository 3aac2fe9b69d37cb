import SeccompModel
import Testing

@Suite("Architectures")
struct ArchitectureTests {
  /// The specification's word, the kernel's token (`AUDIT_ARCH_*`), 64-bit ABI, profile name, Go's name.
  static let expected: [(Architecture, String, UInt32, Bool, String, String?)] = [
    (.x86, "SCMP_ARCH_X86", 0x4000_0003, false, "x86", "386"),
    (.x86_64, "SCMP_ARCH_X86_64", 0xc000_003e, true, "amd64", "amd64"),
    (.x32, "SCMP_ARCH_X32", 0xc000_003e, false, "x32", "amd64p32"),
    (.arm, "SCMP_ARCH_ARM", 0x4000_0028, false, "arm", "arm"),
    (.aarch64, "SCMP_ARCH_AARCH64", 0xc000_00b7, true, "arm64", "arm64"),
    (.mips, "SCMP_ARCH_MIPS", 0x0000_0008, false, "mips", "mips"),
    (.mips64, "SCMP_ARCH_MIPS64", 0x8000_0008, true, "mips64", "mips64"),
    (.mips64n32, "SCMP_ARCH_MIPS64N32", 0xa000_0008, false, "mips64n32", "mips64p32"),
    (.mipsel, "SCMP_ARCH_MIPSEL", 0x4000_0008, false, "mipsel", "mipsle"),
    (.mipsel64, "SCMP_ARCH_MIPSEL64", 0xc000_0008, true, "mipsel64", "mips64le"),
    (.mipsel64n32, "SCMP_ARCH_MIPSEL64N32", 0xe000_0008, false, "mipsel64n32", "mips64p32le"),
    (.ppc, "SCMP_ARCH_PPC", 0x0000_0014, false, "ppc", "ppc"),
    (.ppc64, "SCMP_ARCH_PPC64", 0x8000_0015, true, "ppc64", "ppc64"),
    (.ppc64le, "SCMP_ARCH_PPC64LE", 0xc000_0015, true, "ppc64le", "ppc64le"),
    (.s390, "SCMP_ARCH_S390", 0x0000_0016, false, "s390", "s390"),
    (.s390x, "SCMP_ARCH_S390X", 0x8000_0016, true, "s390x", "s390x"),
    (.parisc, "SCMP_ARCH_PARISC", 0x0000_000f, false, "parisc", nil),
    (.parisc64, "SCMP_ARCH_PARISC64", 0x8000_000f, true, "parisc64", nil),
    (.riscv64, "SCMP_ARCH_RISCV64", 0xc000_00f3, true, "riscv64", "riscv64"),
    (.loongarch64, "SCMP_ARCH_LOONGARCH64", 0xc000_0102, true, "loong64", "loong64"),
    (.m68k, "SCMP_ARCH_M68K", 0x0000_0004, false, "m68k", nil),
    (.sh, "SCMP_ARCH_SH", 0x4000_002a, false, "sh", nil),
    (.sheb, "SCMP_ARCH_SHEB", 0x0000_002a, false, "sheb", nil),
  ]

  @Test("the specification's 23 words are all of them")
  func all() {
    #expect(Self.expected.map(\.0) == Architecture.allCases)
    #expect(Architecture.allCases.count == 23)
  }

  @Test("word, token, width and names", arguments: expected)
  func facts(
    architecture: Architecture, word: String, token: UInt32, is64Bit: Bool, profileName: String,
    goName: String?
  ) {
    #expect(architecture.rawValue == word)
    #expect(Architecture(rawValue: word) == architecture)
    #expect(architecture.auditToken == token)
    #expect(architecture.is64Bit == is64Bit)
    #expect(architecture.isLittleEndian == (token & 0x4000_0000 != 0))
    #expect(architecture.profileName == profileName)
    #expect(architecture.goName == goName)
    #expect(Architecture.named(profileName) == architecture)
    #expect(Architecture.named(architecture.libseccompName) == architecture)
    if let goName { #expect(Architecture.named(goName) == architecture) }
    #expect(Architecture.all(withAuditToken: token).contains(architecture))
  }

  @Test("only x86_64 and x32 share a token")
  func sharedTokens() {
    for architecture in Architecture.allCases {
      let sharing = Architecture.all(withAuditToken: architecture.auditToken)
      #expect(sharing == (architecture.auditToken == AuditToken.x86_64 ? [.x86_64, .x32] : [architecture]))
    }
    #expect(Architecture.all(withAuditToken: 0x1234) == [])
    #expect(Architecture.x32.libseccompToken == 0x4000_003e)
  }

  @Test("the x86 family, and it alone, has tables")
  func tables() {
    for architecture in Architecture.allCases {
      #expect(architecture.isX86Family == [.x86, .x86_64, .x32].contains(architecture))
      #expect((architecture.table != nil) == architecture.isX86Family)
    }
    #expect(Architecture.x86.table?.number(named: "execve") == 11)
    #expect(Architecture.x86_64.table?.number(named: "execve") == 59)
    #expect(Architecture.x32.table?.number(named: "execve") == 520 | x32SyscallBit)
  }

  @Test("each entry path shows the token of its ABI")
  func entryPaths() {
    #expect(EntryPath.syscall.auditToken == Architecture.x86_64.auditToken)
    #expect(EntryPath.vsyscall.auditToken == Architecture.x86_64.auditToken)
    #expect(EntryPath.int80.auditToken == Architecture.x86.auditToken)
    #expect(EntryPath.sysenter.auditToken == Architecture.x86.auditToken)
  }
}
