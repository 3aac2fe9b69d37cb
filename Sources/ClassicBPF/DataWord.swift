public import SeccompModel

/// One of the 16 words of `struct seccomp_data` (`linux/seccomp.h`), little-endian: what a filter can load.
@frozen
public struct DataWord: Hashable, Sendable, CustomStringConvertible {
  /// 0 to 15; the byte offset is four times that.
  public let index: UInt8

  public static let count = 16
  public static let number = DataWord(unchecked: 0)
  public static let architecture = DataWord(unchecked: 1)
  public static let instructionPointerLow = DataWord(unchecked: 2)
  public static let instructionPointerHigh = DataWord(unchecked: 3)
  /// Every word, by offset.
  public static let all = (0..<UInt8(count)).map { DataWord(unchecked: $0) }

  @usableFromInline
  init(unchecked index: UInt8) { self.index = index }

  /// The word at a byte offset; nil unless the offset is a multiple of 4 below 64.
  @inlinable
  public init?(offset: UInt32) {
    guard offset < SeccompData.size, offset & 3 == 0 else { return nil }
    index = UInt8(truncatingIfNeeded: offset >> 2)
  }

  /// The low half of argument `index`, 0 to 5.
  public static func low(argument index: Int) -> DataWord { DataWord(unchecked: UInt8(4 + 2 * index)) }
  /// The high half of argument `index`, 0 to 5.
  public static func high(argument index: Int) -> DataWord { DataWord(unchecked: UInt8(5 + 2 * index)) }

  /// Byte offset in `struct seccomp_data`.
  public var offset: UInt32 { UInt32(index) * 4 }

  /// The argument this is a half of; nil for the number, the architecture and the instruction pointer.
  public var argument: Int? { index < 4 ? nil : (Int(index) - 4) / 2 }

  /// Whether this is the upper half of a 64-bit field.
  public var isHigh: Bool { index > 1 && index & 1 == 1 }

  public var description: String {
    switch index {
    case 0: "nr"
    case 1: "arch"
    case 2: "ip.low"
    case 3: "ip.high"
    default: "args[\((index - 4) / 2)].\(isHigh ? "high" : "low")"
    }
  }
}

extension SeccompData {
  /// The word that a filter loads from `word`'s offset.
  public subscript(word: DataWord) -> UInt32 {
    get {
      switch word.index {
      case 0: return number
      case 1: return architecture
      default:
        let whole = word.index < 4 ? instructionPointer : arguments[(Int(word.index) - 4) / 2]
        return UInt32(truncatingIfNeeded: word.isHigh ? whole >> 32 : whole)
      }
    }
    set {
      switch word.index {
      case 0: number = newValue
      case 1: architecture = newValue
      case 2, 3: instructionPointer.replaceHalf(high: word.isHigh, by: newValue)
      default: arguments[(Int(word.index) - 4) / 2].replaceHalf(high: word.isHigh, by: newValue)
      }
    }
  }
}

extension UInt64 {
  fileprivate mutating func replaceHalf(high: Bool, by half: UInt32) {
    self =
      high
      ? self & 0x0000_0000_ffff_ffff | UInt64(half) << 32
      : self & 0xffff_ffff_0000_0000 | UInt64(half)
  }
}
