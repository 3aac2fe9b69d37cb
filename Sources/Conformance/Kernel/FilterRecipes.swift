import ClassicBPF
import SeccompModel

// The filters that scenarios are made of.
extension Filter {
  /// This verdict for every call.
  static func always(_ action: Action) -> Filter { Filter([.return(action)]) }

  /// This verdict for the calls of one number, whatever the entry; ALLOW for all others.
  static func on(_ number: UInt32, _ action: Action) -> Filter {
    on(number, verdict: action.verdict.rawValue)
  }

  static func on(_ number: UInt32, verdict: UInt32) -> Filter {
    Filter([
      .load(.number), .jump(equal: number, then: 0, otherwise: 1), .return(verdict), .return(.allow),
    ])
  }

  /// This verdict for one number of one architecture; ALLOW for all others.
  static func on(_ number: UInt32, _ architecture: UInt32, _ action: Action) -> Filter {
    Filter([
      .load(.architecture), .jump(equal: architecture, then: 0, otherwise: 3),
      .load(.number), .jump(equal: number, then: 0, otherwise: 1), .return(action), .return(.allow),
    ])
  }

  /// This verdict for a number when a word of its `seccomp_data` has this value; ALLOW for all others.
  static func on(_ number: UInt32, where word: DataWord, is value: UInt32, _ action: Action) -> Filter {
    Filter([
      .load(.number), .jump(equal: number, then: 0, otherwise: 3),
      .load(word), .jump(equal: value, then: 0, otherwise: 1), .return(action), .return(.allow),
    ])
  }

  /// What the instructions leave in A, twelve bits of it, as an errno for one number; ALLOW for all others.
  static func compute(on number: UInt32 = Number.getppid, _ instructions: [Instruction]) -> Filter {
    Filter(
      [.load(.number), .jump(equal: number, then: 1, otherwise: 0), .return(.allow)] + instructions
        + [.and(0xfff), .operation(.orK, 0x0005_0000), .returnA])
  }

  /// One instruction, and a return behind it.
  static func before(_ instructions: Instruction...) -> Filter { Filter(instructions + [.return(.allow)]) }

  /// Reads as many instructions as it is long before it allows.
  static func length(_ count: Int) -> Filter {
    Filter(Array(repeating: .load(immediate: 1), count: count - 1) + [.return(.allow)])
  }
}

/// Numbers of asm/unistd_64.h and asm/unistd_32.h that scenarios filter.
enum Number {
  static let getpid: UInt32 = 39
  static let getppid: UInt32 = 110
  static let getpid32: UInt32 = 20
  static let getppid32: UInt32 = 64
  static let seccomp: UInt32 = 317
  static let uretprobe: UInt32 = 335
  static let uprobe: UInt32 = 336
  /// No table has a call of this number.
  static let unused: UInt32 = 5000
  /// `__X32_SYSCALL_BIT` of asm/unistd.h
  static let x32Bit: UInt32 = 0x4000_0000
}
