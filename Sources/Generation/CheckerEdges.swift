import ClassicBPF
import SeccompModel

/// Programs at the edges of everything that the kernel checks when it loads a filter, on both sides of each.
enum CheckerEdges {
  /// Programs in one case.
  static let turnSize = 16

  /// The programs whose turn it is; all come up again and again.
  static func trials(turn: UInt64) -> [Filter] {
    let start = Int(turn % UInt64(all.count)) * turnSize % all.count
    return (0..<min(turnSize, all.count)).map { all[(start + $0) % all.count] }
  }

  static let all: [Filter] = lengths + lastInstructions + constants + jumps + memory + deadCode

  private static let allow = Instruction.return(.allow)

  private static func repeated(_ instruction: Instruction, _ count: Int) -> Filter {
    Filter(Array(repeating: instruction, count: max(count - 1, 0)) + (count > 0 ? [allow] : []))
  }

  private static let lengths: [Filter] = [
    repeated(allow, 0), repeated(allow, 1), repeated(.load(.number), 1), repeated(.load(.number), 2),
    repeated(.load(immediate: 0), 4095), repeated(.load(immediate: 0), 4096),
    repeated(.load(immediate: 0), 4097),
    repeated(.jump(0), 4096), repeated(allow, 4096), repeated(allow, 4097),
  ]

  private static let lastInstructions: [Filter] =
    [
      allow, .returnA, Instruction(code: 0x0e), Instruction(code: 0x1e), .load(.number), .jump(0), .negate,
      .jump(equal: 0, then: 0, otherwise: 0), Instruction(code: 0x06, jumpTrue: 255, jumpFalse: 255, k: 7),
      Instruction(code: 0x16, jumpTrue: 1, jumpFalse: 1, k: .max),
    ].flatMap { [Filter([.load(.number), $0]), Filter([allow, $0]), Filter([$0])] }

  private static let constants: [Filter] = {
    var tested: [Instruction] = []
    for k: UInt32 in [
      0, 4, 56, 57, 60, 61, 62, 63, 64, 68, 0x7fff_fffc, 0xffff_f000, 0xffff_f03c, 0xffff_ffff,
    ] {
      tested.append(.load(absolute: k))
    }
    for k: UInt32 in [0, 1, 30, 31, 32, 33, 64, 0x8000_0000, 0x8000_001f, 0xffff_ffff] {
      tested += [.operation(.shiftLeftK, k), .operation(.shiftRightK, k)]
    }
    for k: UInt32 in [0, 1, 0x8000_0000, 0xffff_ffff] {
      tested += [.operation(.divideK, k), Instruction(code: 0x94, k: k), .operation(.divideX, k)]
    }
    // Fields that nothing reads may hold anything.
    for opcode: Opcode in [.negate, .copyAToX, .copyXToA, .addX, .shiftLeftX, .loadLength, .loadXLength] {
      tested.append(Instruction(opcode, jumpTrue: 255, jumpFalse: 255, k: .max))
    }
    for code: UInt16 in [0x28, 0x30, 0x40, 0x48, 0x50, 0xb1, 0x9c, 0x8c, 0x20 | 0x100, 0x8006, 0xffff] {
      tested.append(Instruction(code: code, k: 4))
    }
    return tested.map { Filter([$0, .returnA]) }
  }()

  private static let jumps: [Filter] = {
    // Two instructions stand behind the jump: distance 1 reaches the last, 2 leaves.
    var filters = ([0, 1, 2, 3, 0x7fff_ffff, 0x8000_0000, 0xffff_fffd, 0xffff_fffe, 0xffff_ffff] as [UInt32])
      .map {
        Filter([.jump($0), .load(.number), allow])
      }
    for (then, otherwise) in [(0, 0), (1, 0), (0, 1), (1, 1), (2, 0), (0, 2), (2, 2), (255, 0), (0, 255)] {
      for opcode: Opcode in [.jumpEqualK, .jumpGreaterX, .jumpSetK, .jumpGreaterOrEqualX] {
        filters.append(
          Filter([
            Instruction(opcode, jumpTrue: UInt8(then), jumpFalse: UInt8(otherwise), k: 0x8000_0000),
            .load(.number), allow,
          ]))
      }
    }
    // The longest distances there are.
    for room in [255, 256, 257] {
      filters.append(
        Filter(
          [.jump(equal: 0, then: 255, otherwise: 254)] + Array(repeating: .negate, count: room - 1) + [allow])
      )
    }
    for distance: UInt32 in [4093, 4094, 4095] {
      filters.append(
        Filter([.jump(distance)] + Array(repeating: .negate, count: 4094) + [allow]))
    }
    return filters
  }()

  private static let memory: [Filter] = {
    var filters: [Filter] = []
    for k: UInt32 in [0, 14, 15, 16, 17, 31, 0x8000_0000, 0xffff_ffff] {
      filters += [
        Filter([.store(memory: k), .returnA]), Filter([.storeX(memory: k), allow]),
        Filter([.store(memory: k), .load(memory: k), .returnA]), Filter([.load(memory: k), .returnA]),
        Filter([.storeX(memory: k), .loadX(memory: k), allow]), Filter([.loadX(memory: k), allow]),
      ]
    }
    filters += [
      // Written on one way only, on the other only, on both, behind the meeting point.
      Filter([.jump(equal: 0, then: 0, otherwise: 1), .store(memory: 3), .load(memory: 3), .returnA]),
      Filter([.jump(equal: 0, then: 1, otherwise: 0), .store(memory: 3), .load(memory: 3), .returnA]),
      Filter([
        .jump(equal: 0, then: 2, otherwise: 0), .store(memory: 3), .jump(1), .storeX(memory: 3),
        .load(memory: 3),
        .returnA,
      ]),
      Filter([
        .store(memory: 3), .jump(equal: 0, then: 1, otherwise: 0), .store(memory: 4), .load(memory: 3),
        .returnA,
      ]),
      Filter([.load(memory: 3), .store(memory: 3), .returnA]),
      Filter([.store(memory: 2), .load(memory: 3), .returnA]),
    ]
    return filters
  }()

  private static let deadCode: [Filter] = [
    // Behind a return the words written stay as they are; behind a jump all of them count as written.
    Filter([allow, .load(memory: 0), .returnA]), Filter([.jump(1), .load(memory: 0), .returnA]),
    Filter([.store(memory: 0), allow, .load(memory: 0), .returnA]),
    Filter([.jump(equal: 0, then: 1, otherwise: 1), .load(memory: 0), .returnA]),
    Filter([.jump(1), allow, .load(memory: 0), .returnA]),
    // Refused although nothing leads there.
    Filter([allow, Instruction(code: 0x94, k: 1), allow]),
    Filter([.jump(1), .operation(.divideK, 0), allow]),
    Filter([.jump(1), .load(absolute: 64), allow]), Filter([.jump(1), .jump(7), allow]),
    Filter([allow, .operation(.shiftLeftK, 32), allow]), Filter([allow, allow]),
    Filter([allow, .load(.number)]),
  ]
}
