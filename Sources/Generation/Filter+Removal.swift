package import ClassicBPF

extension Filter {
  /// The program without some of its instructions. Jumps go where they went; those to an instruction that is gone go to
  /// what follows it, those out of the program stay as far outside. Nil when a distance does not fit its field.
  package func removing(_ removed: Range<Int>) -> Filter? {
    /// Where instruction `index` of the old program is in the new one.
    func moved(_ index: Int) -> Int {
      index < removed.lowerBound ? index : max(removed.lowerBound, index - removed.count)
    }
    var result = Filter([])
    result.instructions.reserveCapacity(count - removed.count)
    for (pc, instruction) in instructions.enumerated() where !removed.contains(pc) {
      var instruction = instruction
      func distance(_ old: Int) -> Int { moved(pc + 1 + old) - moved(pc) - 1 }
      if instruction.opcode == .jump {
        guard let k = UInt32(exactly: distance(Int(instruction.k))) else { return nil }
        instruction.k = k
      } else if instruction.opcode?.isConditionalJump == true {
        guard let then = UInt8(exactly: distance(Int(instruction.jumpTrue))),
          let otherwise = UInt8(exactly: distance(Int(instruction.jumpFalse)))
        else { return nil }
        (instruction.jumpTrue, instruction.jumpFalse) = (then, otherwise)
      }
      result.instructions.append(instruction)
    }
    return result
  }
}
