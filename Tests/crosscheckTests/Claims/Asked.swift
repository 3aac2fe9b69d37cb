import ClassicBPF
import SeccompModel
import Testing

/// A call and the answer that it should get.
struct Asked: Sendable, CustomTestStringConvertible {
  var name: String
  var data: SeccompData
  var expected: Action

  /// A call by name: with the `syscall` instruction, as x32, or with `int $0x80`.
  init(_ name: String, _ arguments: UInt64..., by abi: ABI = .x86_64, gives expected: Action) {
    self.name = "\(name) (\(abi))"
    self.expected = expected
    var values = Arguments()
    for (index, value) in arguments.enumerated() { values[index] = value }
    // A name that the table does not have becomes a number that no expectation about a name can meet.
    let number = abi.table.number(named: name).map(UInt64.init) ?? .max
    data = Call(abi == .i386 ? .int80 : .syscall, rax: number, arguments: values).seccompData()
    isKnown = number != .max
  }

  /// A call by number.
  init(number: UInt64, gives expected: Action) {
    name = "number \(number)"
    self.expected = expected
    data = Call(.syscall, rax: number).seccompData()
    isKnown = true
  }

  private let isKnown: Bool

  enum ABI: Sendable {
    case x86_64, x32, i386

    var table: SyscallTable {
      switch self {
      case .x86_64: .x86_64
      case .x32: .x32
      case .i386: .i386
      }
    }
  }

  var testDescription: String { "\(name) gives \(expected)" }

  func expect(of filter: Filter, sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(isKnown, "there is no call \(name)", sourceLocation: sourceLocation)
    let action = filter.evaluate(data).action
    #expect(action == expected, "\(name): \(action)", sourceLocation: sourceLocation)
  }
}
