import ClassicBPF
import SeccompModel

/// Programs and stacks near the kernel's limits of length.
enum LongFilters {
  /// A sound program of hundreds to thousands of instructions.
  static func program(using random: inout RandomSource) -> Filter {
    // At most six instructions a block, four on average.
    let blocks = random.within(150...(random.chance(1, of: 2) ? 400 : 1000))
    let filter = ProgramWriter.program(
      ProgramWriter.Style(blocks: blocks...blocks, straight: 0...3, returns: 2), using: &random)
    return filter.count <= Filter.maximumLength ? filter : ProgramWriter.graph(using: &random)
  }

  /// Long filters of which the last brings the whole to the limit of all filters of a thread, or one instruction beyond
  /// it, or a few to either side.
  static func chain(using random: inout RandomSource) -> [Filter] {
    var stack: [Filter] = []
    var total = 0
    while true {
      let rest = Filter.chainLimit - total
      // The last one: its plain part is 3 + its loads + 2 for the return.
      if rest <= Filter.maximumLength {
        let excess = random.pick([0, 0, 1, 1, -1, 2, random.within(-40...40)], else: 0)
        let loads = min(max(rest + excess - 5, 0), Filter.maximumLength - 1)
        stack.append(
          Filter(Array(repeating: .load(immediate: 0), count: loads) + [.return(.allow)]))
        return stack
      }
      let filter = filler(count: random.within(800...Filter.maximumLength), using: &random)
      let length = filter.chainLength + Filter.chainOverhead
      guard rest - length > 64, stack.reduce(filter.count, { $0 + $1.count }) < 28_000 else {
        stack.append(filler(count: min(rest / 8, 512), using: &random))
        total += stack[stack.count - 1].chainLength + Filter.chainOverhead
        continue
      }
      stack.append(filter)
      total += length
    }
  }

  /// One filter of `count` instructions of a kind or two, each of which counts otherwise than one, and an end that allows.
  private static func filler(count: Int, using random: inout RandomSource) -> Filter {
    let kinds: [Instruction] = [
      .load(immediate: 1), .return(.allow), .operation(.divideX), .jump(equal: 1, then: 0, otherwise: 0),
      .jump(equal: 0x8000_0000, then: 0, otherwise: 0), .returnA, .jump(0), .loadX(immediate: 2), .negate,
      .jump(anyBit: 0x8000_0000, then: 0, otherwise: 0), .store(memory: 3),
    ]
    let pair = [random.pick(kinds, else: .negate), random.pick(kinds, else: .negate)]
    // An argument's word first: the kernel gives up working out what the filter allows, which saves time.
    return Filter(
      [.load(.low(argument: 0))] + (0..<max(count - 2, 0)).map { _ in pair[random.below(2)] }
        + [.return(.allow)])
  }
}
