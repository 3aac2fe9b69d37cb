import SeccompModel

/// A filter as text: a line per instruction with its number, the mnemonics of bpf_asm (tools/bpf in the kernel's
/// sources), absolute jump targets, and names where they are known for certain.
///
/// Names need facts: a constant is a call's name only where A holds the number on every way there and the
/// architecture was tested on every way there.
public struct Disassembler: Sendable {
  private let filter: Filter
  private let facts: [DisassemblyFacts]

  public init(_ filter: Filter) {
    self.filter = filter
    facts = DisassemblyFacts.beforeEach(of: filter)
  }

  /// One line per instruction, without line ends.
  public var lines: [String] { filter.instructions.indices.map(line) }

  /// All lines, each with its end.
  public var text: String { lines.map { $0 + "\n" }.joined() }

  private func line(_ pc: Int) -> String {
    let number = Self.padded(String(pc), to: 4, left: true)
    guard let opcode = filter.instructions[pc].opcode else {
      let raw = filter.instructions[pc]
      return
        "\(number): .code \(Self.hex(UInt32(raw.code))), \(raw.jumpTrue), \(raw.jumpFalse), \(Self.hex(raw.k))"
    }
    let operands = operands(opcode, at: pc)
    if operands.isEmpty { return "\(number): \(opcode.mnemonic)" }
    return "\(number): \(Self.padded(opcode.mnemonic, to: 4)) \(operands)"
  }

  private func operands(_ opcode: Opcode, at pc: Int) -> String {
    let instruction = filter.instructions[pc]
    let k = instruction.k
    switch opcode {
    case .loadAbsolute: return DataWord(offset: k)?.description ?? "[\(k)]"
    case .loadLength, .loadXLength: return "len"
    case .loadImmediate, .loadXImmediate: return "#\(Self.hex(k))"
    case .loadMemory, .loadXMemory, .storeA, .storeX: return "M[\(k)]"
    case .copyAToX, .copyXToA, .negate: return ""
    case .shiftLeftK, .shiftRightK: return "#\(k)"
    case .addK, .subtractK, .multiplyK, .divideK, .orK, .andK, .xorK: return "#\(Self.hex(k))"
    case .addX, .subtractX, .multiplyX, .divideX, .orX, .andX, .shiftLeftX, .shiftRightX, .xorX: return "x"
    case .jump: return "\(pc + 1 + Int(k))"
    case .returnK: return Verdict(rawValue: k).disassembled
    case .returnA: return "a"
    case .jumpEqualK, .jumpEqualX, .jumpGreaterK, .jumpGreaterX, .jumpGreaterOrEqualK, .jumpGreaterOrEqualX,
      .jumpSetK, .jumpSetX:
      let operand = opcode.comparesWithX ? "x" : constant(k, opcode, facts[pc])
      return "\(operand), \(pc + 1 + Int(instruction.jumpTrue)), \(pc + 1 + Int(instruction.jumpFalse))"
    }
  }

  /// A test's constant, with its name where it has one.
  private func constant(_ k: UInt32, _ opcode: Opcode, _ facts: DisassemblyFacts) -> String {
    let name: String? =
      switch facts.a {
      case .known(.architecture): opcode == .jumpEqualK ? Self.architectureName(k) : nil
      case .known(.number):
        facts.architecture.value.flatMap { Self.callName(k, architecture: $0) }
      default: nil
      }
    let isNumber = facts.a == .known(.number) && k & x32SyscallBit == 0 && k < x32SyscallBit
    return "#\(isNumber ? String(k) : Self.hex(k))" + (name.map { " (\($0))" } ?? "")
  }

  private static func architectureName(_ token: UInt32) -> String? {
    Architecture.all(withAuditToken: token).first?.libseccompName
  }

  private static func callName(_ number: UInt32, architecture: UInt32) -> String? {
    switch architecture {
    case AuditToken.x86_64:
      number & x32SyscallBit == 0
        ? SyscallTable.x86_64.name(of: number) : SyscallTable.x32.name(of: number).map { "x32 \($0)" }
    case AuditToken.i386: SyscallTable.i386.name(of: number)
    default: nil
    }
  }

  static func hex(_ value: UInt32) -> String { "0x" + String(value, radix: 16) }

  private static func padded(_ text: String, to width: Int, left: Bool = false) -> String {
    let fill = String(repeating: " ", count: max(0, width - text.utf8.count))
    return left ? fill + text : text + fill
  }
}

extension Filter {
  /// This filter as text; see ``Disassembler``.
  public var disassembly: String { Disassembler(self).text }
}

extension Opcode {
  /// The mnemonic of bpf_asm.
  fileprivate var mnemonic: String {
    switch self {
    case .loadAbsolute, .loadLength, .loadImmediate, .loadMemory: "ld"
    case .loadXLength, .loadXImmediate, .loadXMemory: "ldx"
    case .storeA: "st"
    case .storeX: "stx"
    case .copyAToX: "tax"
    case .copyXToA: "txa"
    case .addK, .addX: "add"
    case .subtractK, .subtractX: "sub"
    case .multiplyK, .multiplyX: "mul"
    case .divideK, .divideX: "div"
    case .orK, .orX: "or"
    case .andK, .andX: "and"
    case .shiftLeftK, .shiftLeftX: "lsh"
    case .shiftRightK, .shiftRightX: "rsh"
    case .xorK, .xorX: "xor"
    case .negate: "neg"
    case .jump: "jmp"
    case .jumpEqualK, .jumpEqualX: "jeq"
    case .jumpGreaterK, .jumpGreaterX: "jgt"
    case .jumpGreaterOrEqualK, .jumpGreaterOrEqualX: "jge"
    case .jumpSetK, .jumpSetX: "jset"
    case .returnK, .returnA: "ret"
    }
  }
}

extension Verdict {
  /// The kernel's name of the action without `SECCOMP_RET_`, with the data where there is some.
  fileprivate var disassembled: String {
    let name =
      switch kind {
      case .killProcess: "KILL_PROCESS"
      case .killThread: "KILL_THREAD"
      case .trap: "TRAP"
      case .errno: "ERRNO"
      case .notify: "USER_NOTIF"
      case .trace: "TRACE"
      case .log: "LOG"
      case .allow: "ALLOW"
      case .unknown: Disassembler.hex(rawValue)
      }
    switch kind {
    case .errno, .trap, .trace: return "\(name)(\(data))"
    case .unknown: return name
    default: return data == 0 ? name : "\(name)(\(data))"
    }
  }
}
