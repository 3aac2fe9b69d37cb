import ClassicBPF

/// Breaks a sound program in one to three places, each by one step over an edge that the kernel checks, or just not over
/// it: which of the two, the checker has to say.
enum FilterBreaker {
  static func broken(_ filter: Filter, using random: inout RandomSource) -> Filter {
    var result = filter
    for _ in 0..<[1, 1, 1, 2, 3][random.below(5)] { breakOne(&result, using: &random) }
    return result
  }

  private static func breakOne(_ filter: inout Filter, using random: inout RandomSource) {
    guard !filter.instructions.isEmpty else { return }
    let count = filter.count
    let place = random.below(count)
    switch random.below(12) {
    case 0: filter.instructions[place].code = nearCode(filter.instructions[place].code, using: &random)
    case 1, 2: retarget(&filter, from: place, using: &random)
    case 3, 4: overstep(&filter, from: place, using: &random)
    case 5: filter.instructions.remove(at: place)
    case 6: filter.instructions.removeLast(min(count, random.within(1...2)))
    case 7: filter.instructions.swapAt(place, random.below(count))
    case 8:
      filter.instructions.append(
        random.pick([.load(.number), .returnA, .jump(0), Instruction(code: 0x0e)], else: .returnA))
    case 9:
      // A load from a word that may be unwritten.
      filter.instructions.insert(
        random.chance(1, of: 2)
          ? .load(memory: UInt32(random.below(16))) : .loadX(memory: UInt32(random.below(16))), at: place)
    case 10:
      // Fields that nothing reads.
      filter.instructions[place].jumpTrue ^= UInt8(truncatingIfNeeded: random.next())
    default: filter.instructions[place].k = WordPool.any(using: &random)
    }
  }

  /// A code one bit away, in another class, of another size, or any.
  private static func nearCode(_ code: UInt16, using random: inout RandomSource) -> UInt16 {
    switch random.below(4) {
    case 0: code ^ 1 << UInt16(random.below(16))
    case 1: code & 0xfff8 | UInt16(random.below(8))
    case 2: random.pick([0x94, 0x9c, 0x28, 0x30, 0x40, 0x48, 0x50, 0xb1, 0x0e, 0x8c, 0x62, 0xa5], else: 0x94)
    default: UInt16(truncatingIfNeeded: random.next())
    }
  }

  /// A jump to the last instruction, one before it, one and two past it, or as far as its field goes.
  private static func retarget(_ filter: inout Filter, from start: Int, using random: inout RandomSource) {
    guard let place = first(in: filter, from: start, where: { $0 == .jump || $0.isConditionalJump }) else {
      return
    }
    let last = filter.count - place - 2
    if filter.instructions[place].opcode == .jump {
      filter.instructions[place].k = random.pick(
        [last, last - 1, last + 1, last + 2].map { UInt32(truncatingIfNeeded: $0) }
          + [0x7fff_ffff, 0x8000_0000, 0xffff_fffe, 0xffff_ffff], else: 0)
    } else {
      let distance = UInt8(clamping: random.pick([last, last - 1, last + 1, last + 2, 255], else: 255))
      if random.chance(1, of: 2) {
        filter.instructions[place].jumpTrue = distance
      } else {
        filter.instructions[place].jumpFalse = distance
      }
    }
  }

  /// A constant beside the edge of what its instruction may have.
  private static func overstep(_ filter: inout Filter, from start: Int, using random: inout RandomSource) {
    let checked: (Opcode) -> Bool = { edges(of: $0) != nil }
    guard let place = first(in: filter, from: start, where: checked),
      let opcode = filter.instructions[place].opcode, let edges = edges(of: opcode)
    else { return }
    filter.instructions[place].k = random.pick(edges, else: 0)
  }

  private static func edges(of opcode: Opcode) -> [UInt32]? {
    switch opcode {
    // The last are the kernel's extensions of socket filters (SKF_AD_OFF, SKF_NET_OFF, SKF_LL_OFF, linux/filter.h).
    case .loadAbsolute: [60, 61, 62, 63, 64, 68, 0xffff_ffff, 0xffff_f000, 0xfff0_0000, 0xffe0_0000]
    case .divideK: [0, 1, 0xffff_ffff]
    case .shiftLeftK, .shiftRightK: [0, 31, 32, 33, 63, 0x8000_0000, 0xffff_ffff]
    case .loadMemory, .loadXMemory, .storeA, .storeX: [0, 14, 15, 16, 17, 0x8000_0000, 0xffff_ffff]
    default: nil
    }
  }

  private static func first(
    in filter: Filter, from start: Int, where isWanted: (Opcode) -> Bool
  ) -> Int? {
    (0..<filter.count).lazy.map { (start + $0) % filter.count }
      .first { filter.instructions[$0].opcode.map(isWanted) ?? false }
  }
}
