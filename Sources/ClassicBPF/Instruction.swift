/// One classic-BPF instruction: `struct sock_filter` of `linux/filter.h`, 8 bytes, the same layout.
@frozen
public struct Instruction: Hashable, Sendable {
  public var code: UInt16
  /// Instructions to skip when a conditional jump's test holds.
  public var jumpTrue: UInt8
  /// Instructions to skip when it does not.
  public var jumpFalse: UInt8
  /// The constant: an offset, an operand, a jump distance or a return value.
  public var k: UInt32

  @inlinable
  public init(code: UInt16, jumpTrue: UInt8 = 0, jumpFalse: UInt8 = 0, k: UInt32 = 0) {
    self.code = code
    self.jumpTrue = jumpTrue
    self.jumpFalse = jumpFalse
    self.k = k
  }
}
