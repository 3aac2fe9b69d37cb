/// An instruction with its operation decoded: what the interpreter runs. 8 bytes.
struct Step: Sendable {
  var opcode: Opcode
  var jumpTrue: UInt8
  var jumpFalse: UInt8
  var k: UInt32

  @inline(__always)
  init?(_ instruction: Instruction) {
    guard let opcode = Opcode(rawValue: instruction.code) else { return nil }
    self.opcode = opcode
    jumpTrue = instruction.jumpTrue
    jumpFalse = instruction.jumpFalse
    k = instruction.k
  }
}

/// Where the interpreter reads its instructions.
protocol StepSource {
  subscript(step pc: Int) -> Step { get }
}

/// A program decoded ahead, for many runs. Only programs that the checker accepts may stand here: their jumps
/// stay inside and their last instruction returns, so steps are read without a bounds check.
struct DecodedSteps: StepSource {
  let steps: UnsafeBufferPointer<Step>

  @inline(__always)
  subscript(step pc: Int) -> Step { steps[pc] }
}

/// A program decoded as it runs, for one run; bounds are checked.
struct UndecodedSteps: StepSource {
  let instructions: [Instruction]

  @inline(__always)
  subscript(step pc: Int) -> Step {
    guard let step = Step(instructions[pc]) else {
      preconditionFailure("running a filter that FilterChecker refuses: code at instruction \(pc)")
    }
    return step
  }
}
