package import ClassicBPF
package import SeccompModel

/// Draws calls for programs of any kind: numbers and the halves of arguments come from the programs' constants and their
/// neighbours, mixed with table numbers, edges and noise.
package struct RawCallDrawer: Sendable {
  /// Constants compared with the number.
  private var numbers: [UInt32] = []
  /// Constants compared with each word.
  private let words: [[UInt32]]
  /// Every constant that is no return's and no jump's.
  private var constants: [UInt32] = []

  /// Most constants that are kept: a long program's calls meet some of them.
  private static let limit = 512

  package init(_ stack: [Filter]) {
    let all = stack.map(FilterConstants.init)
    words = (0..<DataWord.count).map { index in Array(all.flatMap { $0.words[index] }.prefix(Self.limit)) }
    numbers = words[Int(DataWord.number.index)]
    for instruction in stack.lazy.flatMap(\.instructions) where constants.count < Self.limit {
      switch instruction.opcode {
      case .loadImmediate, .loadXImmediate, .addK, .subtractK, .multiplyK, .divideK, .orK, .andK, .xorK,
        .jumpEqualK, .jumpGreaterK, .jumpGreaterOrEqualK, .jumpSetK:
        constants.append(instruction.k)
      default: break
      }
    }
  }

  /// Fills the whole of `calls`; the same programs and source state give the same calls on any machine.
  package func fill(_ calls: UnsafeMutableBufferPointer<Call>, using random: inout RandomSource) {
    for index in calls.indices { calls[index] = call(using: &random) }
  }

  package func call(using random: inout RandomSource) -> Call {
    let bits = random.next()
    let entersCompat = bits & 7 < 3
    var number = number(entersCompat: entersCompat, choice: Int(bits >> 3 & 31), using: &random)
    if bits >> 8 & 31 == 0 { number ^= x32SyscallBit }
    // The upper half of the number's register, which nothing may look at.
    let upper = bits >> 13 & 15 == 0 ? random.next() & 0xffff_ffff_0000_0000 : 0
    var arguments = Arguments()
    // One call in eight carries one value all over, so that words can be equal.
    let common = half(of: 4, using: &random)
    for index in 0..<Arguments.count {
      if bits >> 17 & 7 == 0 {
        arguments[index] = UInt64(common) << 32 | UInt64(common)
        continue
      }
      let low = half(of: Int(DataWord.low(argument: index).index), using: &random)
      let high = half(of: Int(DataWord.high(argument: index).index), using: &random)
      arguments[index] = UInt64(high) << 32 | UInt64(low)
    }
    return Call(entersCompat ? .int80 : .syscall, rax: upper | UInt64(number), arguments: arguments)
  }

  private func number(entersCompat: Bool, choice: Int, using random: inout RandomSource) -> UInt32 {
    switch choice {
    case 0..<16 where !numbers.isEmpty: near(random.pick(numbers, else: 0), using: &random)
    case 16..<18 where !constants.isEmpty: near(random.pick(constants, else: 0), using: &random)
    case 0..<26: UInt32(random.below(entersCompat ? 480 : 472))
    case 26..<29: random.pick(NumberEdges.all, else: 0)
    default: WordPool.any(using: &random)
    }
  }

  private func half(of word: Int, using random: inout RandomSource) -> UInt32 {
    switch random.below(16) {
    case 0..<7 where !words[word].isEmpty: near(random.pick(words[word], else: 0), using: &random)
    case 0..<10 where !constants.isEmpty: near(random.pick(constants, else: 0), using: &random)
    case 10..<12: 0
    case 12..<14: WordPool.any(using: &random)
    default: UInt32(truncatingIfNeeded: random.next())
    }
  }

  /// The word, one beside it, or with one bit turned over.
  private func near(_ word: UInt32, using random: inout RandomSource) -> UInt32 {
    let bits = random.next()
    return switch bits & 15 {
    case 0, 1: word &+ 1
    case 2, 3: word &- 1
    case 4: word ^ 1 << UInt32(bits >> 4 & 31)
    default: word
    }
  }
}
