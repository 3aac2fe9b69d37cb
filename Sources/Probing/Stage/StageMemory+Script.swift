import CProbeProtocol
import ClassicBPF
import Scripts
import SeccompModel

/// Writing a script into the memory.
extension StageMemory {
  func write(_ script: Script) throws(ProbeError) {
    guard script.steps.count <= Script.stepCapacity else {
      throw .tooLarge("a script of \(script.steps.count) steps; the stage holds \(Script.stepCapacity)")
    }
    try write(script.filters)
    try write(script.memory)
    results.update(repeating: stage_result())
    for (index, step) in script.steps.enumerated() {
      guard (0..<Script.actorCapacity).contains(step.actor) else {
        throw .tooLarge("the actor \(step.actor); the stage holds \(Script.actorCapacity)")
      }
      steps[index] = try Self.encoded(step)
    }
    header.pointee.step_count = UInt32(script.steps.count)
  }

  private func write(_ filters: [Filter]) throws(ProbeError) {
    guard filters.count <= Script.filterCapacity else {
      throw .tooLarge("a script of \(filters.count) filters; the stage holds \(Script.filterCapacity)")
    }
    var first = 0
    for (index, filter) in filters.enumerated() {
      guard first + filter.count <= Script.instructionCapacity else {
        throw .tooLarge("a script's filters have more than \(Script.instructionCapacity) instructions")
      }
      _ = instructions[first...].update(fromContentsOf: filter.instructions)
      let address = Int(STAGE_BASE) + Int(STAGE_OFFSET_INSTRUCTIONS) + 8 * first
      // The length has 16 bits; what is behind them is padding.
      programs[index] = (UInt64(UInt16(truncatingIfNeeded: filter.count)), UInt64(address))
      programs32[index] = (UInt32(UInt16(truncatingIfNeeded: filter.count)), UInt32(address))
      first += filter.count
    }
  }

  private func write(_ pieces: [Script.MemoryPiece]) throws(ProbeError) {
    scratch.update(repeating: 0)
    for piece in pieces {
      guard piece.offset >= 0, piece.offset + piece.bytes.count <= Script.scratchSize else {
        throw .tooLarge("bytes at \(piece.offset) of the scratch memory, which has \(Script.scratchSize)")
      }
      _ = scratch[piece.offset...].update(fromContentsOf: piece.bytes)
    }
  }

  private static func encoded(_ step: Step) throws(ProbeError) -> stage_step {
    var encoded = stage_step()
    encoded.actor = UInt32(step.actor)
    switch step.action {
    case .call(let call):
      encoded.kind = UInt32(STAGE_STEP_CALL)
      try encode(call, into: &encoded)
    case .begin(let call):
      encoded.kind = UInt32(STAGE_STEP_BEGIN)
      try encode(call, into: &encoded)
    case .finish: encoded.kind = UInt32(STAGE_STEP_FINISH)
    case .spawn(let actor, let kind):
      guard (1..<Script.actorCapacity).contains(actor) else {
        throw .tooLarge("the actor \(actor); the stage holds \(Script.actorCapacity)")
      }
      encoded.target = UInt32(actor)
      switch kind {
      case .process(let flags):
        encoded.kind = UInt32(STAGE_STEP_SPAWN_PROCESS)
        encoded.flags = flags
      case .thread: encoded.kind = UInt32(STAGE_STEP_SPAWN_THREAD)
      }
    case .execute(let build):
      encoded.kind = UInt32(STAGE_STEP_EXECUTE)
      encoded.target = build.rawValue
    case .handle(let signal, let disposition):
      encoded.kind = UInt32(STAGE_STEP_HANDLE)
      encoded.target = UInt32(bitPattern: signal)
      (encoded.disposition, encoded.flags) = words(of: disposition)
    case .mask(let signal, let isBlocked):
      encoded.kind = UInt32(STAGE_STEP_MASK)
      encoded.target = UInt32(bitPattern: signal)
      encoded.disposition = isBlocked ? 1 : 0
    case .status: encoded.kind = UInt32(STAGE_STEP_STATUS)
    case .end: encoded.kind = UInt32(STAGE_STEP_END)
    case .spin: encoded.kind = UInt32(STAGE_STEP_SPIN)
    case .readTimestampCounter: encoded.kind = UInt32(STAGE_STEP_RDTSC)
    }
    return encoded
  }

  private static func words(of disposition: SignalDisposition) -> (UInt32, UInt32) {
    switch disposition {
    case .standard: (UInt32(STAGE_DISPOSITION_DEFAULT), 0)
    case .ignore: (UInt32(STAGE_DISPOSITION_IGNORE), 0)
    case .record(let flags): (UInt32(STAGE_DISPOSITION_RECORD), flags.rawValue)
    case .escape(let flags): (UInt32(STAGE_DISPOSITION_ESCAPE), flags.rawValue)
    }
  }

  private static func encode(_ call: ScriptCall, into encoded: inout stage_step) throws(ProbeError) {
    encoded.entry = call.entry.rawValue
    encoded.rax = call.rax
    encoded.repetitions = UInt32(clamping: max(1, call.repetitions))
    var values = [UInt64](repeating: 0, count: Arguments.count)
    var kinds = [UInt8](repeating: 0, count: Arguments.count)
    for (index, argument) in call.arguments.prefix(Arguments.count).enumerated() {
      let (kind, value) = try Self.words(of: argument)
      kinds[index] = UInt8(kind)
      values[index] = value
    }
    encoded.args = (values[0], values[1], values[2], values[3], values[4], values[5])
    encoded.arg_kinds = (kinds[0], kinds[1], kinds[2], kinds[3], kinds[4], kinds[5], 0, 0)
    guard let reads = call.reads else { return }
    guard (1...ScriptCall.MemoryWords.maximum).contains(reads.count), reads.offset >= 0,
      reads.offset + 8 * reads.count <= Script.scratchSize
    else { throw .tooLarge("\(reads.count) words at \(reads.offset) of the scratch memory") }
    encoded.reads_offset = UInt32(reads.offset)
    encoded.reads_count = UInt32(reads.count)
  }

  private static func words(of argument: ScriptArgument) throws(ProbeError) -> (Int, UInt64) {
    switch argument {
    case .value(let value): return (STAGE_ARGUMENT_VALUE, value)
    case .scratch, .program, .program32:
      guard let address = argument.address else { throw .tooLarge("there is no \(argument) in a script") }
      return (STAGE_ARGUMENT_VALUE, address)
    case .thread(let actor) where (0..<Script.actorCapacity).contains(actor):
      return (STAGE_ARGUMENT_THREAD, UInt64(actor))
    case .result(let step) where (0..<Script.stepCapacity).contains(step):
      return (STAGE_ARGUMENT_RESULT, UInt64(step))
    case .word(let offset) where (0...Script.scratchSize - 8).contains(offset):
      return (STAGE_ARGUMENT_WORD, UInt64(offset))
    case .thread, .result, .word: throw .tooLarge("there is no \(argument) in a script")
    }
  }
}
