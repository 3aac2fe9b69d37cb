public import SeccompModel

/// Something that kernels differ in and a prediction depends on: data, switched by ``KernelFeatures``.
public struct KernelException: Hashable, Sendable {
  public var id: ID
  /// What holds on kernels that have it.
  public var what: String
  public var since: Since
  /// Where the fact stands.
  public var source: String

  public enum ID: UInt8, Hashable, Sendable, CaseIterable {
    case uretprobeExempt, uprobeExempt, errnoCapped, fullActions, userNotification, unknownKillsProcess
    case separateX32Table, lowNumberDispatch, x32Calls, ia32Emulation, vsyscallPage
  }

  public enum Since: Hashable, Sendable {
    /// The release that brought it; stable releases before it may have it too.
    case version(KernelVersion)
    /// A matter of how the kernel was built and booted, not of its age; what distributions mostly do.
    case configuration(usually: Bool)
  }

  /// All of them, in the order of ``ID``.
  public static let all: [KernelException] = [
    KernelException(
      id: .uretprobeExempt,
      what: "number 335 (uretprobe) by the native 64-bit entry is shown to no filter",
      since: .version(KernelVersion(6, 14)),
      source: "kernel/seccomp.c, seccomp_uprobe_exception (also in 6.12.14, 6.13.3)"),
    KernelException(
      id: .uprobeExempt, what: "number 336 (uprobe) by the native 64-bit entry is shown to no filter",
      since: .version(KernelVersion(6, 18)), source: "kernel/seccomp.c, seccomp_uprobe_exception"),
    KernelException(
      id: .errnoCapped, what: "SECCOMP_RET_ERRNO returns at most -4095 (MAX_ERRNO)",
      since: .version(KernelVersion(4, 0)), source: "commit 580c57f10768"),
    KernelException(
      id: .fullActions,
      what: "all 16 action bits count, compared signed; KILL_PROCESS and LOG are known actions",
      since: .version(KernelVersion(4, 14)), source: "seccomp(2); kernel/seccomp.c, ACTION_ONLY"),
    KernelException(
      id: .userNotification, what: "SECCOMP_RET_USER_NOTIF is a known action",
      since: .version(KernelVersion(5, 0)), source: "seccomp(2)"),
    KernelException(
      id: .unknownKillsProcess,
      what: "an unknown action kills the whole process, not only the calling thread",
      since: .version(KernelVersion(5, 10)), source: "kernel/seccomp.c, __seccomp_filter"),
    KernelException(
      id: .separateX32Table,
      what:
        "x32 calls have their own table: 512 to 547 without bit 30, and 64-bit-only numbers with it, are ENOSYS",
      since: .version(KernelVersion(5, 4)), source: "seccomp(2)"),
    KernelException(
      id: .lowNumberDispatch,
      what: "a call is dispatched by the low 32 bits of rax whatever the upper half holds",
      since: .version(KernelVersion(5, 14)), source: "arch/x86/entry/common.c, do_syscall_64"),
    KernelException(
      id: .x32Calls, what: "numbers with bit 30 reach the x32 table", since: .configuration(usually: false),
      source: "CONFIG_X86_X32_ABI"),
    KernelException(
      id: .ia32Emulation, what: "64-bit kernels take int $0x80 and 32-bit programs",
      since: .configuration(usually: true), source: "CONFIG_IA32_EMULATION; ia32_emulation= since 6.7"),
    KernelException(
      id: .vsyscallPage, what: "the vsyscall page is emulated", since: .configuration(usually: true),
      source: "vsyscall=; arch/x86/entry/vsyscall/vsyscall_64.c"),
  ]
}

/// A call that filters do not see, and what it does when a program makes it by hand instead of the kernel's own
/// trampoline.
public struct SeccompExemption: Hashable, Sendable {
  /// The number on x86_64, by the `syscall` instruction only: not as an x32 number, not by `int $0x80`.
  public var number: UInt32
  /// The switch that says whether this kernel has the exemption.
  public var exception: KernelException.ID
  public var byHand: Outcome

  public static let all: [SeccompExemption] = [
    // arch/x86/kernel/uprobes.c: force_sig(SIGILL) unless the caller is the trampoline.
    SeccompExemption(number: 335, exception: .uretprobeExempt, byHand: .died(signal: 4)),
    // The same file: -ENXIO unless the caller is in a trampoline page.
    SeccompExemption(number: 336, exception: .uprobeExempt, byHand: .returned(-6)),
  ]
}
