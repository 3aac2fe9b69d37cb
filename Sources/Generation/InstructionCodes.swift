import ClassicBPF
import SeccompModel

/// All 65536 instruction codes, a block at a time.
package enum InstructionCodes {
  /// Codes in one block, a program each.
  package static let blockSize = 64
  package static let blockCount = 65536 / blockSize

  /// One program for each code of block `block`: sound but for what the code makes of one instruction. The instruction's
  /// other fields are in every code's range for half of the programs, so that a code is not refused for them.
  static func trials(block: Int, using random: inout RandomSource) -> [Filter] {
    (0..<blockSize).map { index in
      let code = UInt16(truncatingIfNeeded: block * blockSize + index)
      let isTame = random.chance(1, of: 2)
      let tested = Instruction(
        code: code, jumpTrue: UInt8(random.below(isTame ? 3 : 5)),
        jumpFalse: UInt8(random.below(isTame ? 3 : 5)),
        k: isTame ? UInt32(4 * random.below(4)) : WordPool.any(using: &random))
      return Filter([
        .load(.number), .storeX(memory: 0), .storeX(memory: 4), .storeX(memory: 8), .storeX(memory: 12),
        tested,
        .load(.architecture), .copyAToX, .return(.errno(1)),
      ])
    }
  }
}
