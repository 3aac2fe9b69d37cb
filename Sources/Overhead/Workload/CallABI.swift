package import SeccompModel

/// By which of this machine's ABIs a call is made.
package enum CallABI: String, Codable, Hashable, Sendable, CaseIterable {
  case x86_64
  case i386
  case x32

  /// The ABI of a call as a filter sees it. A number with bit 31 is a negative one, which is none of x32's.
  package init(architecture: UInt32, number: UInt32) {
    if architecture == AuditToken.i386 {
      self = .i386
    } else {
      self = number >> 30 == 1 ? .x32 : .x86_64
    }
  }

  /// The architecture that a filter sees.
  package var auditToken: UInt32 { self == .i386 ? AuditToken.i386 : AuditToken.x86_64 }

  /// How such a call enters the kernel from 64-bit code.
  package var entryPath: EntryPath { self == .i386 ? .int80 : .syscall }

  package var table: SyscallTable {
    switch self {
    case .x86_64: .x86_64
    case .i386: .i386
    case .x32: .x32
    }
  }
}
