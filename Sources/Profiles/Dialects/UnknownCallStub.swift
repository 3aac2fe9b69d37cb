public import SeccompModel

/// The prologue that runc puts before libseccomp's program: a call that is newer than everything the profile names
/// gives ENOSYS, whatever the default action is, so that C libraries fall back to an older one.
///
/// Source: runc 1.1.5, libcontainer/seccomp/patchbpf/enosys_linux.go. Only the architectures of x86 are described.
public struct UnknownCallStub: Hashable, Sendable {
  /// The highest number that a name of the profile has in each ABI, whatever its rule's action; an ABI without one
  /// has no test. Numbers of x32 are without their bit.
  public var x86_64: UInt32?
  public var i386: UInt32?
  public var x32: UInt32?

  public init(x86_64: UInt32? = nil, i386: UInt32? = nil, x32: UInt32? = nil) {
    self.x86_64 = x86_64
    self.i386 = i386
    self.x32 = x32
  }

  /// Nil when the default action lets calls through anyway: then runc adds nothing.
  init?(_ profile: Profile, isKnown: (String) -> Bool) {
    switch profile.defaultAction {
    case .allow, .log, .trace: return nil
    default: break
    }
    let names = profile.entries.flatMap(\.names).filter(isKnown)
    let listed = profile.filteredArchitectures()
    func highest(_ architecture: Architecture, _ table: SyscallTable) -> UInt32? {
      guard listed.contains(architecture) else { return nil }
      return names.compactMap { table.number(named: $0) }.map { $0 & ~x32SyscallBit }.max()
    }
    self.init(
      x86_64: highest(.x86_64, .x86_64), i386: highest(.x86, .i386), x32: highest(.x32, .x32))
    if x86_64 == nil, i386 == nil, x32 == nil { return nil }
  }

  /// `ENOSYS` of asm-generic/errno.h.
  private static let enosys: UInt16 = 38

  /// The verdict if the stub answers; nil when the filter proper is asked.
  public func verdict(for data: SeccompData) -> Verdict? {
    let bound: UInt32? =
      switch data.architecture {
      case AuditToken.x86_64: data.number & x32SyscallBit == 0 ? x86_64 : x32.map { $0 | x32SyscallBit }
      case AuditToken.i386: i386
      default: nil
      }
    return bound.flatMap { data.number > $0 ? Action.errno(Self.enosys).verdict : nil }
  }
}
