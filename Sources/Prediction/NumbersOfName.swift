import SeccompModel

/// Everything that one name means on the x86 ABIs, so that a policy looks each name up once.
struct NumbersOfName: Sendable {
  var x86_64: UInt32?
  /// Without bit 30.
  var x32: UInt32?
  var i386: UInt32?
  /// The i386 call that multiplexes it.
  var multiplexed: Operation?

  struct Operation: Sendable {
    var multiplexer: Multiplexer
    var operation: UInt32
  }

  /// Nothing in it for a name that no table knows.
  @inline(__always)
  static func of(_ name: String) -> NumbersOfName { byName[name] ?? NumbersOfName(lookingUp: name) }

  private init(lookingUp name: String) {
    x86_64 = SyscallTable.x86_64.number(named: name)
    x32 = SyscallTable.x32.number(named: name).map { $0 ^ x32SyscallBit }
    i386 = SyscallTable.i386.number(named: name)
    multiplexed = MultiplexedCall.named(name).map {
      Operation(multiplexer: $0.multiplexer, operation: $0.operation)
    }
  }

  /// The canonical names. Others, aliases among them, are looked up in the tables each time.
  private static let byName: [String: NumbersOfName] = {
    let tables: [SyscallTable] = [.x86_64, .x32, .i386]
    let names = Set(tables.flatMap { $0.entries.map(\.name) } + MultiplexedCall.all.map(\.name))
    return Dictionary(uniqueKeysWithValues: names.map { ($0, NumbersOfName(lookingUp: $0)) })
  }()
}
