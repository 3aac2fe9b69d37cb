import Prediction
import Profiles
import SeccompModel

/// A call as a filter sees it, x86_64 unless told otherwise.
func seen(_ number: UInt32, _ arguments: UInt64..., token: UInt32 = AuditToken.x86_64) -> SeccompData {
  var vector = Arguments()
  for (index, argument) in arguments.enumerated() { vector[index] = argument }
  return SeccompData(number: number, architecture: token, arguments: vector)
}

/// Numbers of `asm/unistd_64.h`, `asm/unistd_x32.h` and `asm/unistd_32.h` that the tests use.
enum Number {
  static let getpid: UInt32 = 39
  static let personality: UInt32 = 135
  static let x32Getpid: UInt32 = 0x4000_0027
  static let i386Getpid: UInt32 = 20
  static let i386Personality: UInt32 = 136
  static let i386Socketcall: UInt32 = 102
  static let i386Ipc: UInt32 = 117
  static let i386Socket: UInt32 = 359
  static let i386Semget: UInt32 = 393
}

extension PolicyAnswer {
  static func rule(_ index: Int, _ action: Action) -> PolicyAnswer {
    .decided(action.verdict, by: .rule(index))
  }

  static func contested(_ possibilities: (Action, [Decision])...) -> PolicyAnswer {
    .contested(possibilities.map { Possibility(verdict: $0.verdict, by: $1) })
  }
}
