import ClassicBPF
import SeccompModel

/// Writes one sound program: blocks of straight instructions, each ended by a jump to later blocks or by a return. What
/// every scratch word and A hold is followed as far as soundness and apt constants need it.
struct ProgramWriter {
  /// How a program is to look.
  struct Style {
    var blocks: ClosedRange<Int>
    /// Instructions of a block before its end.
    var straight: ClosedRange<Int>
    /// Of 64 ends, how many are an unconditional jump, a return in the middle, none.
    var jumps = 4
    var returns = 6
    var fallsThrough = 4
    /// Of 16 loads, how many are of the number, of the architecture, of the instruction pointer.
    var numberLoads = 5
    var architectureLoads = 1
    var pointerLoads = 1
    /// Of 16 returns, how many return A.
    var computedReturns = 3
    /// Of 16 straight instructions, how many load a word; the rest compute, move and store.
    var loads = 4
  }

  private enum End {
    case branch(Opcode, k: UInt32, then: Int, otherwise: Int)
    case jump(Int)
    case next
    case leave(Instruction)
  }

  /// What A is known to hold.
  enum Holding { case word(DataWord), length, computed }

  private let style: Style
  private var pool: WordPool
  private var blocks: [(straight: [Instruction], end: End)] = []
  /// The scratch words that the kernel's checker takes for written before each block, a bit each.
  private var arriving: [UInt16]
  /// The same at the place being written.
  private var written: UInt16 = 0
  private var holding = Holding.computed

  private init(_ style: Style, using random: inout RandomSource) {
    self.style = style
    pool = WordPool(using: &random)
    arriving = Array(repeating: .max, count: random.within(style.blocks) + 1)
  }

  static func program(_ style: Style, using random: inout RandomSource) -> Filter {
    var writer = ProgramWriter(style, using: &random)
    writer.write(using: &random)
    return writer.laidOut
  }

  private mutating func write(using random: inout RandomSource) {
    let last = arriving.count - 1
    var isWanted = [Bool](repeating: false, count: last + 1)
    isWanted[0] = true
    for index in 0...last {
      written &= arriving[index]
      holding = .computed
      var straight: [Instruction] = []
      // A block that tests wants something to test.
      if random.chance(7, of: 8) { straight.append(load(using: &random)) }
      for _ in 0..<random.within(style.straight) { straight.append(step(using: &random)) }
      let end = end(of: index, last: last, isNextWanted: index == last || isWanted[index + 1], using: &random)
      switch end {
      case .branch(_, _, let then, let otherwise):
        (isWanted[then], isWanted[otherwise]) = (true, true)
        arriving[then] &= written
        arriving[otherwise] &= written
        written = .max
      case .jump(let target):
        isWanted[target] = true
        arriving[target] &= written
        written = .max
      case .next: isWanted[index + 1] = true
      // As the kernel has it: a return leaves the set as it is.
      case .leave: break
      }
      blocks.append((straight, end))
    }
  }

  private func end(
    of index: Int, last: Int, isNextWanted: Bool, using random: inout RandomSource
  ) -> End {
    guard index < last else { return .leave(leaving(using: &random)) }
    let choice = random.below(64)
    // Code that nothing leads to is sound too, and rare.
    if choice < style.returns, isNextWanted || random.chance(1, of: 16) {
      return .leave(leaving(using: &random))
    }
    switch choice {
    case style.returns..<style.returns + style.jumps:
      return .jump(isNextWanted || random.chance(1, of: 8) ? later(index, last, using: &random) : index + 1)
    case style.returns + style.jumps..<style.returns + style.jumps + style.fallsThrough: return .next
    default: break
    }
    let opcode = Self.tests[random.below(Self.tests.count)]
    let far = later(index, last, using: &random)
    let near = random.chance(3, of: 4) ? index + 1 : later(index, last, using: &random)
    let swaps = random.chance(1, of: 2)
    return .branch(
      opcode, k: constant(for: opcode, using: &random), then: swaps ? far : near,
      otherwise: swaps ? near : far)
  }

  /// A block behind `index`, near enough for a conditional jump's 255 instructions.
  private func later(_ index: Int, _ last: Int, using random: inout RandomSource) -> Int {
    let reach = min(last - index, 250 / (style.straight.upperBound + 2))
    return index + 1 + random.below(random.chance(3, of: 4) ? min(reach, 4) : reach)
  }

  private func leaving(using random: inout RandomSource) -> Instruction {
    random.chance(style.computedReturns, of: 16)
      ? .returnA : .return(VerdictPalette.verdict(using: &random))
  }

  private static let tests: [Opcode] = [
    .jumpEqualK, .jumpEqualK, .jumpGreaterK, .jumpGreaterOrEqualK, .jumpSetK, .jumpEqualX, .jumpGreaterX,
    .jumpGreaterOrEqualX, .jumpSetX,
  ]

  /// A constant that A, as far as it is known, meets for some calls.
  private func constant(for opcode: Opcode, using random: inout RandomSource) -> UInt32 {
    guard !opcode.comparesWithX else { return 0 }
    if opcode == .jumpSetK, random.chance(1, of: 2) { return 1 << UInt32(random.below(32)) }
    switch holding {
    case .word(.number): return pool.number(using: &random)
    case .word(.architecture):
      return random.chance(7, of: 8)
        ? random.pick([AuditToken.x86_64, AuditToken.i386, AuditToken.i386 + 1], else: 0)
        : pool.word(using: &random)
    case .length: return 63 + UInt32(random.below(3))
    case .word, .computed: return pool.word(using: &random)
    }
  }

  private mutating func load(using random: inout RandomSource) -> Instruction {
    let choice = random.below(16)
    let word: DataWord
    switch choice {
    case 0..<style.numberLoads: word = .number
    case style.numberLoads..<style.numberLoads + style.architectureLoads: word = .architecture
    case style.numberLoads + style.architectureLoads..<style.numberLoads + style.architectureLoads
      + style.pointerLoads:
      word = random.chance(1, of: 2) ? .instructionPointerLow : .instructionPointerHigh
    default:
      let argument = random.chance(1, of: 2) ? random.below(2) : random.below(6)
      word = random.chance(2, of: 3) ? .low(argument: argument) : .high(argument: argument)
    }
    holding = .word(word)
    return .load(word)
  }

  private mutating func step(using random: inout RandomSource) -> Instruction {
    if random.chance(style.loads, of: 16) { return load(using: &random) }
    switch random.below(32) {
    case 0..<4:
      let word = random.pick((0..<16 as Range<UInt32>).filter { written >> UInt16($0) & 1 == 1 }, else: 16)
      guard word < 16 else { return store(using: &random) }
      if random.chance(1, of: 2) { return .loadX(memory: word) }
      holding = .computed
      return .load(memory: word)
    case 4..<8: return store(using: &random)
    case 8..<11: return .copyAToX
    case 11, 12:
      holding = .computed
      return .copyXToA
    case 13, 14: return .loadX(immediate: pool.word(using: &random))
    case 15: return .loadXLength
    case 16:
      holding = .length
      return .loadLength
    case 17:
      holding = .computed
      return .load(immediate: pool.word(using: &random))
    default: return arithmetic(using: &random)
    }
  }

  private mutating func store(using random: inout RandomSource) -> Instruction {
    let word = UInt32(random.chance(1, of: 2) ? random.below(4) : random.below(16))
    written |= 1 << UInt16(word)
    return random.chance(1, of: 2) ? .store(memory: word) : .storeX(memory: word)
  }

  private static let operations: [Opcode] = [
    .addK, .addX, .subtractK, .subtractX, .multiplyK, .multiplyX, .divideK, .divideX, .orK, .orX, .andK,
    .andX,
    .andK, .shiftLeftK, .shiftLeftX, .shiftRightK, .shiftRightX, .xorK, .xorX, .negate,
  ]

  private mutating func arithmetic(using random: inout RandomSource) -> Instruction {
    holding = .computed
    let opcode = random.pick(Self.operations, else: .negate)
    switch opcode {
    case .shiftLeftK, .shiftRightK:
      return .operation(opcode, UInt32(random.pick([0, 1, 8, 16, 31, random.below(32)], else: 1)))
    case .divideK: return .operation(opcode, max(1, pool.word(using: &random)))
    case .andK where random.chance(1, of: 2):
      return .operation(opcode, random.pick([1, 3, 0xff, 0xffff, 0x8000_0000, 0x7fff_ffff], else: 1))
    // What is returned later may become an action this way.
    case .orK where random.chance(1, of: 2): return .operation(opcode, VerdictPalette.verdict(using: &random))
    case _ where opcode.rawValue & 0x08 != 0 || opcode == .negate: return .operation(opcode)
    default: return .operation(opcode, pool.word(using: &random))
    }
  }

  /// The blocks one behind the other, their targets as distances.
  private var laidOut: Filter {
    var starts: [Int] = []
    var place = 0
    for block in blocks {
      starts.append(place)
      if case .next = block.end { place += block.straight.count } else { place += block.straight.count + 1 }
    }
    var instructions: [Instruction] = []
    instructions.reserveCapacity(place)
    for block in blocks {
      instructions += block.straight
      let next = instructions.count + 1
      switch block.end {
      case .branch(let opcode, let k, let then, let otherwise):
        instructions.append(
          Instruction(
            opcode, jumpTrue: UInt8(clamping: starts[then] - next),
            jumpFalse: UInt8(clamping: starts[otherwise] - next), k: k))
      case .jump(let target): instructions.append(.jump(UInt32(starts[target] - next)))
      case .next: break
      case .leave(let instruction): instructions.append(instruction)
      }
    }
    return Filter(instructions)
  }
}
