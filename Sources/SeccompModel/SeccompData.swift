/// What a filter sees of a call: `struct seccomp_data` of `linux/seccomp.h`, 64 bytes, the same layout.
@frozen
public struct SeccompData: Hashable, Sendable {
  /// The call's number: the low 32 bits of the number register.
  public var number: UInt32
  /// The `AUDIT_ARCH_*` token of the entry path.
  public var architecture: UInt32
  /// The address after the instruction that entered the kernel.
  public var instructionPointer: UInt64
  /// The full 64-bit argument registers, on every entry path.
  public var arguments: Arguments

  /// Size in bytes; also the first offset that a filter may not load.
  public static let size: UInt32 = 64

  @inlinable
  public init(
    number: UInt32, architecture: UInt32, instructionPointer: UInt64 = 0,
    arguments: Arguments = Arguments()
  ) {
    self.number = number
    self.architecture = architecture
    self.instructionPointer = instructionPointer
    self.arguments = arguments
  }
}
