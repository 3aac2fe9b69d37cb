import ClassicBPF
import SeccompModel

/// A small generator with the same sequence everywhere (SplitMix64).
struct TestRandom: RandomNumberGenerator {
  var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ z >> 30) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ z >> 27) &* 0x94d0_49bb_1331_11eb
    return z ^ z >> 31
  }

  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
  mutating func chance(_ percent: Int) -> Bool { below(100) < percent }
  mutating func pick<T>(_ values: [T]) -> T { values[below(values.count)] }
}

/// Values at which 32-bit arithmetic and comparison change their mind.
let interestingWords: [UInt32] = [
  0, 1, 2, 3, 4, 7, 8, 31, 32, 33, 39, 63, 64, 255, 511, 512, 0x7fff_ffff, 0x8000_0000, 0x8000_0001,
  0xffff_fffe,
  0xffff_ffff, 0x4000_0000, 0x4000_0027, 0xc000_003e, 0x4000_0003, 0x7fff_0000, 0x0005_0001,
]

/// Draws programs that the checker accepts, from all 41 operations, and calls to run them on.
struct ProgramGenerator {
  var random: TestRandom

  init(seed: UInt64) { random = TestRandom(seed) }

  mutating func acceptedProgram(operations: [Opcode] = Opcode.allCases, longest: Int = 32) -> Filter {
    while true {
      let filter = program(operations: operations, longest: longest)
      if (try? filter.check()) != nil { return filter }
    }
  }

  private mutating func program(operations: [Opcode], longest: Int) -> Filter {
    var instructions: [Instruction] = []
    var written: [UInt32] = []
    if random.chance(50), operations.contains(.storeA) {
      for _ in 0...random.below(3) {
        let word = UInt32(random.below(16))
        written.append(word)
        instructions.append(.init(random.chance(50) ? .storeA : .storeX, k: word))
      }
    }
    let count = instructions.count + 1 + random.below(longest)
    while instructions.count < count {
      let room = count - instructions.count
      let opcode = random.pick(operations)
      // A return in the middle only now and then, or most programs end at once.
      if opcode.isReturn, random.chance(70) { continue }
      instructions.append(instruction(opcode, room: room, written: written))
    }
    instructions.append(
      random.chance(30) && operations.contains(.returnA) ? .returnA : .return(random.pick(interestingWords)))
    return Filter(instructions)
  }

  private mutating func instruction(_ opcode: Opcode, room: Int, written: [UInt32]) -> Instruction {
    let constant =
      random.chance(80) ? random.pick(interestingWords) : UInt32(truncatingIfNeeded: random.next())
    switch opcode {
    case .loadAbsolute:
      let word = random.chance(50) ? random.below(2) : random.below(16)
      return .load(absolute: UInt32(word) * 4)
    case .loadMemory, .loadXMemory: return .init(opcode, k: written.isEmpty ? 0 : random.pick(written))
    case .storeA, .storeX: return .init(opcode, k: UInt32(random.below(16)))
    case .shiftLeftK, .shiftRightK: return .init(opcode, k: constant % 32)
    case .divideK: return .init(opcode, k: max(1, constant))
    case .jump: return .init(opcode, k: UInt32(random.below(room)))
    case _ where opcode.isConditionalJump:
      return .init(
        opcode, jumpTrue: UInt8(random.below(min(room, 255))), jumpFalse: UInt8(random.below(min(room, 255))),
        k: constant)
    default: return .init(opcode, k: constant)
    }
  }

  /// A call with values from the program and from the list.
  mutating func data(for filter: Filter) -> SeccompData {
    var data = SeccompData(
      number: random.chance(50) ? UInt32(random.below(600)) : random.pick(interestingWords),
      architecture: random.chance(80)
        ? random.pick([AuditToken.x86_64, AuditToken.i386]) : random.pick(interestingWords))
    for word in DataWord.all {
      switch random.below(word.index < 2 ? 8 : 4) {
      case 0: data[word] = random.pick(filter.instructions).k
      case 1: data[word] = random.pick(filter.instructions).k &+ (random.chance(50) ? 1 : .max)
      case 2 where word.index > 1: data[word] = random.pick(interestingWords)
      case 3 where word.index > 1: data[word] = UInt32(truncatingIfNeeded: random.next())
      default: break
      }
    }
    return data
  }
}
