import ClassicBPF
import Scripts

/// `struct sock_fprog` as it stands in memory.
struct ProgramHeader: Hashable, Sendable {
  enum Source: Hashable, Sendable {
    case null
    /// A program of the script.
    case script(Int)
    case address(UInt64)
  }

  var count: Int
  var source: Source
}

// How the kernel reads a program from user memory: linux/filter.h, seccomp_prepare_user_filter, bpf_prog_create_from_user.
extension ScriptRun {
  enum HeaderAnswer {
    case fault
    case unknown
    case header(ProgramHeader)
  }

  enum ProgramAnswer {
    case fault
    case unknown
    case program(CheckedProgram)
  }

  /// 32-bit callers have a struct of their own (`struct compat_sock_fprog`).
  func header(at address: UInt64, isCompat: Bool) -> HeaderAnswer {
    switch ScratchMemory.place(of: address) {
    case .unreadable: return .fault
    case .program(let index) where !isCompat: return header(ofScript: index)
    case .compatProgram(let index) where isCompat: return header(ofScript: index)
    case .scratch:
      guard case .bytes(let bytes) = world.memory.read(address, count: isCompat ? 8 : 16) else {
        return .unknown
      }
      let pointer =
        isCompat ? bytes.dropFirst(4).littleEndian & 0xffff_ffff : bytes.dropFirst(8).littleEndian
      return .header(
        ProgramHeader(
          count: Int(bytes.littleEndian & 0xffff), source: pointer == 0 ? .null : .address(pointer)))
    case .program, .compatProgram, .unknown: return .unknown
    }
  }

  private func header(ofScript index: Int) -> HeaderAnswer {
    guard script.filters.indices.contains(index) else { return .unknown }
    // `len` has 16 bits.
    return .header(ProgramHeader(count: script.filters[index].count & 0xffff, source: .script(index)))
  }

  mutating func program(of header: ProgramHeader) -> ProgramAnswer {
    switch header.source {
    case .null: return .fault
    case .script(let index):
      if let program = programs[index] { return .program(program) }
      let program = checked(script.filters[index])
      programs[index] = program
      return .program(program)
    case .address(let address):
      switch world.memory.read(address, count: 8 * header.count) {
      case .fault: return .fault
      case .unknown: return .unknown
      case .bytes(let bytes):
        guard let filter = try? Filter(bytes: bytes) else { return .unknown }
        return .program(checked(filter))
      }
    }
  }

  private func checked(_ filter: Filter) -> CheckedProgram {
    let isSound = (try? filter.check()) != nil
    var loads: UInt16 = 0
    for instruction in filter.instructions where instruction.opcode == .loadAbsolute {
      loads |= 1 << UInt16(min(instruction.k / 4, 15))
    }
    return CheckedProgram(
      filter: filter, isSound: isSound,
      length: filter.instructions.reduce(rules.prologueLength) { $0 + length(of: $1) }, loads: loads)
  }

  /// How many extended-BPF instructions one becomes (net/core/filter.c, `bpf_convert_filter`).
  private func length(of instruction: Instruction) -> Int {
    guard let opcode = instruction.opcode else { return 1 }
    switch opcode {
    case .returnK: return rules.returnLength
    case .divideX: return rules.divideLength
    case _ where opcode.isConditionalJump:
      let isWide = !opcode.comparesWithX && instruction.k >= 0x8000_0000
      let constant = isWide ? rules.wideConstantLength : 0
      if instruction.jumpFalse == 0 { return constant + 1 }
      // Only tests with an inverse can be turned round.
      let hasInverse = opcode != .jumpSetK && opcode != .jumpSetX
      return constant + (instruction.jumpTrue == 0 && hasInverse ? 1 : rules.twoWayJumpLength)
    default: return 1
    }
  }
}
