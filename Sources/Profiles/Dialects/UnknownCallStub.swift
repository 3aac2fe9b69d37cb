public import SeccompModel

/// The prologue that runc puts before libseccomp's program: a call that is newer than everything the profile names
/// gives ENOSYS, whatever the default action is, so that C libraries fall back to an older one.
///
/// Source: runc 1.1.5, libcontainer/seccomp/patchbpf/enosys_linux.go; measured.
public struct UnknownCallStub: Hashable, Sendable {
  /// The highest number that a name of the profile has in each ABI, whatever its rule's action; an ABI without one
  /// has no test. Numbers of x32 are without their bit.
  public var x86_64: UInt32?
  public var i386: UInt32?
  public var x32: UInt32?
  /// The audit tokens of other architectures that it covers. Their numbers are not known here: such a call may get
  /// ENOSYS. No kernel of this machine makes one.
  public var foreignTokens: Set<UInt32>

  public init(
    x86_64: UInt32? = nil, i386: UInt32? = nil, x32: UInt32? = nil, foreignTokens: Set<UInt32> = []
  ) {
    self.x86_64 = x86_64
    self.i386 = i386
    self.x32 = x32
    self.foreignTokens = foreignTokens
  }

  /// The bounds that `names` make in `architectures`; nil when there is none, so that the stub answers no call.
  init?(names: [String], architectures: [Architecture]) {
    func highest(_ architecture: Architecture) -> UInt32? {
      guard architectures.contains(architecture) else { return nil }
      return names.compactMap { Self.number(of: $0, in: architecture) }.max()
    }
    let foreign = names.isEmpty ? [] : architectures.filter { !$0.isX86Family }
    self.init(
      x86_64: highest(.x86_64), i386: highest(.x86), x32: highest(.x32),
      foreignTokens: Set(foreign.map(\.auditToken)))
    if x86_64 == nil, i386 == nil, x32 == nil, foreignTokens.isEmpty { return nil }
  }

  /// What `name` counts for in the search for the highest number, without x32's bit.
  ///
  /// The search is for numbers above 0, so that a profile that names nothing but number 0 gets no bound; x32's
  /// have their bit then. What `socketcall` and `ipc` multiplex on i386 has negative numbers in libseccomp and
  /// counts for nothing, although most of it has a direct number too.
  static func number(of name: String, in architecture: Architecture) -> UInt32? {
    switch architecture {
    case .x86_64: SyscallTable.x86_64.number(named: name).flatMap { $0 > 0 ? $0 : nil }
    case .x32: SyscallTable.x32.number(named: name).map { $0 & ~x32SyscallBit }
    case .x86:
      MultiplexedCall.named(name) == nil
        ? SyscallTable.i386.number(named: name).flatMap { $0 > 0 ? $0 : nil } : nil
    default: nil
    }
  }

  /// `ENOSYS` of asm-generic/errno.h.
  private static let enosys: UInt16 = 38

  /// What the stub returns where it answers.
  public static let verdict = Action.errno(enosys).verdict

  /// The verdict if the stub answers a call of an x86 architecture; nil when the filter proper is asked.
  public func verdict(for data: SeccompData) -> Verdict? {
    let bound: UInt32? =
      switch data.architecture {
      case AuditToken.x86_64: data.number & x32SyscallBit == 0 ? x86_64 : x32.map { $0 | x32SyscallBit }
      case AuditToken.i386: i386
      default: nil
      }
    return bound.flatMap { data.number > $0 ? Self.verdict : nil }
  }
}
