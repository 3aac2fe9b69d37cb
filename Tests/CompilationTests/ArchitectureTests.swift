import ClassicBPF
import Compilation
import Glibc
import Profiles
import SeccompModel
import Testing

/// A list of architectures, libseccomp's answers, and the tokens that the program must then know.
struct ArchitectureCase: Sendable, CustomTestStringConvertible {
  let listed: [Architecture]
  let statuses: [ArchitectureStatus]
  let tokens: Set<UInt32>

  var testDescription: String { "\(listed)" }
}

private let architectureCases: [ArchitectureCase] = [
  ArchitectureCase(listed: [], statuses: [], tokens: [AuditToken.x86_64]),
  ArchitectureCase(listed: [.x86_64], statuses: [.present], tokens: [AuditToken.x86_64]),
  ArchitectureCase(
    listed: [.x86_64, .x86], statuses: [.present, .present], tokens: [AuditToken.x86_64, AuditToken.i386]),
  ArchitectureCase(
    listed: [.x86, .x86_64], statuses: [.present, .present], tokens: [AuditToken.x86_64, AuditToken.i386]),
  ArchitectureCase(listed: [.x86], statuses: [.present], tokens: [AuditToken.i386]),
  ArchitectureCase(listed: [.x32], statuses: [.present], tokens: [AuditToken.x86_64]),
  ArchitectureCase(listed: [.x86_64, .x32], statuses: [.present, .present], tokens: [AuditToken.x86_64]),
  ArchitectureCase(
    listed: [.x86_64, .arm, .aarch64], statuses: [.present, .present, .present],
    tokens: [AuditToken.x86_64, Architecture.arm.auditToken, Architecture.aarch64.auditToken]),
  ArchitectureCase(
    listed: [.aarch64, .riscv64], statuses: [.present, .present],
    tokens: [Architecture.aarch64.auditToken, Architecture.riscv64.auditToken]),
  // Of another byte order than what the filter holds.
  ArchitectureCase(
    listed: [.x86_64, .s390x, .x86], statuses: [.present, .refused(errno: EDOM), .present],
    tokens: [AuditToken.x86_64, AuditToken.i386]),
  ArchitectureCase(
    listed: [.x86_64, .x86_64, .x86, .x86],
    statuses: [.present, .refused(errno: EEXIST), .present, .refused(errno: EEXIST)],
    tokens: [AuditToken.x86_64, AuditToken.i386]),
]

@Suite("The architectures of a filter")
struct ArchitectureTests {
  private static let rules = [Rule(name: "read", action: .allow)]

  @Test("the program knows the listed architectures and no others", arguments: architectureCases)
  func tokens(_ example: ArchitectureCase) throws {
    let result = try compiled(
      CompilationRequest(rules: Self.rules, defaultAction: .errno(1), architectures: example.listed))
    #expect(result.architectureStatuses == example.statuses)
    #expect(result.nativeRemovalErrno == nil)
    // A token that the filter does not know gets the bad-architecture action, KILL_THREAD, whatever the number.
    let unused: [UInt32] = [9999, x32SyscallBit + 9999]
    let tokens = Architecture.allCases.map(\.auditToken).filter { token in
      unused.contains {
        result.filter.evaluate(SeccompData(number: $0, architecture: token)) == Action.errno(1).verdict
      }
    }
    #expect(Set(tokens) == example.tokens)
  }

  @Test("big-endian architectures alone are a filter, written in their byte order")
  func bigEndian() throws {
    let result = try compiled(
      CompilationRequest(
        rules: Self.rules, defaultAction: .errno(1), architectures: [.s390x, .ppc64, .x86_64]))
    // The native one is listed: it stands first, and the others do not fit it.
    #expect(result.architectureStatuses == [.refused(errno: EDOM), .refused(errno: EDOM), .present])
    let alone = try compiled(
      CompilationRequest(rules: Self.rules, defaultAction: .errno(1), architectures: [.s390x]))
    #expect(alone.architectureStatuses == [.present])
    #expect(alone.filter.instructions.first?.code == 0x2000)
  }

  @Test("a native architecture that the library will not remove is reported")
  func keptNative() throws {
    let library = try StandInLibrary(.init(description: "keeps the native one", removal: "return -EBUSY"))
    let result = try compiled(
      CompilationRequest(rules: Self.rules, defaultAction: .errno(1), architectures: [.x86]),
      libseccomp: library.file)
    #expect(result.nativeRemovalErrno == EBUSY)
  }

  @Test("an architecture that this version does not know is reported, and the rest compiled")
  func unknownArchitecture() throws {
    let result = try compiled(
      CompilationRequest(rules: Self.rules, defaultAction: .errno(1), architectures: [.x86_64, .loongarch64]))
    // libseccomp 2.6.0 brought LoongArch.
    let known = result.library.version >= LibraryVersion(2, 6, 0)
    #expect(result.architectureStatuses == [.present, known ? .present : .unknownName])
  }
}
