import Profiles
import SeccompModel

extension Minimizer {
  /// Smaller argument indexes and values, in the rules and in the call together, then one by one.
  static let valuePasses: [Pass<MinimizableCase>] = [
    Pass(name: "renumber arguments") { current, index in
      let (high, low) = index.quotientAndRemainder(dividingBy: Arguments.count)
      guard high < Arguments.count else { return .end }
      return low < high ? .candidate(current.exchangingArguments(low, high)) : .nothing
    },
    Pass(name: "clear unused second values") { current, index in
      guard let (entry, position) = current.conditionPlace(index) else { return .end }
      let condition = current.profile.entries[entry].conditions[position]
      guard condition.comparison != .maskedEqual, condition.valueTwo != 0 else { return .nothing }
      var candidate = current
      candidate.profile.entries[entry].conditions[position].valueTwo = 0
      return .candidate(candidate)
    },
    Pass(name: "lower all values of an argument") { current, index in
      let (place, step) = index.quotientAndRemainder(dividingBy: 4)
      guard place < Arguments.count else { return .end }
      let values = current.profile.entries.flatMap(\.conditions).filter { $0.index == place }.map(\.value)
      guard let least = values.min(), least > 0 else { return .nothing }
      let distance = [least, least - 1, least / 2, 1][step]
      guard distance > 0 else { return .nothing }
      return .candidate(
        current.mappingValues(ofArgument: place) { $0 >= distance ? $0 - distance : $0 })
    },
    Pass(name: "a smaller value wherever it stands") { current, index in
      let (place, choice) = index.quotientAndRemainder(dividingBy: simplerCount)
      guard let (entry, position) = current.conditionPlace(place / 2) else { return .end }
      let condition = current.profile.entries[entry].conditions[position]
      let old = place % 2 == 0 ? condition.value : condition.valueTwo
      guard let new = simpler(old, choice) else { return .nothing }
      // Neighbours move along: a call often stands one beside the datum.
      return .candidate(
        current.mappingAllValues {
          switch $0 &- old {
          case 0: new
          case 1: new &+ 1
          case .max where new > 0: new &- 1
          default: $0
          }
        })
    },
    Pass(name: "a smaller value in one condition") { current, index in
      let (place, choice) = index.quotientAndRemainder(dividingBy: simplerCount)
      guard let (entry, position) = current.conditionPlace(place / 2) else { return .end }
      let path: WritableKeyPath<Condition, UInt64> = place % 2 == 0 ? \.value : \.valueTwo
      var candidate = current
      let old = candidate.profile.entries[entry].conditions[position][keyPath: path]
      guard let new = simpler(old, choice) else { return .nothing }
      candidate.profile.entries[entry].conditions[position][keyPath: path] = new
      return .candidate(candidate)
    },
  ]

  static let simplerCount = 18

  /// Choice `choice` of values simpler than `value`: small ones, one half, one bit, then steps towards 0 as a
  /// binary search makes them; nil when that choice is no smaller.
  static func simpler(_ value: UInt64, _ choice: Int) -> UInt64? {
    let simple: UInt64 =
      switch choice {
      case 0...3: UInt64(choice)
      case 4: value & 0xffff_ffff
      case 5: value & 0xffff_ffff_0000_0000
      case 6: 0x1_0000_0000
      case 7: value & 0xffff_ffff | (value >> 32 == 0 ? 0 : 0x1_0000_0000)
      case 8: value == 0 ? 0 : 1 << UInt64(63 - value.leadingZeroBitCount)
      case 9: value & (0 &- value)
      case 10: value >> 16
      case 11: value >> 4
      case 12: value >> 1
      case 13: value - value >> 2
      case 14: value - value >> 4
      case 15: value - value >> 8
      case 16: value &- 0x1_0000_0000
      default: value &- 1
      }
    return simple < value ? simple : nil
  }
}

extension MinimizableCase {
  /// The case with two arguments exchanged in all conditions and in the call.
  func exchangingArguments(_ one: Int, _ other: Int) -> MinimizableCase {
    var result = self
    result.mapConditions { condition in
      if condition.index == one {
        condition.index = UInt32(other)
      } else if condition.index == other {
        condition.index = UInt32(one)
      }
    }
    if let arguments = call?.arguments {
      result.call?.arguments[one] = arguments[other]
      result.call?.arguments[other] = arguments[one]
    }
    return result
  }

  func mappingValues(ofArgument index: Int, _ map: (UInt64) -> UInt64) -> MinimizableCase {
    var result = self
    result.mapConditions { condition in
      if condition.index == index { condition.value = map(condition.value) }
    }
    if let value = call?.arguments[index] { result.call?.arguments[index] = map(value) }
    return result
  }

  func mappingAllValues(_ map: (UInt64) -> UInt64) -> MinimizableCase {
    var result = self
    result.mapConditions { condition in
      condition.value = map(condition.value)
      condition.valueTwo = map(condition.valueTwo)
    }
    if let arguments = call?.arguments {
      for index in 0..<Arguments.count { result.call?.arguments[index] = map(arguments[index]) }
    }
    return result
  }

  private mutating func mapConditions(_ change: (inout Condition) -> Void) {
    for entry in profile.entries.indices {
      for position in profile.entries[entry].conditions.indices {
        change(&profile.entries[entry].conditions[position])
      }
    }
  }
}
