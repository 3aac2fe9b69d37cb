/// Every number and choice of the model, as data: so that a reader finds them in one place, and a test can plant a fault in
/// each and see that the suite notices. As of 6.18; errnos are positive, as asm-generic/errno.h has them.
package struct KernelRules: Hashable, Sendable {
  /// As of kernel/seccomp.c in 6.18.
  package static let linux = KernelRules()

  // MARK: Verdicts (kernel/seccomp.c, seccomp_run_filters and __seccomp_filter)

  /// Actions are compared as signed numbers, so that KILL_PROCESS (0x80000000) is the strongest.
  package var comparesSigned = true
  /// `SECCOMP_RET_ACTION_FULL` of linux/seccomp.h: what of a verdict is compared.
  package var actionMask: UInt32 = 0xffff_0000
  /// `SECCOMP_RET_DATA` of linux/seccomp.h.
  package var dataMask: UInt32 = 0xffff
  /// Between equal actions the newest filter's data counts.
  package var tieGoesToNewest = true
  /// All filters are asked, whatever the newer ones said.
  package var asksAllFilters = true
  /// `SECCOMP_RET_*` of linux/seccomp.h.
  package var killProcessAction: UInt32 = 0x8000_0000
  package var killThreadAction: UInt32 = 0
  package var trapAction: UInt32 = 0x0003_0000
  package var errnoAction: UInt32 = 0x0005_0000
  package var notifyAction: UInt32 = 0x7fc0_0000
  package var traceAction: UInt32 = 0x7ff0_0000
  package var logAction: UInt32 = 0x7ffc_0000
  package var allowAction: UInt32 = 0x7fff_0000
  /// An action that is none of these kills.
  package var unknownActionKills = true
  /// It kills the process, not only the thread.
  package var unknownActionKillsProcess = true
  /// KILL_THREAD leaves the process's other threads alive.
  package var killThreadSparesOthers = true
  /// A process whose last live thread KILL_THREAD hits ends as one that KILL_PROCESS hit.
  package var lastKilledThreadEndsProcess = true
  /// `SIGSYS` of asm/signal.h: of what a killed process dies.
  package var killSignal: Int32 = 31
  /// `MAX_ERRNO` of linux/err.h: what ERRNO returns at most.
  package var errnoCap: Int64 = 4095
  /// ERRNO with data 0 skips the call all the same.
  package var errnoZeroSkips = true
  /// `ENOSYS`: what TRACE returns when nobody traces, and USER_NOTIF when nobody listens.
  package var nobodyErrno: Int64 = 38

  // MARK: TRAP (kernel/signal.c, force_sig_seccomp; asm/syscall.h, syscall_rollback)

  /// `si_errno` is not capped.
  package var trapErrnoMask: UInt32 = 0xffff
  /// `SYS_SECCOMP` of asm-generic/siginfo.h.
  package var trapCode: Int32 = 1
  /// The handler finds the call's number in rax.
  package var trapRollsBack = true
  /// All 64 bits of it, by the `syscall` instruction.
  package var trapKeepsUpperNumber = true
  /// A blocked SIGSYS kills.
  package var trapKillsWhenBlocked = true
  /// An ignored SIGSYS kills.
  package var trapKillsWhenIgnored = true
  /// SIGSYS is blocked while its handler runs, without SA_NODEFER.
  package var handlerBlocksItsSignal = true
  /// rt_sigreturn(2), by which a handler returns, is shown to the filters.
  package var filtersSeeSignalReturn = true

  // MARK: Entry (arch/x86/entry)

  /// What of rax is the call's number.
  package var numberMask: UInt64 = 0xffff_ffff
  /// `AUDIT_ARCH_*` of linux/audit.h.
  package var nativeToken: UInt32 = 0xc000_003e
  package var compatToken: UInt32 = 0x4000_0003
  /// On `int $0x80` from 64-bit code filters see whole registers.
  package var compatFiltersSeeFullArguments = true
  /// The call itself takes their low halves.
  package var compatCallsTakeLowHalves = true
  /// `ENOSYS`: what a number without a call returns.
  package var noCallErrno: Int64 = 38
  /// Filters judge numbers without a call too.
  package var filtersSeeInvalidNumbers = true
  /// `__X32_SYSCALL_BIT` of asm/unistd.h.
  package var x32Bit: UInt32 = 0x4000_0000
  /// `__NR_uretprobe`, `__NR_uprobe` of asm/unistd_64.h: shown to no filter, where the kernel has them.
  package var uretprobeNumber: UInt32 = 335
  package var uprobeNumber: UInt32 = 336
  /// Only by the `syscall` instruction.
  package var exemptOnlyNatively = true
  /// In strict mode too.
  package var exemptInStrictMode = true
  /// `SIGILL`; `ENXIO`, since 7.2 `EPROTO`: what they come to by hand (arch/x86/kernel/uprobes.c).
  package var uretprobeSignal: Int32 = 4
  package var uprobeErrnos: [Int64] = [6, 71]
  /// The numbers that the vsyscall page's slots stand for (arch/x86/entry/vsyscall/vsyscall_64.c), by slot.
  package var vsyscallNumbers: [UInt32] = [96, 201, 309]
  /// `VSYSCALL_ADDR`, and from slot to slot.
  package var vsyscallAddress: UInt64 = 0xffff_ffff_ff60_0000
  package var vsyscallStride: UInt64 = 0x400
  /// The emulated calls are shown to the filters.
  package var vsyscallsAreFiltered = true
  /// `SIGSEGV`: what an entry path that is not there comes to.
  package var absentEntrySignal: Int32 = 11

  // MARK: Installation (kernel/seccomp.c, seccomp_set_mode_filter and below)

  /// The checks, in the kernel's order, and what each answers.
  package var installChecks = InstallCheck.linuxOrder
  /// `SECCOMP_FILTER_FLAG_*` of linux/seccomp.h.
  package var knownFlags: UInt32 = 0x3f
  package var tsyncFlag: UInt32 = 1
  package var logFlag: UInt32 = 2
  package var newListenerFlag: UInt32 = 8
  package var tsyncErrnoFlag: UInt32 = 16
  package var waitKillableFlag: UInt32 = 32
  /// Operation and flags are the low halves of their registers.
  package var operationMask: UInt64 = 0xffff_ffff
  /// The mode that prctl(2) is given is a whole register.
  package var prctlModeMask: UInt64 = .max
  /// no_new_privs allows to install.
  package var noNewPrivilegesSuffices = true
  /// CAP_SYS_ADMIN in the thread's own user namespace does.
  package var capabilitySuffices = true
  /// One who made a user namespace has it there.
  package var userNamespaceGivesCapability = true
  /// `EPERM`: what one without a mapping gets for trying.
  package var namespaceErrno: Int64 = 1
  /// `BPF_MAXINSNS` of linux/bpf_common.h.
  package var longestProgram = 4096
  /// `MAX_INSNS_PER_PATH` of kernel/seccomp.c.
  package var longestChain = 32768
  /// What an installed filter counts beyond its length (`seccomp_attach_filter`).
  package var filterOverhead = 4
  /// Lengths are those of the translation to extended BPF (net/core/filter.c, bpf_convert_filter).
  package var prologueLength = 3
  package var returnLength = 2
  package var divideLength = 5
  /// A constant with its sign bit set goes through a register.
  package var wideConstantLength = 1
  /// A test with two branches, where none can be folded away.
  package var twoWayJumpLength = 2
  /// `EINVAL`: what an unknown operation, or mode of prctl(2), gets.
  package var unknownOperationErrno: Int64 = 22
  /// What seccomp(2) calls its operations (`SECCOMP_*` of linux/seccomp.h), and prctl(2) its modes.
  package var strictOperation: UInt64 = 0
  package var filterOperation: UInt64 = 1
  package var availabilityOperation: UInt64 = 2
  package var sizesOperation: UInt64 = 3
  package var strictMode: Int = 1
  package var filterMode: Int = 2
  /// An open listener in the chain forbids another.
  package var listenerForbidsAnother = true
  /// It counts only while somebody holds it open.
  package var closedListenerFreesChain = true

  // MARK: TSYNC (seccomp_can_sync_threads, seccomp_sync_threads)

  /// The siblings get the caller's filters.
  package var tsyncCopiesFilters = true
  /// And its no_new_privs.
  package var tsyncCopiesNoNewPrivileges = true
  /// A sibling whose chain is no ancestor of the caller's is an obstacle.
  package var tsyncRefusesDivergent = true
  /// One whose chain is an ancestor is none.
  package var tsyncAcceptsAncestors = true
  /// A sibling in strict mode is an obstacle.
  package var tsyncRefusesStrict = true
  /// The obstacle's thread id is the answer, without TSYNC_ESRCH.
  package var tsyncTellsThread = true

  // MARK: Other operations

  /// What SECCOMP_GET_ACTION_AVAIL knows, to the bit.
  package var availableActions: [UInt32] = [
    0x8000_0000, 0, 0x0003_0000, 0x0005_0000, 0x7fc0_0000, 0x7ff0_0000, 0x7ffc_0000, 0x7fff_0000,
  ]
  /// The bits of the asked action that must match.
  package var availabilityMask: UInt32 = 0xffff_ffff
  /// `EOPNOTSUPP`
  package var unavailableErrno: Int64 = 95
  /// Flags must be 0 (`EINVAL`).
  package var operationsTakeNoFlags = true
  /// Sizes of seccomp_notif, seccomp_notif_resp, seccomp_data.
  package var notificationSizes: [UInt16] = [80, 24, 64]
  /// `EFAULT`
  package var faultErrno: Int64 = 14
  /// PR_SET_NO_NEW_PRIVS takes exactly 1 0 0 0, PR_GET_NO_NEW_PRIVS 0 0 0 0 (kernel/sys.c; `EINVAL`).
  package var noNewPrivilegesArgumentsMatter = true
  package var prctlErrno: Int64 = 22

  // MARK: Strict mode (kernel/seccomp.c, mode1_syscalls; asm/seccomp.h)

  package var strictNativeNumbers: [UInt32] = [0, 1, 15, 60]
  package var strictCompatNumbers: [UInt32] = [3, 4, 1, 119]
  /// The list goes by how the kernel was entered.
  package var strictListGoesByEntry = true
  /// `SIGKILL` of asm/signal.h
  package var strictSignal: Int32 = 9
  /// Only the calling thread ends.
  package var strictSparesOthers = true
  /// `rdtsc` raises SIGSEGV.
  package var strictForbidsTimestampCounter = true
  package var timestampCounterSignal: Int32 = 11
  /// seccomp(2) takes neither flags nor an address; prctl(2) does not look.
  package var strictTakesNoArguments = true
  /// A thread in filter mode cannot enter it (`EINVAL`).
  package var filterForbidsStrict = true

  // MARK: Inheritance (kernel/fork.c, copy_seccomp; fs/exec.c)

  package var processesInheritFilters = true
  package var threadsInheritFilters = true
  package var childrenInheritNoNewPrivileges = true
  package var filtersSurviveExec = true
  package var noNewPrivilegesSurviveExec = true
  package var handlersSurviveExec = false
  /// A listener is opened with O_CLOEXEC.
  package var execClosesListener = true

  // MARK: USER_NOTIF (seccomp_do_user_notification, seccomp_notify_recv, seccomp_notify_send)

  /// An error in the reply counts, whatever the value.
  package var replyErrorWins = true
  /// Neither is looked at.
  package var replyErrorCap: Int64 = .max
  /// `SECCOMP_USER_NOTIF_FLAG_CONTINUE`
  package var knownReplyFlags: UInt32 = 1
  /// It wants value and error 0.
  package var continueWantsZeroes = true
  /// It runs the call.
  package var continueRuns = true
  /// `EINVAL`, `ENOENT`, `EINPROGRESS`
  package var replyErrno: Int64 = 22
  package var unknownNotificationErrno: Int64 = 2
  package var repeatedReplyErrno: Int64 = 115
  /// RECV wants zeroes where it is to write.
  package var receiveWantsZeroes = true
  /// A listener that nobody can notify any more answers (since 6.11).
  package var unusedListenerAnswers = true
  /// A handled signal ends the wait, unless WAIT_KILLABLE_RECV and received.
  package var signalsEndWait = true
  package var waitKillableDefersSignals = true
  /// `EINTR`
  package var interruptedErrno: Int64 = 4

  // MARK: ptrace(2) (kernel/ptrace.c; kernel/seccomp.c, seccomp_get_filter)

  /// After the stop for TRACE the filters are asked again.
  package var traceAsksAgain = true
  /// TRACE then lets the call run.
  package var traceAgainAllows = true
  /// A negative number then skips the call.
  package var traceSkipsNegative = true
  /// PTRACE_SECCOMP_GET_FILTER counts from the oldest filter.
  package var filtersCountFromOldest = true
  /// `EACCES`: without CAP_SYS_ADMIN, or by one who is filtered; `EINVAL`: no filters; `ENOENT`: past the last.
  package var getFilterDeniedErrno: Int64 = 13
  package var getFilterRefusesFiltered = true
  package var getFilterModeErrno: Int64 = 22
  package var getFilterEndErrno: Int64 = 2
  /// Size of seccomp_metadata.
  package var metadataSize: Int64 = 16
  /// PTRACE_O_SUSPEND_SECCOMP wants CAP_SYS_ADMIN and no filter of one's own (`EPERM`).
  package var suspensionWantsPrivilege = true
  package var suspensionErrno: Int64 = 1
  /// It turns verdicts off.
  package var suspensionSuspends = true

  package init() {}
}

/// One check of an installation, and the errno that it answers.
package struct InstallCheck: Hashable, Sendable {
  package enum Subject: Hashable, Sendable, CaseIterable {
    /// Flags that the kernel knows.
    case knownFlags
    /// TSYNC with NEW_LISTENER wants TSYNC_ESRCH, as both want the return value.
    case tsyncListener
    /// WAIT_KILLABLE_RECV wants NEW_LISTENER.
    case waitKillable
    /// `struct sock_fprog` can be read.
    case program
    /// 1 to 4096 instructions.
    case length
    /// no_new_privs or CAP_SYS_ADMIN.
    case privilege
    /// The instructions' address is not NULL.
    case address
    /// They can be read.
    case instructions
    /// The kernel would load them.
    case validity
    /// The thread is not in strict mode.
    case mode
    /// No other listener in the chain.
    case listener
    /// All filters together are short enough.
    case chainLength
    /// The siblings can take the caller's chain.
    case siblings
  }

  package var subject: Subject
  package var errno: Int64

  package init(_ subject: Subject, _ errno: Int64) {
    self.subject = subject
    self.errno = errno
  }

  /// kernel/seccomp.c as of 6.18: EINVAL 22, EFAULT 14, EACCES 13, EBUSY 16, ENOMEM 12, ESRCH 3.
  package static let linuxOrder: [InstallCheck] = [
    InstallCheck(.knownFlags, 22), InstallCheck(.tsyncListener, 22), InstallCheck(.waitKillable, 22),
    InstallCheck(.program, 14), InstallCheck(.length, 22), InstallCheck(.privilege, 13),
    InstallCheck(.address, 22), InstallCheck(.instructions, 14), InstallCheck(.validity, 22),
    InstallCheck(.mode, 22), InstallCheck(.listener, 16), InstallCheck(.chainLength, 12),
    InstallCheck(.siblings, 3),
  ]
}
