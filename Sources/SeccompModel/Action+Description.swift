extension ActionKind: CustomStringConvertible {
  /// The kernel's name without `SECCOMP_RET_`: `KILL_PROCESS`, `USER_NOTIF`; `unknown` for values it has no
  /// name for.
  public var description: String {
    switch self {
    case .killProcess: "KILL_PROCESS"
    case .killThread: "KILL_THREAD"
    case .trap: "TRAP"
    case .errno: "ERRNO"
    case .notify: "USER_NOTIF"
    case .trace: "TRACE"
    case .log: "LOG"
    case .allow: "ALLOW"
    case .unknown: "unknown"
    }
  }

  /// Whether the kernel reads the 16 data bits of this action.
  public var hasData: Bool {
    switch self {
    case .trap, .errno, .trace: true
    case .killProcess, .killThread, .notify, .log, .allow, .unknown: false
    }
  }
}

extension Action: CustomStringConvertible {
  /// The kernel's name, with the data where it has any: `ALLOW`, `ERRNO(38)`, `unknown(0x12340000)`.
  public var description: String {
    switch self {
    case .trap(let data), .errno(let data), .trace(let data): "\(kind)(\(data))"
    case .unknown(let rawValue): "\(kind)(\(hexadecimal(rawValue)))"
    default: kind.description
    }
  }
}

extension Verdict: CustomStringConvertible {
  /// The action's description; data bits that the action does not read follow it, as in `ALLOW+0x7`.
  public var description: String {
    kind.hasData || kind == .unknown || data == 0
      ? action.description : "\(action)+0x\(String(data, radix: 16))"
  }
}

/// `value` as `0x` and eight digits.
private func hexadecimal(_ value: UInt32) -> String {
  let digits = String(value, radix: 16)
  return "0x" + String(repeating: "0", count: 8 - digits.count) + digits
}
