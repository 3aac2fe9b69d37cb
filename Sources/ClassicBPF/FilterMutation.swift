/// One small fault in a filter, of the kinds that a compiler's bug or a broken kernel would make: to see whether a
/// checker of filters notices.
///
/// A mutation changes what is written, not always what is meant: some mutants answer every call as before.
public struct FilterMutation: Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    /// The constant of a load, an operation or a test is another.
    case constant(UInt32)
    /// The distances of a jump are others; an unconditional jump's is the first of them.
    case jump(then: UInt32, otherwise: UInt8)
    /// A return's value is another.
    case returnValue(UInt32)
  }

  /// The instruction changed.
  public var programCounter: Int
  public var kind: Kind

  public init(programCounter: Int, kind: Kind) {
    self.programCounter = programCounter
    self.kind = kind
  }

  /// The filter with this fault; throws when the kernel would not load it.
  public func applied(to filter: Filter) throws(FilterRejection) -> Filter {
    var mutant = filter
    switch kind {
    case .constant(let value), .returnValue(let value): mutant.instructions[programCounter].k = value
    case .jump(let then, let otherwise):
      if mutant.instructions[programCounter].opcode == .jump {
        mutant.instructions[programCounter].k = then
      } else {
        mutant.instructions[programCounter].jumpTrue = UInt8(truncatingIfNeeded: then)
        mutant.instructions[programCounter].jumpFalse = otherwise
      }
    }
    try mutant.check()
    return mutant
  }

  /// Every mutation of `filter`, by instruction; nearly all of them can be loaded.
  public static func all(of filter: Filter) -> [FilterMutation] {
    filter.instructions.indices.flatMap { all(of: filter, at: $0) }
  }

  /// A mutation chosen by `seed`, the same one each time, with its loadable mutant; nil when the filter has none.
  ///
  /// The instruction is chosen first, evenly, then one of its mutations.
  public static func pick(seed: UInt64, from filter: Filter) -> (mutation: FilterMutation, mutant: Filter)? {
    guard !filter.instructions.isEmpty else { return nil }
    var random = SplitMix(seed: seed)
    let start = random.below(filter.count)
    for step in 0..<filter.count {
      var mutations = all(of: filter, at: (start + step) % filter.count)
      while !mutations.isEmpty {
        let mutation = mutations.remove(at: random.below(mutations.count))
        if let mutant = try? mutation.applied(to: filter) { return (mutation, mutant) }
      }
    }
    return nil
  }

  private static func all(of filter: Filter, at pc: Int) -> [FilterMutation] {
    let instruction = filter.instructions[pc]
    guard let opcode = instruction.opcode else { return [] }
    var kinds: [Kind] = []
    switch opcode {
    case .returnK: kinds = neighbours(of: instruction.k).map(Kind.returnValue)
    case .loadAbsolute:
      kinds = [instruction.k &- 4, instruction.k &+ 4].filter { DataWord(offset: $0) != nil }
        .map(Kind.constant)
    case .jump: kinds = distances(of: instruction.k, below: UInt32(filter.count - pc - 1))
    case .shiftLeftK, .shiftRightK:
      kinds = neighbours(of: instruction.k).filter { $0 < 32 }.map(Kind.constant)
    case .divideK: kinds = neighbours(of: instruction.k).filter { $0 != 0 }.map(Kind.constant)
    case .loadImmediate, .loadXImmediate, .addK, .subtractK, .multiplyK, .orK, .andK, .xorK:
      kinds = neighbours(of: instruction.k).map(Kind.constant)
    case _ where opcode.isConditionalJump:
      if !opcode.comparesWithX { kinds = neighbours(of: instruction.k).map(Kind.constant) }
      kinds += jumps(of: instruction, room: filter.count - pc - 1)
    default: break
    }
    return kinds.map { FilterMutation(programCounter: pc, kind: $0) }
  }

  /// The value ±1, and with each bit flipped.
  private static func neighbours(of value: UInt32) -> [UInt32] {
    let flipped = (0..<UInt32(32)).map { value ^ 1 << $0 }
    return [value &+ 1, value &- 1].filter { !flipped.contains($0) } + flipped
  }

  private static func distances(of distance: UInt32, below room: UInt32) -> [Kind] {
    [distance &- 1, distance &+ 1].filter { $0 < room }.map { .jump(then: $0, otherwise: 0) }
  }

  private static func jumps(of instruction: Instruction, room: Int) -> [Kind] {
    let (then, otherwise) = (Int(instruction.jumpTrue), Int(instruction.jumpFalse))
    let pairs = [
      (otherwise, then), (then - 1, otherwise), (then + 1, otherwise), (then, otherwise - 1),
      (then, otherwise + 1),
    ]
    var kinds: [Kind] = []
    for (then, otherwise) in pairs
    where [then, otherwise].allSatisfy({ $0 >= 0 && $0 < room && $0 <= UInt8.max }) {
      let kind = Kind.jump(then: UInt32(then), otherwise: UInt8(otherwise))
      let unchanged = (then, otherwise) == (Int(instruction.jumpTrue), Int(instruction.jumpFalse))
      if !unchanged, !kinds.contains(kind) { kinds.append(kind) }
    }
    return kinds
  }
}
