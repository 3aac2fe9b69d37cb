import SeccompModel

/// The numbers of one ABI and where its calls' slots are.
struct CallSpace: Sendable {
  /// Whether the policy lists the ABI.
  var isListed = false
  /// Index of number 0's slot.
  var firstSlot: Int32 = 0
  /// Numbers from here on have no rule.
  var slotCount: UInt32 = 0
  var width: ArgumentWidth
}

/// Who answers for a number under an architecture token.
enum Location {
  /// The rules of this slot, with arguments of this width.
  case slot(Int, ArgumentWidth)
  case defaultAction
  case badArchitecture
  /// The texts leave open whether it is the default or the bad-architecture action.
  case defaultOrBadArchitecture
}

/// The three ABIs that an x86 kernel's calls can belong to.
struct Spaces: Sendable {
  var x86_64 = CallSpace(width: .full)
  var x32 = CallSpace(width: .either)
  var i386 = CallSpace(width: .low)

  @inline(__always)
  func locate(number: UInt32, architecture: UInt32) -> Location {
    if architecture == AuditToken.x86_64 {
      if number >> 31 != 0 {
        return switch (x86_64.isListed, x32.isListed) {
        case (true, true): .defaultAction
        case (false, false): .badArchitecture
        default: .defaultOrBadArchitecture
        }
      }
      return number & x32SyscallBit == 0
        ? Spaces.locate(number, in: x86_64) : Spaces.locate(number ^ x32SyscallBit, in: x32)
    }
    return architecture == AuditToken.i386 ? Spaces.locate(number, in: i386) : .badArchitecture
  }

  @inline(__always)
  private static func locate(_ number: UInt32, in space: CallSpace) -> Location {
    guard space.isListed else { return .badArchitecture }
    return number < space.slotCount
      ? .slot(Int(space.firstSlot) + Int(number), space.width) : .defaultAction
  }
}

/// The rules that may match one number of one ABI.
struct Slot: Sendable {
  var firstRule: Int32 = 0
  var ruleCount: Int32 = 0
  /// Meaning of the verdict, whatever the arguments are, if ``isConstant``.
  var constant: UInt32 = 0
  var isConstant = false
}
