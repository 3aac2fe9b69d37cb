import ClassicBPF
import SeccompModel

/// Filters of the shape that libseccomp writes.
enum SampleFilters {
  /// x86_64 with three rules, one of them on 64-bit and masked arguments; then i386 with one.
  static let small = Filter([
    /* 0 */ .load(.architecture),
    /* 1 */ .jump(equal: AuditToken.x86_64, then: 2, otherwise: 0),
    /* 2 */ .jump(equal: AuditToken.i386, then: 14, otherwise: 0),
    /* 3 */ .return(.killProcess),
    /* 4 */ .load(.number),
    /* 5 */ .jump(greaterOrEqual: x32SyscallBit, then: 0, otherwise: 1),
    /* 6 */ .jump(equal: x32SyscallBit | 39, then: 13, otherwise: 12),
    /* 7 */ .jump(equal: 0, then: 12, otherwise: 0),
    /* 8 */ .jump(equal: 135, then: 0, otherwise: 10),
    /* 9 */ .load(.high(argument: 0)),
    /* 10 */ .jump(equal: 0, then: 0, otherwise: 8),
    /* 11 */ .load(.low(argument: 0)),
    /* 12 */ .jump(greater: 8, then: 6, otherwise: 0),
    /* 13 */ .load(.low(argument: 1)),
    /* 14 */ .and(0xff00),
    /* 15 */ .jump(equal: 0x1200, then: 4, otherwise: 3),
    /* 16 */ .return(.trace(7)),
    /* 17 */ .load(.number),
    /* 18 */ .jump(equal: 20, then: 1, otherwise: 0),
    /* 19 */ .return(.errno(38)),
    /* 20 */ .return(.allow),
  ])

  /// A filter whose instructions 3 and 5 no call reaches: the number cannot be 2 and above 5, nor its low byte 3
  /// when its low bits are 0.
  static let contradictory = Filter([
    /* 0 */ .load(.number),
    /* 1 */ .jump(equal: 2, then: 0, otherwise: 2),
    /* 2 */ .jump(greater: 5, then: 0, otherwise: 5),
    /* 3 */ .return(.trap(1)),
    /* 4 */ .jump(anyBit: 0b11, then: 3, otherwise: 0),
    /* 5 */ .and(0xff),
    /* 6 */ .jump(equal: 3, then: 0, otherwise: 1),
    /* 7 */ .return(.trap(2)),
    /* 8 */ .return(.allow),
  ])

  /// A long comparison chain, as libseccomp's linear form has for `count` calls.
  static func chain(_ count: Int) -> Filter {
    var instructions: [Instruction] = [.load(.number)]
    for number in 0..<count {
      instructions += [
        .jump(equal: UInt32(number), then: 0, otherwise: 1), .return(.errno(UInt16(number + 1))),
      ]
    }
    return Filter(instructions + [.return(.allow)])
  }
}
