import ClassicBPF
import Prediction
import Profiles
import SeccompModel

// Which tests a region is told in: those of the policy's own text first, then the filter's, which compares halves.
extension Atom {
  /// The comparisons of a policy's rules at one number.
  static func atoms(of rules: [PolicyForm.RuleForm], _ width: PolicyForm.Width) -> [Atom] {
    var atoms: [Atom] = []
    for condition in rules.flatMap(\.conditions) where (0..<Arguments.count).contains(condition.argument) {
      let isMasked = condition.comparison == .maskedEqual
      func atom(_ subject: Subject, _ limit: UInt64) -> Atom {
        Atom(
          subject, condition.comparison,
          (isMasked ? condition.datum & condition.mask : condition.datum) & limit,
          mask: condition.mask & limit)
      }
      if width != .low { atoms.append(atom(.argument(condition.argument), .max)) }
      if width != .full { atoms.append(atom(.low(condition.argument), 0xffff_ffff)) }
    }
    for rule in rules {
      guard let gate = rule.gate, gate.mask != 0 else { continue }
      atoms.append(Atom(.low(0), .equal, UInt64(gate.operation)))
      if gate.mask != .max {
        atoms.append(Atom(.low(0), .maskedEqual, UInt64(gate.operation), mask: UInt64(gate.mask)))
      }
    }
    return atoms
  }

  /// The tests of a filter on words of arguments and of the instruction pointer, as far as they compare a loaded word, or
  /// some of its bits, with a constant.
  static func atoms(of filter: Filter) -> [Atom] {
    var atoms: [Atom] = []
    // What A may hold before each instruction, by whatever way it is reached: jumps go forwards.
    var arriving = [Set<Holding>](repeating: [], count: filter.count)
    for (pc, instruction) in filter.instructions.enumerated() {
      guard let opcode = instruction.opcode, !opcode.isReturn else { continue }
      let k = instruction.k
      var leaving = arriving[pc]
      switch opcode {
      case .loadAbsolute: leaving = Subject(offset: k).map { [Holding(subject: $0, mask: .max)] } ?? []
      case .andK: leaving = Set(leaving.map { Holding(subject: $0.subject, mask: $0.mask & k) })
      case _ where opcode.isConditionalJump:
        let held = leaving.sorted { ($0.subject.place, $0.mask) < ($1.subject.place, $1.mask) }
        atoms += held.compactMap { $0.atom(opcode, k) }
      case .jump, .storeA, .storeX, .copyAToX, .loadXImmediate, .loadXMemory, .loadXLength: break
      default: leaving = []
      }
      for next in instruction.successors(of: pc) where next < filter.count {
        arriving[next].formUnion(leaving)
      }
    }
    return atoms
  }

  /// A loaded word, or some of its bits.
  private struct Holding: Hashable {
    var subject: Subject
    var mask: UInt32

    /// What a conditional jump tests.
    func atom(_ opcode: Opcode, _ k: UInt32) -> Atom? {
      switch opcode {
      case .jumpEqualK:
        mask == .max
          ? Atom(subject, .equal, UInt64(k))
          : Atom(subject, .maskedEqual, UInt64(k), mask: UInt64(mask))
      case .jumpGreaterK where mask == .max: Atom(subject, .greaterThan, UInt64(k))
      case .jumpGreaterOrEqualK where mask == .max: Atom(subject, .greaterOrEqual, UInt64(k))
      case .jumpSetK: Atom(subject, .maskedEqual, 0, mask: UInt64(k & mask))
      default: nil
      }
    }
  }

  /// The same tests of whole arguments, where a filter tests both halves: what it was made from, most likely.
  static func wholes(of halves: [Atom]) -> [Atom] {
    var wholes: [Atom] = []
    for argument in 0..<Arguments.count {
      let highs = halves.filter { $0.subject == .high(argument) && $0.comparison != .maskedEqual }
      let lows = halves.filter { $0.subject == .low(argument) && $0.comparison != .maskedEqual }
      for high in Set(highs.map(\.value)).sorted().prefix(8) {
        for low in lows.prefix(16) {
          wholes.append(Atom(.argument(argument), low.comparison, high << 32 | low.value))
        }
      }
    }
    return wholes
  }

  /// Each once, in order.
  static func unique(_ atoms: [Atom]) -> [Atom] {
    var seen: Set<Atom> = []
    return atoms.filter { seen.insert($0).inserted }
  }
}

extension Atom.Subject {
  /// The argument's half, or the pointer's, at a byte offset of `struct seccomp_data`; nil for number and architecture.
  fileprivate init?(offset: UInt32) {
    switch offset {
    case 8: self = .instructionPointerLow
    case 12: self = .instructionPointerHigh
    case 16..<64 where offset % 4 == 0:
      let index = Int(offset - 16) / 8
      self = offset % 8 == 0 ? .low(index) : .high(index)
    default: return nil
    }
  }
}

extension Instruction {
  /// Where the program goes on.
  func successors(of pc: Int) -> [Int] {
    guard let opcode else { return [] }
    if opcode.isConditionalJump { return [pc + 1 + Int(jumpTrue), pc + 1 + Int(jumpFalse)] }
    return opcode == .jump ? [pc + 1 + Int(k)] : [pc + 1]
  }
}
