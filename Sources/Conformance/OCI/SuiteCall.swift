import SeccompModel

/// The calls that the table judges, by name.
///
/// The names are the table's own and stand in the syscall tables; another is a slip in the table, which a test finds.
enum SuiteCall {
  /// By `syscall`, with an x86_64 number.
  static func native(_ name: String, _ arguments: UInt64...) -> Call {
    Call(.syscall, rax: number(name, in: .x86_64), arguments: vector(arguments))
  }

  /// By `syscall`, with an x32 number.
  static func x32(_ name: String, _ arguments: UInt64...) -> Call {
    Call(.syscall, rax: number(name, in: .x32), arguments: vector(arguments))
  }

  /// By `int $0x80`.
  static func i386(_ name: String, _ arguments: UInt64...) -> Call {
    Call(.int80, rax: number(name, in: .i386), arguments: vector(arguments))
  }

  /// `value` in argument `index`, `other` in the others.
  static func native(_ name: String, argument index: Int, _ value: UInt64, others other: UInt64 = 0) -> Call {
    var arguments = Arguments(other, other, other, other, other, other)
    arguments[index] = value
    return Call(.syscall, rax: number(name, in: .x86_64), arguments: arguments)
  }

  private static func vector(_ values: [UInt64]) -> Arguments {
    var arguments = Arguments()
    for (index, value) in values.enumerated() { arguments[index] = value }
    return arguments
  }

  private static func number(_ name: String, in table: SyscallTable) -> UInt64 {
    guard let number = table.number(named: name) else { preconditionFailure("no call is named \(name)") }
    return UInt64(number)
  }
}

extension Call {
  /// This call must be answered by `action`.
  func gets(_ action: Action) -> OCICase.ExpectedVerdict { .init(self, action) }
}
