/// The kernel's load-time check of a seccomp filter.
///
/// The kernel answers EINVAL without a place; the place reported here is that of the first refusal in the kernel's
/// own order of passes, each from the first instruction to the last (kernel 6.18):
/// 1. length (net/core/filter.c, `bpf_check_basics_ok`);
/// 2. codes that classic BPF knows, constants, jump targets (`bpf_check_classic`);
/// 3. the last instruction (`bpf_check_classic`);
/// 4. scratch memory (`check_load_and_stores`);
/// 5. codes and offsets that seccomp allows (kernel/seccomp.c, `seccomp_check_filter`).
public struct FilterChecker: Sendable {
  /// `BPF_MEMWORDS` of `linux/filter.h`
  public static let memoryWords: UInt32 = 16

  private let instructions: [Instruction]

  public init(_ filter: Filter) { instructions = filter.instructions }

  /// Returns when the kernel would load the filter.
  public func check() throws(FilterRejection) {
    guard !instructions.isEmpty else { throw FilterRejection(.empty) }
    guard instructions.count <= Filter.maximumLength else {
      throw FilterRejection(.tooLong(instructions.count))
    }
    var usesMemory = false
    for (pc, instruction) in instructions.enumerated() {
      if let opcode = instruction.opcode {
        try check(opcode, instruction, at: pc)
        usesMemory = usesMemory || opcode.usesMemory
      } else {
        try checkSocketFilterCode(instruction, at: pc)
      }
    }
    let last = instructions.count - 1
    guard instructions[last].opcode?.isReturn == true else {
      throw FilterRejection(.lastInstructionDoesNotReturn, at: last)
    }
    if usesMemory { try checkMemory() }
    for (pc, instruction) in instructions.enumerated() {
      guard let opcode = instruction.opcode else {
        throw FilterRejection(.codeNotForSeccomp(instruction.code), at: pc)
      }
      if opcode == .loadAbsolute, DataWord(offset: instruction.k) == nil {
        throw FilterRejection(.loadOffset(instruction.k), at: pc)
      }
    }
  }

  private func check(_ opcode: Opcode, _ instruction: Instruction, at pc: Int) throws(FilterRejection) {
    switch opcode {
    case .divideK where instruction.k == 0:
      throw FilterRejection(.divisionByZero, at: pc)
    case .shiftLeftK where instruction.k >= 32, .shiftRightK where instruction.k >= 32:
      throw FilterRejection(.shiftTooFar(instruction.k), at: pc)
    case .loadMemory, .loadXMemory, .storeA, .storeX:
      guard instruction.k < Self.memoryWords else {
        throw FilterRejection(.memoryIndex(instruction.k), at: pc)
      }
    case .jump:
      // Unsigned in the kernel: `k >= flen - pc - 1`.
      guard Int(instruction.k) < instructions.count - pc - 1 else {
        throw FilterRejection(.jumpOutOfBounds(.always, distance: instruction.k), at: pc)
      }
    case _ where opcode.isConditionalJump:
      try checkBranch(.jumpTrue, instruction.jumpTrue, at: pc)
      try checkBranch(.jumpFalse, instruction.jumpFalse, at: pc)
    default: break
    }
  }

  private func checkBranch(
    _ branch: FilterRejection.Branch, _ distance: UInt8, at pc: Int
  ) throws(FilterRejection) {
    guard pc + Int(distance) + 1 < instructions.count else {
      throw FilterRejection(.jumpOutOfBounds(branch, distance: UInt32(distance)), at: pc)
    }
  }

  private func checkSocketFilterCode(_ instruction: Instruction, at pc: Int) throws(FilterRejection) {
    guard BPFCode.socketFiltersOnly.contains(instruction.code) else {
      throw FilterRejection(.unknownCode(instruction.code), at: pc)
    }
    if instruction.code == BPFCode.moduloK, instruction.k == 0 {
      throw FilterRejection(.divisionByZero, at: pc)
    }
  }

  /// `check_load_and_stores`: one pass forward over a set of written words. A jump hands the set to its targets
  /// and leaves "all written" for the instruction after it; RET leaves the set as it is, so that dead code after
  /// RET is judged and dead code after a jump is not.
  private func checkMemory() throws(FilterRejection) {
    var arriving = [UInt16](repeating: .max, count: instructions.count)
    var written: UInt16 = 0
    for (pc, instruction) in instructions.enumerated() {
      written &= arriving[pc]
      guard let opcode = instruction.opcode else { continue }
      switch opcode {
      case .storeA, .storeX:
        written |= 1 << UInt16(instruction.k)
      case .loadMemory, .loadXMemory:
        guard written & 1 << UInt16(instruction.k) != 0 else {
          throw FilterRejection(.memoryNotWritten(instruction.k), at: pc)
        }
      case .jump:
        arriving[pc + 1 + Int(instruction.k)] &= written
        written = .max
      case _ where opcode.isConditionalJump:
        arriving[pc + 1 + Int(instruction.jumpTrue)] &= written
        arriving[pc + 1 + Int(instruction.jumpFalse)] &= written
        written = .max
      default: break
      }
    }
  }
}

extension Filter {
  /// Returns when the kernel would load this filter; see ``FilterChecker`` for the order of its checks.
  public func check() throws(FilterRejection) { try FilterChecker(self).check() }
}
