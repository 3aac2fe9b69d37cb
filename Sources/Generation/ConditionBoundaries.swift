package import Profiles

extension Condition {
  /// The value that the argument, masked or not, is compared with.
  package var datum: UInt64 { comparison == .maskedEqual ? valueTwo : value }

  /// A value that satisfies the condition over 64 bits, where one exists; else the datum.
  package var satisfying: UInt64 {
    switch comparison {
    case .equal, .lessOrEqual, .greaterOrEqual: value
    case .maskedEqual: valueTwo & value
    case .notEqual, .greaterThan: value &+ 1
    case .lessThan: value &- 1
    }
  }

  /// Values next to which the answer may change: the datum and its neighbours. For a mask: the datum with the
  /// bits outside the mask clear, set, and with a bit inside flipped.
  package var nearValues: [UInt64] {
    guard comparison == .maskedEqual else { return [value, value &+ 1, value &- 1] }
    let lowest = value & (0 &- value)
    return [valueTwo & value, valueTwo | ~value, (valueTwo & value) ^ lowest]
  }

  /// Values that make a compiler's work on 32-bit halves show: each half dropped, set, changed by one, the
  /// halves exchanged, the value sign-extended.
  package var halfValues: [UInt64] {
    let low = datum & 0xffff_ffff
    let high = datum & 0xffff_ffff_0000_0000
    return [
      low, high, low | 0xffff_ffff_0000_0000, high | 0xffff_ffff, datum &+ 0x1_0000_0000,
      datum &- 0x1_0000_0000, high | (low &+ 1) & 0xffff_ffff, high | (low &- 1) & 0xffff_ffff,
      datum << 32 | datum >> 32, UInt64(bitPattern: Int64(Int32(truncatingIfNeeded: datum))),
    ]
  }

  /// Everything worth trying against this condition alone: ``nearValues``, ``halfValues``, and for a mask the
  /// datum with each bit of the mask flipped and the mask itself.
  package var boundaryValues: [UInt64] {
    var values = nearValues + halfValues
    if comparison == .maskedEqual {
      values += [valueTwo, value, ~value]
      for bit in 0..<64 as Range<UInt64> where value & 1 << bit != 0 {
        values.append((valueTwo & value) ^ 1 << bit)
      }
    }
    return values
  }
}
