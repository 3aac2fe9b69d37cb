import ClassicBPF
import Scripts
import SeccompModel

// Which of the 65536 instruction codes a filter may have: 41 (kernel/seccomp.c, `seccomp_check_filter`).
extension Scenario {
  static let opcodes = group("opcodes", accepted + [rejectedSocketCodes, rejectedWideCodes])

  /// Each code that is accepted, with the codes that differ from it in one bit.
  private static let accepted = Opcode.allCases.sorted { $0.rawValue < $1.rawValue }.map { opcode in
    Scenario(
      "opcode-\(hex(UInt32(opcode.rawValue)).suffix(2))-\(kebab("\(opcode)"))",
      "the code 0x\(String(opcode.rawValue, radix: 16)) is accepted, and of those that differ in one bit only the known"
    ) { play in
      play.setNoNewPrivileges()
      play.install(program(with: opcode.rawValue))
      for bit in 0..<16 {
        let code = opcode.rawValue ^ 1 << UInt16(bit)
        guard Opcode(rawValue: code) == nil else { continue }
        play.install(program(with: code), .fails(.invalid))
      }
      play.call(.getpid, .positive)
    }
  }

  /// Runs the instruction only if a call that nobody makes asks for it; all operands are in range, and every scratch word
  /// is written before.
  private static func program(with code: UInt16) -> Filter {
    Filter([
      .store(memory: 1), .load(.number), .jump(equal: Number.unused, then: 1, otherwise: 0), .return(.allow),
      .store(memory: 1), Instruction(code: code, k: operand(of: code)),
      .return(.allow), .return(.allow),
    ])
  }

  /// One that is in range wherever the code looks at it.
  private static func operand(of code: UInt16) -> UInt32 {
    switch Opcode(rawValue: code) {
    case .returnK: Action.allow.verdict.rawValue
    case .loadAbsolute: DataWord.architecture.offset
    default: 1
    }
  }

  /// Codes that socket filters have and seccomp refuses.
  private static let rejectedSocketCodes = Scenario(
    "opcodes-of-socket-filters",
    "MOD, narrow and indirect loads and MSH are refused, though socket filters have them"
  ) { play in
    play.setNoNewPrivileges()
    for code in [0x94, 0x9c, 0x28, 0x30, 0x40, 0x48, 0x50, 0xb1] as [UInt16] {
      play.install(.before(Instruction(code: code, k: 4)), .fails(.invalid))
    }
  }

  private static let rejectedWideCodes = Scenario(
    "opcodes-above-one-byte", "a code with a bit of its upper byte set is refused"
  ) { play in
    play.setNoNewPrivileges()
    for code in [0x0106, 0x0200, 0x8006, 0xff06, 0x0120] as [UInt16] {
      play.install(.before(Instruction(code: code, k: 0)), .fails(.invalid))
      play.install(Filter([Instruction(code: code, k: 0x7fff_0000)]), .fails(.invalid))
    }
  }

  /// `loadXImmediate` as `load-x-immediate`.
  static func kebab(_ name: String) -> String {
    String(name.flatMap { $0.isUppercase ? ["-", Character($0.lowercased())] : [$0] })
  }
}
