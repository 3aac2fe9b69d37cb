package import Prediction

/// Something that a scenario needs of the kernel, its configuration or the driver's privileges. Found out by trying,
/// never from the version; only ``since(_:_:)`` reads the release, for changes that cannot be tried apart from
/// the claim itself.
package enum KernelFact: Hashable, Sendable {
  /// CAP_SYS_ADMIN in the initial user namespace.
  case privilege
  /// Whoever runs this may make user namespaces.
  case userNamespaces
  /// One process may trace another, ptrace(2).
  case tracing
  /// CONFIG_CHECKPOINT_RESTORE: GET_FILTER, GET_METADATA and O_SUSPEND_SECCOMP.
  case checkpointRestore
  /// The 64-bit program may use `int $0x80`, and 32-bit programs run.
  case compatCalls
  /// The vDSO of 32-bit programs enters by sysenter (or AMD's 32-bit syscall).
  case sysenter
  case vsyscall
  /// Numbers with bit 30 reach an x32 table.
  case x32
  /// They do not.
  case noX32
  /// Something that ``KernelFeatures`` knows.
  case feature(KernelException.ID)
  /// A flag of SECCOMP_SET_MODE_FILTER.
  case flag(UInt32)
  /// SECCOMP_USER_NOTIF_FLAG_CONTINUE (5.5).
  case notifyContinue
  /// SECCOMP_IOCTL_NOTIF_ADDFD (5.9).
  case notifyDescriptors
  /// SECCOMP_ADDFD_FLAG_SEND (5.14).
  case notifyDescriptorsSent
  /// SECCOMP_IOCTL_NOTIF_SET_FLAGS (6.6).
  case notifyFlags
  /// `Seccomp_filters` in /proc/PID/status (5.9).
  case filterCount
  /// process_vm_readv(2), by which scenarios move memory.
  case memoryCopy
  /// core_pattern(5) names a file, and no program.
  case plainCores
  /// The audit log can be read: CAP_AUDIT_READ, CONFIG_AUDIT.
  case auditLog
  /// A release from which on this holds.
  case since(KernelVersion, String)
}

extension KernelFact {
  /// Why a scenario is skipped without it.
  package var reasonForSkip: String {
    switch self {
    case .privilege: "not privileged: CAP_SYS_ADMIN in the initial user namespace is missing"
    case .userNamespaces: "user namespaces cannot be made here"
    case .tracing: "processes may not trace each other here"
    case .checkpointRestore: "this kernel has no CONFIG_CHECKPOINT_RESTORE, or does not let us use it"
    case .compatCalls: "this kernel takes no int $0x80 (CONFIG_IA32_EMULATION)"
    case .sysenter: "32-bit programs are not given sysenter by the vDSO"
    case .vsyscall: "this kernel emulates no vsyscall page"
    case .x32: "this kernel has no x32 calls (CONFIG_X86_X32_ABI)"
    case .noX32: "this kernel has x32 calls"
    case .feature(let id): "not on this kernel: \(KernelException.all[Int(id.rawValue)].what)"
    case .flag(let bit): "this kernel does not know the filter flag \(bit)"
    case .notifyContinue: "this kernel does not know SECCOMP_USER_NOTIF_FLAG_CONTINUE"
    case .notifyDescriptors: "this kernel does not know SECCOMP_IOCTL_NOTIF_ADDFD"
    case .notifyDescriptorsSent: "this kernel does not know SECCOMP_ADDFD_FLAG_SEND"
    case .notifyFlags: "this kernel does not know SECCOMP_IOCTL_NOTIF_SET_FLAGS"
    case .filterCount: "this kernel does not count filters in /proc/PID/status"
    case .memoryCopy: "process_vm_readv(2) is not to be had"
    case .plainCores: "cores go to a program (/proc/sys/kernel/core_pattern)"
    case .auditLog: "the audit log cannot be read"
    case .since(let version, let what): "new in \(version.major).\(version.minor): \(what)"
    }
  }

  /// A word for reports.
  package var word: String {
    switch self {
    case .privilege: "privilege"
    case .userNamespaces: "user-namespaces"
    case .tracing: "tracing"
    case .checkpointRestore: "checkpoint-restore"
    case .compatCalls: "compat-calls"
    case .sysenter: "sysenter"
    case .vsyscall: "vsyscall"
    case .x32: "x32"
    case .noX32: "no-x32"
    case .feature(let id): "\(id)"
    case .flag(let bit): "flag-\(bit)"
    case .notifyContinue: "notify-continue"
    case .notifyDescriptors: "notify-addfd"
    case .notifyDescriptorsSent: "notify-addfd-send"
    case .notifyFlags: "notify-set-flags"
    case .filterCount: "filter-count"
    case .memoryCopy: "memory-copy"
    case .plainCores: "plain-cores"
    case .auditLog: "audit-log"
    case .since(let version, _): "since-\(version.major).\(version.minor)"
    }
  }
}

extension KernelFact {
  static let uretprobeExempt = KernelFact.feature(.uretprobeExempt)
  static let uprobeExempt = KernelFact.feature(.uprobeExempt)
  static let errnoCapped = KernelFact.feature(.errnoCapped)
  static let fullActions = KernelFact.feature(.fullActions)
  static let userNotification = KernelFact.feature(.userNotification)
  static let unknownKillsProcess = KernelFact.feature(.unknownKillsProcess)
  static let lowNumberDispatch = KernelFact.feature(.lowNumberDispatch)
  static let separateX32Table = KernelFact.feature(.separateX32Table)

  static func since(_ major: Int, _ minor: Int, _ what: String) -> KernelFact {
    .since(KernelVersion(major, minor), what)
  }
}
