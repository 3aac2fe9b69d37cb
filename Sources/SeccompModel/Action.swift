/// What a rule asks for: the kernel's seven documented actions and USER_NOTIF, with their 16 data bits
/// where the kernel reads them. Source: `linux/seccomp.h`, seccomp(2).
public enum Action: Hashable, Sendable {
  /// Kill the calling thread (`SECCOMP_RET_KILL_THREAD`, 0).
  case killThread
  /// Kill the whole process (`SECCOMP_RET_KILL_PROCESS`).
  case killProcess
  /// Send SIGSYS; the data arrives as `si_errno`.
  case trap(UInt16)
  /// Skip the call and return `-min(data, 4095)`.
  case errno(UInt16)
  /// Ask the filter's listener (`SECCOMP_RET_USER_NOTIF`); without one the call fails with ENOSYS.
  case notify
  /// Ask the tracer; the data is its event message. Without a tracer the call fails with ENOSYS.
  case trace(UInt16)
  /// Log the call and let it run.
  case log
  /// Let the call run.
  case allow
  /// A filter value whose action bits the kernel does not know: the process is killed (kernel ≥ 5.10).
  case unknown(UInt32)

  /// The action's kind, without its data.
  public var kind: ActionKind {
    switch self {
    case .killThread: .killThread
    case .killProcess: .killProcess
    case .trap: .trap
    case .errno: .errno
    case .notify: .notify
    case .trace: .trace
    case .log: .log
    case .allow: .allow
    case .unknown: .unknown
    }
  }

  /// The filter's return value that asks for this action.
  public var verdict: Verdict {
    switch self {
    case .trap(let data), .errno(let data), .trace(let data):
      Verdict(rawValue: kind.actionBits | UInt32(data))
    case .unknown(let rawValue): Verdict(rawValue: rawValue)
    default: Verdict(rawValue: kind.actionBits)
    }
  }
}

/// An action without its data.
public enum ActionKind: UInt8, Hashable, Sendable, CaseIterable {
  case killProcess, killThread, trap, errno, notify, trace, log, allow, unknown

  /// The upper half of the filter's return value (`SECCOMP_RET_ACTION_FULL`); 0 for `unknown`, which has
  /// no bits of its own.
  public var actionBits: UInt32 {
    switch self {
    case .killProcess: 0x8000_0000
    case .killThread, .unknown: 0x0000_0000
    case .trap: 0x0003_0000
    case .errno: 0x0005_0000
    case .notify: 0x7fc0_0000
    case .trace: 0x7ff0_0000
    case .log: 0x7ffc_0000
    case .allow: 0x7fff_0000
    }
  }
}
