public import SeccompModel

// One builder per operation; the distances of jumps count the instructions skipped.
extension Instruction {
  /// The operation; nil when seccomp accepts no such code.
  @inlinable public var opcode: Opcode? { Opcode(rawValue: code) }

  @inlinable
  public init(_ opcode: Opcode, jumpTrue: UInt8 = 0, jumpFalse: UInt8 = 0, k: UInt32 = 0) {
    self.init(code: opcode.rawValue, jumpTrue: jumpTrue, jumpFalse: jumpFalse, k: k)
  }

  /// A = the word of `seccomp_data` at byte `offset`, a multiple of 4 below 64.
  public static func load(absolute offset: UInt32) -> Instruction { .init(.loadAbsolute, k: offset) }
  /// A = this field of `seccomp_data`.
  public static func load(_ word: DataWord) -> Instruction { .init(.loadAbsolute, k: word.offset) }
  /// A = `value`
  public static func load(immediate value: UInt32) -> Instruction { .init(.loadImmediate, k: value) }
  /// A = M[`index`], 0 to 15
  public static func load(memory index: UInt32) -> Instruction { .init(.loadMemory, k: index) }
  /// X = `value`
  public static func loadX(immediate value: UInt32) -> Instruction { .init(.loadXImmediate, k: value) }
  /// X = M[`index`], 0 to 15
  public static func loadX(memory index: UInt32) -> Instruction { .init(.loadXMemory, k: index) }
  /// A = 64
  public static var loadLength: Instruction { .init(.loadLength) }
  /// X = 64
  public static var loadXLength: Instruction { .init(.loadXLength) }
  /// M[`index`] = A
  public static func store(memory index: UInt32) -> Instruction { .init(.storeA, k: index) }
  /// M[`index`] = X
  public static func storeX(memory index: UInt32) -> Instruction { .init(.storeX, k: index) }
  /// X = A
  public static var copyAToX: Instruction { .init(.copyAToX) }
  /// A = X
  public static var copyXToA: Instruction { .init(.copyXToA) }
  /// A = −A
  public static var negate: Instruction { .init(.negate) }
  /// A = A & `mask`
  public static func and(_ mask: UInt32) -> Instruction { .init(.andK, k: mask) }
  /// An operation without a constant, or with one.
  public static func operation(_ opcode: Opcode, _ k: UInt32 = 0) -> Instruction { .init(opcode, k: k) }

  /// Skip `distance` instructions.
  public static func jump(_ distance: UInt32) -> Instruction { .init(.jump, k: distance) }
  /// Skip `then` instructions when A == `value`, else `otherwise`.
  public static func jump(equal value: UInt32, then: UInt8, otherwise: UInt8) -> Instruction {
    .init(.jumpEqualK, jumpTrue: then, jumpFalse: otherwise, k: value)
  }
  /// Skip `then` instructions when A > `value`, else `otherwise`.
  public static func jump(greater value: UInt32, then: UInt8, otherwise: UInt8) -> Instruction {
    .init(.jumpGreaterK, jumpTrue: then, jumpFalse: otherwise, k: value)
  }
  /// Skip `then` instructions when A ≥ `value`, else `otherwise`.
  public static func jump(greaterOrEqual value: UInt32, then: UInt8, otherwise: UInt8) -> Instruction {
    .init(.jumpGreaterOrEqualK, jumpTrue: then, jumpFalse: otherwise, k: value)
  }
  /// Skip `then` instructions when A & `mask` is not 0, else `otherwise`.
  public static func jump(anyBit mask: UInt32, then: UInt8, otherwise: UInt8) -> Instruction {
    .init(.jumpSetK, jumpTrue: then, jumpFalse: otherwise, k: mask)
  }

  /// Return `value`.
  public static func `return`(_ value: UInt32) -> Instruction { .init(.returnK, k: value) }
  /// Return the value that asks for `action`.
  public static func `return`(_ action: Action) -> Instruction { .return(action.verdict.rawValue) }
  /// Return A.
  public static var returnA: Instruction { .init(.returnA) }
}
