import SeccompModel

/// What holds before an instruction on every way there.
struct DisassemblyFacts: Hashable, Sendable {
  /// A fact on several ways: none met yet, the same on all, or different ones.
  enum Known<Value: Hashable & Sendable>: Hashable, Sendable {
    case notReached
    case known(Value)
    case varies

    mutating func join(_ other: Known) {
      switch (self, other) {
      case (_, .notReached): break
      case (.notReached, _): self = other
      case (.known(let one), .known(let two)) where one == two: break
      default: self = .varies
      }
    }

    var value: Value? { if case .known(let value) = self { value } else { nil } }
  }

  /// The word that A holds, unmasked.
  var a = Known<DataWord>.notReached
  /// The architecture token that was found.
  var architecture = Known<UInt32>.notReached

  /// The facts before each instruction; one pass, for all jumps go forward. Jumps out of an unchecked program are
  /// ignored.
  static func beforeEach(of filter: Filter) -> [DisassemblyFacts] {
    var facts = [DisassemblyFacts](repeating: DisassemblyFacts(), count: filter.count)
    guard filter.count > 0 else { return facts }
    facts[0] = DisassemblyFacts(a: .varies, architecture: .varies)
    func pass(_ fact: DisassemblyFacts, to pc: Int) {
      guard pc < facts.count else { return }
      facts[pc].a.join(fact.a)
      facts[pc].architecture.join(fact.architecture)
    }
    for (pc, instruction) in filter.instructions.enumerated() {
      var fact = facts[pc]
      guard let opcode = instruction.opcode else { continue }
      if opcode.isReturn { continue }
      if opcode == .jump {
        pass(fact, to: pc + 1 + Int(instruction.k))
        continue
      }
      if opcode.isConditionalJump {
        pass(fact, to: pc + 1 + Int(instruction.jumpFalse))
        if opcode == .jumpEqualK, fact.a == .known(.architecture) {
          fact.architecture = .known(instruction.k)
        }
        pass(fact, to: pc + 1 + Int(instruction.jumpTrue))
        continue
      }
      switch opcode {
      case .loadAbsolute: fact.a = DataWord(offset: instruction.k).map { .known($0) } ?? .varies
      case .loadXLength, .loadXImmediate, .loadXMemory, .storeA, .storeX, .copyAToX: break
      default: fact.a = .varies
      }
      pass(fact, to: pc + 1)
    }
    return facts
  }
}
