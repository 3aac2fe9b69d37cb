import SeccompModel

/// What watches a run. The interpreter is compiled once for each kind, so an empty method costs nothing.
protocol ExecutionObserver {
  /// Whether the run stops before the first load of a word other than the number and the architecture.
  static var knowsNumberAndArchitectureOnly: Bool { get }
  mutating func executing(_ pc: Int)
  mutating func branched(at pc: Int, taken: Bool)
  /// X or the scratch memory was written.
  mutating func wroteState()
}

extension ExecutionObserver {
  static var knowsNumberAndArchitectureOnly: Bool { false }
  @inline(__always) mutating func executing(_ pc: Int) {}
  @inline(__always) mutating func branched(at pc: Int, taken: Bool) {}
  @inline(__always) mutating func wroteState() {}
}

/// Watches nothing.
struct NoObserver: ExecutionObserver {}

/// Notes whether X or the scratch memory was written before the first unknown word.
struct PrefixObserver: ExecutionObserver {
  static var knowsNumberAndArchitectureOnly: Bool { true }
  var stateWritten = false
  @inline(__always) mutating func wroteState() { stateWritten = true }
}

/// Where a run ended.
struct Execution {
  /// The verdict; 0 when the run stopped early.
  var value: UInt32
  /// The instruction that ended the run.
  var pc: Int
  /// The run stopped before loading an unknown word at `pc`.
  var stopped = false
}

/// Runs a program from `start` with A = X = 0, as the kernel does (Linux ≥ 3.15 on x86): 32-bit unsigned
/// arithmetic, shifts by X & 31, division by X = 0 ends the run with 0. `data` points to `struct seccomp_data`.
@inline(__always)
func execute<Source: StepSource, Observer: ExecutionObserver>(
  _ program: Source, from start: Int = 0, data: UnsafeRawPointer, observer: inout Observer
) -> Execution {
  var pc = start
  var a: UInt32 = 0
  var x: UInt32 = 0
  var memory = InlineArray<16, UInt32>(repeating: 0)
  while true {
    let step = program[step: pc]
    observer.executing(pc)
    switch step.opcode {
    case .loadAbsolute:
      if Observer.knowsNumberAndArchitectureOnly, step.k > DataWord.architecture.offset {
        return Execution(value: 0, pc: pc, stopped: true)
      }
      // The mask keeps an unchecked program's loads inside `data`.
      a = data.load(fromByteOffset: Int(step.k & 60), as: UInt32.self)
    case .loadLength: a = SeccompData.size
    case .loadImmediate: a = step.k
    case .loadMemory: a = memory[Int(step.k & 15)]
    case .loadXLength:
      x = SeccompData.size
      observer.wroteState()
    case .loadXImmediate:
      x = step.k
      observer.wroteState()
    case .loadXMemory:
      x = memory[Int(step.k & 15)]
      observer.wroteState()
    case .storeA:
      memory[Int(step.k & 15)] = a
      observer.wroteState()
    case .storeX:
      memory[Int(step.k & 15)] = x
      observer.wroteState()
    case .copyAToX:
      x = a
      observer.wroteState()
    case .copyXToA: a = x
    case .divideX where x == 0: return Execution(value: 0, pc: pc)
    case .addK, .addX, .subtractK, .subtractX, .multiplyK, .multiplyX, .divideK, .divideX, .orK, .orX, .andK,
      .andX, .shiftLeftK, .shiftLeftX, .shiftRightK, .shiftRightX, .xorK, .xorX, .negate:
      a = arithmetic(step.opcode, a, k: step.k, x: x)
    case .jump: pc += Int(step.k)
    // By far the most frequent, so spared the second dispatch.
    case .jumpEqualK:
      let condition = a == step.k
      observer.branched(at: pc, taken: condition)
      pc += Int(condition ? step.jumpTrue : step.jumpFalse)
    case .jumpEqualX, .jumpGreaterK, .jumpGreaterX, .jumpGreaterOrEqualK, .jumpGreaterOrEqualX,
      .jumpSetK, .jumpSetX:
      let condition = compare(step.opcode, a, k: step.k, x: x)
      observer.branched(at: pc, taken: condition)
      pc += Int(condition ? step.jumpTrue : step.jumpFalse)
    case .returnK: return Execution(value: step.k, pc: pc)
    case .returnA: return Execution(value: a, pc: pc)
    }
    pc += 1
  }
}

/// The result of an arithmetic operation on A; `DIV X` with X = 0 is the caller's.
@inline(__always)
func arithmetic(_ opcode: Opcode, _ a: UInt32, k: UInt32, x: UInt32) -> UInt32 {
  switch opcode {
  case .addK: a &+ k
  case .addX: a &+ x
  case .subtractK: a &- k
  case .subtractX: a &- x
  case .multiplyK: a &* k
  case .multiplyX: a &* x
  case .divideK: a / k
  case .divideX: a / x
  case .orK: a | k
  case .orX: a | x
  case .andK: a & k
  case .andX: a & x
  case .shiftLeftK: a &<< k
  case .shiftLeftX: a &<< x
  case .shiftRightK: a &>> k
  case .shiftRightX: a &>> x
  case .xorK: a ^ k
  case .xorX: a ^ x
  case .negate: 0 &- a
  default: preconditionFailure("\(opcode) is no arithmetic")
  }
}

/// Whether a conditional jump's test holds.
@inline(__always)
func compare(_ opcode: Opcode, _ a: UInt32, k: UInt32, x: UInt32) -> Bool {
  switch opcode {
  case .jumpEqualK: a == k
  case .jumpEqualX: a == x
  case .jumpGreaterK: a > k
  case .jumpGreaterX: a > x
  case .jumpGreaterOrEqualK: a >= k
  case .jumpGreaterOrEqualX: a >= x
  case .jumpSetK: a & k != 0
  case .jumpSetX: a & x != 0
  default: preconditionFailure("\(opcode) is no conditional jump")
  }
}
