import ClassicBPF
import SeccompModel

/// A second interpreter, written from the fields of the code (`BPF_CLASS`, `BPF_OP`, `BPF_SRC`, `BPF_MODE` of
/// `linux/bpf_common.h`) and sharing nothing with the first, to compare with.
func referenceRun(_ filter: Filter, _ data: SeccompData) -> (value: UInt32, site: Int) {
  let words: [UInt32] =
    [data.number, data.architecture] + halves(data.instructionPointer)
    + (0..<6).flatMap { halves(data.arguments[$0]) }
  var (a, x, pc): (UInt64, UInt64, Int) = (0, 0, 0)
  var memory = [UInt64](repeating: 0, count: 16)
  let modulus: UInt64 = 1 << 32
  while true {
    let instruction = filter.instructions[pc]
    let code = instruction.code
    let k = UInt64(instruction.k)
    let operand = code & 0x08 != 0 ? x : k
    switch code & 0x07 {
    case 0, 1:
      let value =
        switch code & 0xe0 {
        case 0x20: UInt64(words[Int(k) / 4])
        case 0x60: memory[Int(k)]
        case 0x80: UInt64(64)
        default: k
        }
      if code & 0x07 == 0 { a = value } else { x = value }
    case 2: memory[Int(k)] = a
    case 3: memory[Int(k)] = x
    case 4:
      switch code & 0xf0 {
      case 0x00: a = (a + operand) % modulus
      case 0x10: a = (a + modulus - operand) % modulus
      case 0x20: a = (a * operand) % modulus
      case 0x30:
        if operand == 0 { return (0, pc) }
        a = a / operand
      case 0x40: a |= operand
      case 0x50: a &= operand
      case 0x60: a = (a << (operand % 32)) % modulus
      case 0x70: a = a >> (operand % 32)
      case 0x80: a = (modulus - a) % modulus
      default: a ^= operand
      }
    case 5:
      let taken: Bool? =
        switch code & 0xf0 {
        case 0x00: nil
        case 0x10: a == operand
        case 0x20: a > operand
        case 0x30: a >= operand
        default: a & operand != 0
        }
      pc += taken.map { Int($0 ? instruction.jumpTrue : instruction.jumpFalse) } ?? Int(k)
    case 6: return (code & 0x10 != 0 ? UInt32(a) : instruction.k, pc)
    default: if code & 0x80 != 0 { a = x } else { x = a }
    }
    pc += 1
  }
}

private func halves(_ value: UInt64) -> [UInt32] {
  [UInt32(value & 0xffff_ffff), UInt32(value >> 32)]
}
