import ClassicBPF
import SeccompModel

extension ProgramWriter {
  static func graph(using random: inout RandomSource) -> Filter {
    program(
      Style(
        blocks: random.chance(1, of: 2) ? 1...6 : 4...24, straight: random.chance(1, of: 2) ? 0...2 : 0...6),
      using: &random)
  }

  static func arithmetic(using random: inout RandomSource) -> Filter {
    program(
      Style(
        blocks: 0...3, straight: 4...24, numberLoads: 3, architectureLoads: 1, computedReturns: 11, loads: 3),
      using: &random)
  }

  /// Tests of the number one after the other, with a return or a few more tests behind each.
  static func dispatch(using random: inout RandomSource) -> Filter {
    program(
      Style(
        blocks: 6...40, straight: 0...1, jumps: 2, returns: 20, fallsThrough: 1, numberLoads: 12,
        architectureLoads: 1, pointerLoads: 0, computedReturns: 1),
      using: &random)
  }
}

/// Programs to mutate that were not drawn: as compilers write them.
enum SamplePrograms {
  static let fallback = Filter([.return(.allow)])

  static let all: [Filter] = [
    // A list of denied calls, as libseccomp writes it.
    Filter(
      [
        .load(.architecture), .jump(equal: AuditToken.x86_64, then: 0, otherwise: 12), .load(.number),
        .jump(greaterOrEqual: x32SyscallBit, then: 0, otherwise: 1),
        .jump(equal: 0xffff_ffff, then: 0, otherwise: 9),
      ]
        + [165, 166, 167, 169, 175, 246, 272].enumerated().map {
          .jump(equal: $1, then: UInt8(7 - $0), otherwise: 0)
        } + [.return(.allow), .return(.errno(1)), .return(.killProcess)]),
    // A binary search over both architectures.
    Filter([
      .load(.number), .load(.architecture), .jump(equal: AuditToken.i386, then: 7, otherwise: 0),
      .load(.number),
      .jump(greater: 101, then: 1, otherwise: 0), .jump(equal: 57, then: 2, otherwise: 1),
      .jump(equal: 165, then: 1, otherwise: 0), .return(.allow), .return(.errno(13)), .return(.trap(3)),
      .load(.number), .jump(greater: 119, then: 1, otherwise: 0), .jump(equal: 20, then: 1, otherwise: 2),
      .jump(equal: 120, then: 0, otherwise: 1), .return(.trace(7)), .return(.log),
    ]),
    // A 64-bit comparison of an argument, and a masked one.
    Filter([
      .load(.number), .jump(equal: 41, then: 0, otherwise: 10), .load(.high(argument: 0)),
      .jump(greater: 0, then: 6, otherwise: 0), .jump(equal: 0, then: 0, otherwise: 5),
      .load(.low(argument: 0)), .jump(greaterOrEqual: 16, then: 3, otherwise: 0),
      .load(.low(argument: 2)), .and(0x800), .jump(equal: 0x800, then: 1, otherwise: 2),
      .return(.errno(97)), .return(.errno(22)), .return(.allow),
    ]),
    // The whole machine: scratch words, X, a computed answer.
    Filter([
      .load(.low(argument: 0)), .store(memory: 15), .copyAToX, .load(.low(argument: 1)),
      .operation(.addX), .operation(.xorK, 0x1234), .store(memory: 0), .loadX(memory: 15),
      .operation(.jumpSetX), .load(memory: 0), .and(0xff), .operation(.orK, 0x0005_0000), .returnA,
    ]),
  ]
}
