import Profiles
import SeccompModel

/// How wide an ABI's arguments are, which decides what a comparison compares.
enum ArgumentWidth: UInt8, Sendable {
  /// x86_64: 64-bit registers.
  case full
  /// i386: 32 bits. On `int $0x80` from 64-bit code the filter sees more, the call does not (seccomp(2)).
  case low
  /// x32: calls take 64-bit registers in an ABI whose pointers and longs have 32 bits.
  case either
}

/// A rule's condition, ready to be put to a call.
///
/// seccomp_rule_add(3) gives the operators: each "matches when the argument value is … the datum value", and
/// `SCMP_CMP_MASKED_EQ` "when the masked argument value is equal to the masked datum value", so bits of the
/// datum outside the mask play no part. The datum type `scmp_datum_t` is unsigned with 64 bits.
struct ComparableCondition: Sendable {
  let comparison: Condition.Comparison
  /// 0 to 5, or anything else for an argument that no call has.
  let index: UInt32
  /// The value compared with.
  let datum: UInt64
  /// All ones unless the comparison is masked.
  let mask: UInt64

  init(_ condition: Condition) {
    comparison = condition.comparison
    index = condition.index
    if condition.comparison == .maskedEqual {
      mask = condition.value
      datum = condition.valueTwo
    } else {
      mask = .max
      datum = condition.value
    }
  }

  /// Whether the condition holds for `argument` at this width.
  ///
  /// Where the ABI's arguments have 32 bits, nothing in the texts tells whether a datum or mask with more is
  /// cut to 32 bits or compared as the number it is; where that matters for this argument the answer is open.
  /// For x32 they do not tell either how wide its arguments are: open where 32 and 64 bits differ.
  @inline(__always)
  func holds(for argument: UInt64, width: ArgumentWidth) -> Truth {
    guard width != .full else { return compare(argument, datum, mask) ? .yes : .no }
    let low = argument & 0xffff_ffff
    let asNumber = compare(low, datum, mask)
    let cut = compare(low, datum & 0xffff_ffff, mask & 0xffff_ffff)
    let narrow = Truth(readings: asNumber, cut)
    guard width == .either, narrow != .open else { return narrow }
    return Truth(readings: cut, compare(argument, datum, mask))
  }

  /// Whether the condition holds for an argument of 32 bits that nobody can see: yes or no where its value
  /// makes no difference.
  func holdsForHiddenArgument() -> Truth {
    guard index < UInt32(Arguments.count) else { return .no }
    let asNumber = holdsForEveryOrNoArgument(datum: datum, mask: mask)
    let cut = holdsForEveryOrNoArgument(datum: datum & 0xffff_ffff, mask: mask & 0xffff_ffff)
    return asNumber == cut ? asNumber : .open
  }

  @inline(__always)
  private func compare(_ argument: UInt64, _ datum: UInt64, _ mask: UInt64) -> Bool {
    switch comparison {
    case .notEqual: argument != datum
    case .lessThan: argument < datum
    case .lessOrEqual: argument <= datum
    case .equal: argument == datum
    case .greaterOrEqual: argument >= datum
    case .greaterThan: argument > datum
    case .maskedEqual: argument & mask == datum & mask
    }
  }

  /// Yes if every 32-bit argument satisfies the comparison, no if none does.
  private func holdsForEveryOrNoArgument(datum: UInt64, mask: UInt64) -> Truth {
    let largest: UInt64 = 0xffff_ffff
    switch comparison {
    case .equal: return datum > largest ? .no : .open
    case .notEqual: return datum > largest ? .yes : .open
    case .maskedEqual:
      if (datum & mask) > largest { return .no }
      return mask & largest == 0 ? .yes : .open
    case .lessThan, .lessOrEqual, .greaterOrEqual, .greaterThan:
      // Monotonic in the argument, so the two ends tell.
      return Truth(readings: compare(0, datum, mask), compare(largest, datum, mask))
    }
  }
}
