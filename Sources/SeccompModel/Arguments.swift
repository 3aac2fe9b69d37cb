/// The six 64-bit argument registers of a call, stored inline: no heap, 48 bytes, in argument order.
@frozen
public struct Arguments: Hashable, Sendable {
  public var a0: UInt64
  public var a1: UInt64
  public var a2: UInt64
  public var a3: UInt64
  public var a4: UInt64
  public var a5: UInt64

  public static let count = 6

  @inlinable
  public init(
    _ a0: UInt64 = 0, _ a1: UInt64 = 0, _ a2: UInt64 = 0, _ a3: UInt64 = 0, _ a4: UInt64 = 0,
    _ a5: UInt64 = 0
  ) {
    self.a0 = a0
    self.a1 = a1
    self.a2 = a2
    self.a3 = a3
    self.a4 = a4
    self.a5 = a5
  }

  /// Argument `index`, 0 to 5; any other index is a programming error.
  @inlinable
  public subscript(index: Int) -> UInt64 {
    get {
      switch index {
      case 0: a0
      case 1: a1
      case 2: a2
      case 3: a3
      case 4: a4
      case 5: a5
      default: preconditionFailure("argument index \(index) is not in 0...5")
      }
    }
    set {
      switch index {
      case 0: a0 = newValue
      case 1: a1 = newValue
      case 2: a2 = newValue
      case 3: a3 = newValue
      case 4: a4 = newValue
      case 5: a5 = newValue
      default: preconditionFailure("argument index \(index) is not in 0...5")
      }
    }
  }
}
