public import SeccompModel

/// What a Docker or containers profile is resolved for: its entries apply or not depending on the container's
/// capabilities, the kernel and the machine. Plain OCI profiles do not depend on it.
public struct ResolutionContext: Hashable, Sendable {
  /// The container's bounding set, as `CAP_…` names.
  public var capabilities: Set<String>
  /// The kernel's version; nil means newer than any `minKernel`.
  public var kernel: KernelVersion?
  /// The native architecture.
  public var architecture: Architecture

  public init(
    capabilities: Set<String> = ResolutionContext.dockerCapabilities, kernel: KernelVersion? = nil,
    architecture: Architecture = .x86_64
  ) {
    self.capabilities = capabilities
    self.kernel = kernel
    self.architecture = architecture
  }

  /// What Docker gives a container that asks for nothing (docker-run(1), `--cap-add`: the capabilities
  /// allowed by default).
  public static let dockerCapabilities: Set<String> = [
    "CAP_AUDIT_WRITE", "CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_FOWNER", "CAP_FSETID", "CAP_KILL", "CAP_MKNOD",
    "CAP_NET_BIND_SERVICE", "CAP_NET_RAW", "CAP_SETFCAP", "CAP_SETGID", "CAP_SETPCAP", "CAP_SETUID",
    "CAP_SYS_CHROOT",
  ]

  /// The word for ``architecture`` in `includes.arches` and `excludes.arches`: Go's name where Docker uses it.
  public var architectureWord: String {
    switch architecture.rawValue {
    case "SCMP_ARCH_X86_64": "amd64"
    case "SCMP_ARCH_AARCH64": "arm64"
    case "SCMP_ARCH_LOONGARCH64": "loong64"
    case let word: word.dropFirst("SCMP_ARCH_".count).lowercased()
    }
  }
}

/// `minKernel`: two numbers, compared in order.
public struct KernelVersion: Hashable, Sendable, Comparable, CustomStringConvertible {
  public var kernel: UInt32
  public var major: UInt32

  public init(_ kernel: UInt32, _ major: UInt32) {
    self.kernel = kernel
    self.major = major
  }

  /// From `"4.8"`, exactly two decimal numbers.
  public init?(_ text: String) {
    let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count == 2, let kernel = Self.number(parts[0]), let major = Self.number(parts[1]) else {
      return nil
    }
    self.init(kernel, major)
  }

  /// From the release that `uname` reports, such as `6.1.0-37-amd64`: its first two numbers.
  public init?(release: String) {
    let parts = release.utf8.split(
      separator: UInt8(ascii: "."), maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count >= 2, let kernel = Self.number(parts[0]),
      let major = Self.number(parts[1].prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
    else { return nil }
    self.init(kernel, major)
  }

  private static func number(_ digits: Substring.UTF8View) -> UInt32? {
    guard !digits.isEmpty, digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
      return nil
    }
    return UInt32(Substring(digits))
  }

  public static func < (left: KernelVersion, right: KernelVersion) -> Bool {
    (left.kernel, left.major) < (right.kernel, right.major)
  }

  public var description: String { "\(kernel).\(major)" }
}
