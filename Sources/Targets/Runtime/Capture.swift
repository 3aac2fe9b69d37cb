package import ClassicBPF

/// One filter on its way into the kernel, as it was handed over.
package struct Installation: Hashable, Sendable {
  /// The system call that it came by.
  package enum Route: Hashable, Sendable {
    /// `seccomp(2)`, `SECCOMP_SET_MODE_FILTER`
    case seccomp
    /// `prctl(2)`, `PR_SET_SECCOMP` with `SECCOMP_MODE_FILTER`
    case prctl
  }

  /// The task (thread) that made the call.
  package var process: Int32
  /// Without instructions when the program could not be read where the call says it is; the kernel answers EFAULT.
  package var filter: Filter
  /// `SECCOMP_FILTER_FLAG_*`; 0 by way of prctl(2).
  package var flags: UInt32
  package var route: Route
  /// What the call returned: -errno, or a number that is not negative; `noResult` when an older filter killed the task
  /// or trapped the call, or the task was killed in it from outside.
  package var result: Int64

  package static let noResult: Int64 = .min

  package init(process: Int32, filter: Filter, flags: UInt32, route: Route, result: Int64) {
    self.process = process
    self.filter = filter
    self.flags = flags
    self.route = route
    self.result = result
  }

  /// Whether the filter was taken. With `SECCOMP_FILTER_FLAG_TSYNC` a positive result names the thread that
  /// was in the way; with `SECCOMP_FILTER_FLAG_NEW_LISTENER` it is a descriptor.
  package var isInstalled: Bool {
    result == 0 || (result > 0 && flags & Self.newListenerFlag != 0)
  }

  /// `SECCOMP_FILTER_FLAG_NEW_LISTENER` of linux/seccomp.h.
  private static let newListenerFlag: UInt32 = 1 << 3
}

/// What became of the payload.
package enum PayloadState: Hashable, Sendable {
  /// It was exec'd. `suspendErrno` 0: it is exempt from its filters (`PTRACE_O_SUSPEND_SECCOMP`), its children are
  /// not; otherwise why it is not exempt.
  case started(process: Int32, suspendErrno: Int32)
  case notStarted
}

/// What one run of a container runtime was seen to do.
package struct Capture: Hashable, Sendable {
  package enum Ending: Hashable, Sendable, CustomStringConvertible {
    case exited(Int32)
    case signalled(Int32)
    /// By `Container.finish` while it ran.
    case stopped
    /// By the deadline, or no payload had started within the grace after the last installation.
    case timedOut

    package var description: String {
      switch self {
      case .exited(let status): "ended with exit status \(status)"
      case .signalled(let signal): "was ended by signal \(signal)"
      case .stopped: "was stopped"
      case .timedOut: "did not come to its end in time"
      }
    }
  }

  /// Every one seen, in order; refused ones too. A call without a program (NULL) is none: libseccomp makes some to
  /// learn which flags the kernel knows.
  package var installations: [Installation]
  /// The filters that bind the payload, oldest first, read from the kernel as it was exec'd. When it never
  /// started, those of the task that installed one last; nil when there was none.
  package var stack: [InstalledFilter]?
  package var payload: PayloadState
  /// How the runtime ended.
  package var ending: Ending
  /// What the runtime and the payload wrote to standard output and standard error, the first 64 KiB of each.
  package var output: String
  package var errors: String
}
