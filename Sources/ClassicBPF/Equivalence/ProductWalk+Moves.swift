import SeccompModel

/// A step of one program, or of both where they are alike.
struct Mover {
  let one: Bool
  let other: Bool
  let step: Step

  /// Takes a step that does not branch.
  func pass(_ state: inout ProductWalk.State) {
    if one { pass(&state.one) }
    if other { pass(&state.other) }
  }

  /// Takes one side of a branch.
  func jump(_ state: inout ProductWalk.State, holds: Bool) {
    let distance = 1 + Int(holds ? step.jumpTrue : step.jumpFalse)
    if one { state.one.pc += distance }
    if other { state.other.pc += distance }
  }

  private func pass(_ place: inout ProductWalk.Place) {
    switch step.opcode {
    case .loadAbsolute: place.a = .word(UInt8(step.k >> 2), mask: .max)
    case .loadImmediate: place.a = .constant(step.k)
    case .loadLength: place.a = .constant(SeccompData.size)
    case .andK: place.a = place.a.and(step.k)
    case .jump: place.pc += Int(step.k)
    default: preconditionFailure("\(step.opcode) is not followed")
    }
    place.pc += 1
  }
}

extension ProductWalk {
  /// By the length of the rest: whether programs in the same state there, with as much before them, can come to
  /// different instructions.
  static func placesThatCanDiffer(_ one: [Step], _ other: [Step]) -> [Bool] {
    var canDiffer = [Bool](repeating: true, count: max(one.count, other.count) + 1)
    for rest in 1...max(1, min(one.count, other.count)) {
      let step = one[one.count - rest]
      guard isSame(step, other[other.count - rest]) else { continue }
      if step.opcode.isReturn {
        canDiffer[rest] = false
      } else if step.opcode == .jump {
        canDiffer[rest] = canDiffer[rest - 1 - Int(step.k)]
      } else if step.opcode.isConditionalJump {
        canDiffer[rest] =
          canDiffer[rest - 1 - Int(step.jumpTrue)] || canDiffer[rest - 1 - Int(step.jumpFalse)]
      } else {
        canDiffer[rest] = canDiffer[rest - 1]
      }
    }
    return canDiffer
  }

  func isSame(_ one: Step, _ other: Step) -> Bool { Self.isSame(one, other) }

  private static func isSame(_ one: Step, _ other: Step) -> Bool {
    one.opcode == other.opcode && one.k == other.k && one.jumpTrue == other.jumpTrue
      && one.jumpFalse == other.jumpFalse
  }
}

/// Sets of inputs taken up so far, by where the programs were with them: what a known set covers need not be followed
/// again. The walk ends at the first difference, so a known set has shown none, or is still to be followed.
struct StateMemory {
  private struct Key: Hashable {
    var one: ProductWalk.Place
    var other: ProductWalk.Place
  }

  private var known: [Key: [[WordConstraint]]] = [:]
  /// Sets remembered for one pair of places.
  private static let limit = 64

  /// Whether a known set covers this one, as far as the rest of the programs reads it; remembers it if not.
  mutating func knows(_ state: ProductWalk.State, in walk: ProductWalk) -> Bool {
    let read =
      walk.one.liveness[state.one.pc].words | walk.other.liveness[state.other.pc].words
      | state.one.a.words | state.other.a.words
    var words = state.words
    for index in words.indices where read & 1 << UInt16(index) == 0 { words[index] = .any }
    let key = Key(one: state.one, other: state.other)
    let sets = known[key, default: []]
    if sets.contains(where: { zip($0, words).allSatisfy { $0.covers($1) } }) { return true }
    if sets.count < Self.limit { known[key, default: []].append(words) }
    return false
  }
}
