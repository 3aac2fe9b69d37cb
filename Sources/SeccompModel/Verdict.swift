/// A filter's 32-bit return value: 16 action bits and 16 data bits (`SECCOMP_RET_ACTION_FULL`,
/// `SECCOMP_RET_DATA` in `linux/seccomp.h`).
public struct Verdict: RawRepresentable, Hashable, Sendable {
  public let rawValue: UInt32

  @inlinable public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// The action bits, mask 0xffff0000.
  @inlinable public var actionBits: UInt32 { rawValue & 0xffff_0000 }

  /// The data bits, mask 0xffff.
  @inlinable public var data: UInt16 { UInt16(truncatingIfNeeded: rawValue) }

  public var kind: ActionKind {
    switch actionBits {
    case 0x8000_0000: .killProcess
    case 0x0000_0000: .killThread
    case 0x0003_0000: .trap
    case 0x0005_0000: .errno
    case 0x7fc0_0000: .notify
    case 0x7ff0_0000: .trace
    case 0x7ffc_0000: .log
    case 0x7fff_0000: .allow
    default: .unknown
    }
  }

  /// What the kernel does for this value; data that the action does not read is dropped.
  public var action: Action {
    switch kind {
    case .killProcess: .killProcess
    case .killThread: .killThread
    case .trap: .trap(data)
    case .errno: .errno(data)
    case .notify: .notify
    case .trace: .trace(data)
    case .log: .log
    case .allow: .allow
    case .unknown: .unknown(rawValue)
    }
  }

  /// Whether the kernel prefers this value over `other` when both come from one stack of filters: strictly
  /// less, signed, on the action bits (kernel/seccomp.c, `seccomp_run_filters`).
  @inlinable public func outranks(_ other: Verdict) -> Bool {
    Int32(bitPattern: actionBits) < Int32(bitPattern: other.actionBits)
  }
}
