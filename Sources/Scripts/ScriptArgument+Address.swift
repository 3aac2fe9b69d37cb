/// Where the memory that actors share stands: in every actor at the same address, below 2^32 (stage_protocol.h,
/// `STAGE_BASE` and what follows).
package enum ScriptMemory {
  package static let scratch: UInt64 = 0x2008_0000
  /// `struct sock_fprog` of 64-bit callers, 16 bytes each.
  package static let programs: UInt64 = 0x2009_0000
  /// `struct compat_sock_fprog`, 8 bytes each.
  package static let programs32: UInt64 = 0x2009_1000
}

extension ScriptArgument {
  /// The address that the argument means; nil when it means none, or one outside.
  package var address: UInt64? {
    switch self {
    case .scratch(let offset) where (0..<Script.scratchSize).contains(offset):
      ScriptMemory.scratch + UInt64(offset)
    case .program(let filter) where (0..<Script.filterCapacity).contains(filter):
      ScriptMemory.programs + 16 * UInt64(filter)
    case .program32(let filter) where (0..<Script.filterCapacity).contains(filter):
      ScriptMemory.programs32 + 8 * UInt64(filter)
    default: nil
    }
  }
}
