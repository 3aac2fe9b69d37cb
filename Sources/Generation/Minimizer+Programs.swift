import ClassicBPF
import SeccompModel

extension Minimizer {
  /// Fewer filters and instructions.
  static let programPasses: [Pass<MinimizableFilters>] = [
    Pass(name: "drop filters of the stack") { current, index in
      guard index < current.filters.count else { return .end }
      guard current.filters.count > 1 else { return .nothing }
      var candidate = current
      candidate.filters.remove(at: index)
      return .candidate(candidate)
    },
    Pass(name: "drop instructions") { current, index in
      var rest = index
      for (number, filter) in current.filters.enumerated() {
        guard let chunk = chunk(rest, of: filter.count) else {
          rest -= chunkCount(of: filter.count)
          continue
        }
        guard let smaller = filter.removing(chunk) else { return .nothing }
        var candidate = current
        candidate.filters[number] = smaller
        return .candidate(candidate)
      }
      return .end
    },
    Pass(name: "one way instead of a branch") { current, index in
      guard let place = current.place(index / 2) else { return .end }
      let old = current.filters[place.filter].instructions[place.pc]
      guard old.opcode?.isConditionalJump == true else { return .nothing }
      var candidate = current
      candidate.filters[place.filter].instructions[place.pc] = .jump(
        UInt32(index % 2 == 0 ? old.jumpTrue : old.jumpFalse))
      return .candidate(candidate)
    },
  ]

  /// What one instruction may become.
  private static let plainer: [Instruction] = [
    .return(.errno(1)), .return(.allow), .load(immediate: 0), .load(immediate: 1), .load(.number), .jump(0),
    .returnA, .loadX(immediate: 0), .loadX(immediate: 1), .copyAToX, .copyXToA,
  ]

  /// Plainer instructions, nearer targets, smaller constants.
  static let instructionPasses: [Pass<MinimizableFilters>] = [
    Pass(name: "a plainer instruction") { current, index in
      let (place, choice) = index.quotientAndRemainder(dividingBy: plainer.count)
      return replacing(place, in: current) { _ in plainer[choice] }
    },
    Pass(name: "no unread fields") { current, index in
      replacing(index, in: current) { old in
        guard let opcode = old.opcode, !opcode.isConditionalJump else { return nil }
        return Instruction(code: old.code, k: old.k)
      }
    },
    Pass(name: "nearer targets") { current, index in
      let (place, choice) = index.quotientAndRemainder(dividingBy: 4)
      return replacing(place, in: current) { old in
        guard old.opcode?.isConditionalJump == true else { return nil }
        let (then, otherwise) = (old.jumpTrue, old.jumpFalse)
        let (newThen, newOtherwise): (UInt8, UInt8) =
          switch choice {
          case 0: (0, otherwise)
          case 1: (then, 0)
          case 2: (then == 0 ? 0 : then - 1, otherwise)
          default: (then, otherwise == 0 ? 0 : otherwise - 1)
          }
        return Instruction(code: old.code, jumpTrue: newThen, jumpFalse: newOtherwise, k: old.k)
      }
    },
    Pass(name: "a smaller constant") { current, index in
      let (place, choice) = index.quotientAndRemainder(dividingBy: simplerCount)
      return replacing(place, in: current) { old in
        guard let k = simpler(UInt64(old.k), choice) else { return nil }
        return Instruction(
          code: old.code, jumpTrue: old.jumpTrue, jumpFalse: old.jumpFalse, k: UInt32(truncatingIfNeeded: k))
      }
    },
  ]

  private static func replacing(
    _ index: Int, in current: MinimizableFilters, by new: (Instruction) -> Instruction?
  ) -> Pass<MinimizableFilters>.Candidate {
    guard let place = current.place(index) else { return .end }
    guard let instruction = new(current.filters[place.filter].instructions[place.pc]) else { return .nothing }
    var candidate = current
    candidate.filters[place.filter].instructions[place.pc] = instruction
    return .candidate(candidate)
  }
}
