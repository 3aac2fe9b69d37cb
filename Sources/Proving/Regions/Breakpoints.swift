import ClassicBPF
import Prediction
import SeccompModel

/// Where, on the line of system call numbers, two sides are expected to begin to answer otherwise: between two neighbours of
/// these a policy, and a filter that only compares numbers with constants, tell no number from the next. A filter that tests
/// bits of a number, or computes with it, does: ``RegionSearch`` finds out.
struct Breakpoints {
  /// Ascending, and all numbers together.
  let runs: [ClosedRange<UInt32>]
  /// Tokens that are looked at one by one: those of x86, and those that a side knows.
  var architectures: [UInt32]
  /// A token to look at for all others.
  let otherArchitecture: UInt32

  init(_ sides: [PreparedSide]) {
    var starts: Set<UInt32> = [0, x32SyscallBit, 1 << 31]
    func add(_ number: UInt32) { starts.formUnion([number, number &+ 1]) }
    for side in sides {
      switch side {
      case .policy(let form, _):
        for (number, _) in form.x86_64.numbers + form.i386.numbers { add(number) }
        for (number, _) in form.x32.numbers { add(number | x32SyscallBit) }
        if let prologue = form.prologue { [prologue.x86_64, prologue.x32, prologue.i386].forEach(add) }
      case .filters(let filters):
        for instruction in filters.flatMap(\.instructions) where instruction.opcode?.isConditionalJump == true
        {
          add(instruction.k)
        }
      }
    }
    let sorted = starts.sorted()
    runs = zip(sorted, sorted.dropFirst().map { $0 - 1 } + [.max]).map { $0...$1 }
    var tokens: Set<UInt32> = [AuditToken.x86_64, AuditToken.i386]
    for side in sides {
      switch side {
      case .policy(let form, _): tokens.formUnion(form.foreignTokens)
      case .filters(let filters):
        let constants = filters.reduce(into: Set<UInt32>()) { $0.formUnion($1.architectureConstants) }
        tokens.formUnion(constants.intersection(Architecture.allCases.map(\.auditToken)))
      }
    }
    architectures = tokens.sorted(by: >)
    // AUDIT_ARCH tokens hold an ELF machine of 16 bits and flags above; this is none (linux/audit.h).
    otherArchitecture = (0x0f00_0000...).first { !starts.contains($0) } ?? 0x0f00_0000
  }
}

extension Filter {
  /// What the architecture may be compared with: the constants of tests that it can get to, all of the filter's where it is
  /// computed with or kept.
  fileprivate var architectureConstants: Set<UInt32> {
    // Whether A may hold it before each instruction: jumps go forwards.
    var arriving = [Bool](repeating: false, count: count)
    var compared: Set<UInt32> = []
    var others: Set<UInt32> = []
    var isKept = false
    for (pc, instruction) in instructions.enumerated() {
      guard let opcode = instruction.opcode, !opcode.isReturn else { continue }
      var holds = arriving[pc]
      switch opcode {
      case .loadAbsolute: holds = instruction.k == UInt32(DataWord.architecture.index) * 4
      case .loadImmediate, .loadLength, .loadMemory, .copyXToA: holds = false
      case .jump, .loadXImmediate, .loadXLength, .loadXMemory, .storeX: break
      case _ where opcode.isConditionalJump:
        if holds { compared.insert(instruction.k) } else { others.insert(instruction.k) }
      default: isKept = isKept || holds
      }
      for next in instruction.successors(of: pc) where next < count && holds { arriving[next] = true }
    }
    return isKept ? compared.union(others) : compared
  }
}
