extension Architecture {
  /// libseccomp's name (seccomp_arch_resolve_name(3)): the specification's word in lower case, without
  /// `SCMP_ARCH_`.
  public var libseccompName: String { String(rawValue.dropFirst("SCMP_ARCH_".count)).lowercased() }

  /// The name in `includes.arches` and `excludes.arches` of a profile in the containers-common form: that of
  /// libseccomp's Go binding (`ScmpArch.String()`), libseccomp's but for `amd64`, `arm64` and `loong64`.
  public var profileName: String {
    switch self {
    case .x86_64: "amd64"
    case .aarch64: "arm64"
    case .loongarch64: "loong64"
    default: libseccompName
    }
  }

  /// Go's name (`GOARCH`), which Docker compares `includes.arches` with; nil where Go has none.
  public var goName: String? {
    switch self {
    case .x86: "386"
    case .x86_64: "amd64"
    case .x32: "amd64p32"
    case .arm: "arm"
    case .aarch64: "arm64"
    case .mips: "mips"
    case .mips64: "mips64"
    case .mips64n32: "mips64p32"
    case .mipsel: "mipsle"
    case .mipsel64: "mips64le"
    case .mipsel64n32: "mips64p32le"
    case .ppc: "ppc"
    case .ppc64: "ppc64"
    case .ppc64le: "ppc64le"
    case .s390: "s390"
    case .s390x: "s390x"
    case .riscv64: "riscv64"
    case .loongarch64: "loong64"
    case .parisc, .parisc64, .m68k, .sh, .sheb: nil
    }
  }

  /// The architecture that libseccomp, its Go binding or Go calls `name`; nil for any other name.
  public static func named(_ name: String) -> Architecture? {
    allCases.first { $0.libseccompName == name || $0.profileName == name || $0.goName == name }
  }
}

extension Architecture: CustomStringConvertible {
  /// libseccomp's name.
  public var description: String { libseccompName }
}
