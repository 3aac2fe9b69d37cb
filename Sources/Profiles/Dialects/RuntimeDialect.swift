/// How one version of a container runtime reads the text of `linux.seccomp` and turns it into rules for libseccomp.
///
/// Everything here is for an x86_64 machine. What is said of runc 1.1.5 and crun 1.8.1 was measured by starting
/// them; other versions are described from their sources.
public struct RuntimeDialect: Hashable, Sendable, CustomStringConvertible {
  public enum Family: String, Hashable, Sendable, CaseIterable {
    case runc, crun
  }

  public var family: Family
  /// The version that is described, such as `1.1.5`.
  public var version: String
  /// Whether the description was confirmed by starting that version; otherwise it follows from its source.
  public var isMeasured: Bool

  /// `flags` are refused unless they are empty.
  var refusesFlags = false
  /// Which architectures the stub that answers ENOSYS covers.
  var stub = StubCoverage.none
  /// The words of `architectures` that are taken; nil: whatever libseccomp resolves.
  var architectureWords: Set<String>?
  /// From this many rules on the library is told to build a binary tree.
  var binaryTreeFrom: Int?

  enum StubCoverage: Hashable, Sendable {
    case none
    /// Only those that the text lists: none when it lists none.
    case listed
    case listedAndNative
  }

  public var name: String { "\(family.rawValue) \(version)" }

  public var description: String { isMeasured ? name : "\(name) (not measured)" }

  /// The measured descriptions.
  public static let all = [runc, crun]

  /// runc 1.1.5, libcontainer/specconv/spec_linux.go (`SetupSeccomp`), libcontainer/seccomp.
  public static let runc = RuntimeDialect(
    family: .runc, version: "1.1.5", isMeasured: true, refusesFlags: true, stub: .listed,
    architectureWords: runcArchitectures)

  /// crun 1.8.1, src/libcrun/seccomp.c (`libcrun_generate_seccomp`, `libcrun_apply_seccomp`) and the parser that
  /// libocispec generates. The code that makes rules is the same up to 1.29.1.
  public static let crun = RuntimeDialect(family: .crun, version: "1.8.1", isMeasured: true)

  /// runc's later versions at which the reading changed, oldest first.
  static let laterRunc: [RuntimeDialect] = {
    var next = runc
    next.isMeasured = false
    func release(_ version: String, _ change: (inout RuntimeDialect) -> Void) -> RuntimeDialect {
      next.version = version
      change(&next)
      return next
    }
    return [
      release("1.1.8") { $0.architectureWords?.insert("SCMP_ARCH_RISCV64") },
      release("1.1.15") { $0.stub = .listedAndNative },
      release("1.2.0") {
        $0.refusesFlags = false
        $0.binaryTreeFrom = 33
      },
      release("1.4.1") { $0.architectureWords?.insert("SCMP_ARCH_LOONGARCH64") },
    ]
  }()

  /// The description for a runtime program that calls itself so; nil for a runtime that none fits.
  ///
  /// - Parameters:
  ///   - name: `runc` or `crun`.
  ///   - version: as the program prints it, such as `1.1.5+ds1`; it may be empty.
  /// - Returns: `isExact` is false when another version is described than the one that runs: then the reading
  ///   was the same in the sources that were looked at, or it is the nearest there is.
  public static func describing(name: String, version: String) -> (dialect: RuntimeDialect, isExact: Bool)? {
    guard let family = Family(rawValue: name) else { return nil }
    let running = RuntimeVersion(version)
    let known = family == .runc ? [runc] + laterRunc : [crun]
    guard let running else { return (known[0], false) }
    let dialect = known.last { RuntimeVersion($0.version).map { $0 <= running } ?? false } ?? known[0]
    return (dialect, RuntimeVersion(dialect.version) == running)
  }

  /// runc 1.1.5, libcontainer/seccomp/config.go, `archs`.
  private static let runcArchitectures: Set<String> = [
    "SCMP_ARCH_X86", "SCMP_ARCH_X86_64", "SCMP_ARCH_X32", "SCMP_ARCH_ARM", "SCMP_ARCH_AARCH64",
    "SCMP_ARCH_MIPS", "SCMP_ARCH_MIPS64", "SCMP_ARCH_MIPS64N32", "SCMP_ARCH_MIPSEL", "SCMP_ARCH_MIPSEL64",
    "SCMP_ARCH_MIPSEL64N32", "SCMP_ARCH_PPC", "SCMP_ARCH_PPC64", "SCMP_ARCH_PPC64LE", "SCMP_ARCH_S390",
    "SCMP_ARCH_S390X",
  ]
}

/// A runtime's version: up to three numbers; what distributions append does not count.
struct RuntimeVersion: Hashable, Comparable {
  private var numbers: [Int]

  /// Nil when `text` does not begin with a number.
  init?(_ text: String) {
    numbers = []
    var rest = Substring(text)
    while numbers.count < 3 {
      let digits = rest.prefix { ("0"..."9").contains($0) }
      guard let number = Int(digits) else { break }
      numbers.append(number)
      rest = rest.dropFirst(digits.count)
      guard rest.first == "." else { break }
      rest = rest.dropFirst()
    }
    guard !numbers.isEmpty else { return nil }
    while numbers.count < 3 { numbers.append(0) }
  }

  static func < (left: RuntimeVersion, right: RuntimeVersion) -> Bool {
    left.numbers.lexicographicallyPrecedes(right.numbers)
  }
}
