/// The architectures that the OCI runtime specification names (`SCMP_ARCH_*`).
public enum Architecture: String, Hashable, Sendable, CaseIterable {
  case x86 = "SCMP_ARCH_X86"
  case x86_64 = "SCMP_ARCH_X86_64"
  case x32 = "SCMP_ARCH_X32"
}
