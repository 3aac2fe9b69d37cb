import Profiles
import SeccompModel

/// One number to draw: 16 bytes, so that a draw is one load.
struct CallTarget: Sendable {
  var number: UInt32
  var entry: UInt32
  /// Where the arguments come from: an index into ``CallTargets``' groups; 0 for numbers that no rule names.
  var group: Int32 = 0
  /// What the multiplexer's first argument must be; -1 for direct calls.
  var operation: Int32 = -1

  init(_ entryPath: EntryPath, _ number: UInt32, group: Int = 0, operation: UInt32? = nil) {
    self.number = number
    entry = entryPath.rawValue
    self.group = Int32(truncatingIfNeeded: group)
    self.operation = operation.map { Int32(truncatingIfNeeded: $0) } ?? -1
  }
}

/// The numbers that a profile's rules speak of, each with the argument values and argument vectors that its
/// conditions make interesting. Flat arrays, so that drawing from them takes few loads and no branch.
struct CallTargets: Sendable {
  /// Part of an array.
  struct Span: Sendable {
    var start: UInt32
    var count: UInt32
  }

  private(set) var targets: [CallTarget] = []
  /// Argument values, group after group and argument after argument.
  private(set) var values: [UInt64] = []
  /// The values of group g, argument i: element 6g + i, never empty. Group 0 is the program's own.
  private(set) var valueSpans: [Span] = []
  /// For each rule of a group, arguments that satisfy its conditions one by one; never empty.
  private(set) var vectors: [Arguments] = [Arguments()]
  private(set) var vectorSpans: [Span] = [Span(start: 0, count: 1)]
  /// Most values kept for one argument of one call, and of the program.
  static let valueLimit = 4096

  init(_ profile: Profile, constants: FilterConstants) {
    for index in 0..<Arguments.count { appendProgramValues(constants, index) }
    var groups: [String: Int] = [:]
    var entries: [[Int]] = [[]]
    for (position, entry) in profile.entries.enumerated() {
      for name in entry.names {
        if let group = groups[name] {
          entries[group].append(position)
        } else {
          groups[name] = entries.count
          addTargets(name: name, group: entries.count)
          entries.append([position])
        }
      }
    }
    for group in entries.dropFirst() { appendGroup(group.map { profile.entries[$0].conditions }) }
  }

  private mutating func appendGroup(_ rules: [[Condition]]) {
    for index in 0..<Arguments.count {
      let start = values.count
      for condition in rules.joined() where condition.index == index {
        guard values.count - start < Self.valueLimit else { break }
        values += condition.nearValues
        values += condition.halfValues
      }
      valueSpans.append(
        start == values.count
          ? valueSpans[index] : Span(start: UInt32(start), count: UInt32(values.count - start)))
    }
    let start = vectors.count
    for conditions in rules where !conditions.isEmpty { vectors.append(Self.satisfying(conditions)) }
    vectorSpans.append(
      start == vectors.count
        ? vectorSpans[0] : Span(start: UInt32(start), count: UInt32(vectors.count - start)))
  }

  /// The 64-bit values that the program's constants for the two halves of argument `index` make up, as often as
  /// the general boundary values beside them or more often.
  private mutating func appendProgramValues(_ constants: FilterConstants, _ index: Int) {
    let start = values.count
    let lows = constants.low(argument: index)
    let highs = constants.high(argument: index)
    for low in lows {
      let low = UInt64(low)
      values += [low, low, low << 32, low | 0xffff_ffff_0000_0000]
    }
    for high in highs {
      let high = UInt64(high) << 32
      values += [high, high | 0xffff_ffff, high >> 32]
    }
    // All pairs of few constants; of many, each with some.
    let stride = max(1, highs.count * lows.count / 512)
    var skip = 0
    for high in highs {
      for low in lows {
        if skip % stride == 0 { values.append(UInt64(high) << 32 | UInt64(low)) }
        skip += 1
      }
    }
    let own = Array(values[start...].prefix(Self.valueLimit))
    values.removeSubrange((start + own.count)...)
    values += InterestingValues.boundaries
    while !own.isEmpty, values.count - start < 2 * InterestingValues.boundaries.count { values += own }
    valueSpans.append(Span(start: UInt32(start), count: UInt32(values.count - start)))
  }

  private mutating func addTargets(name: String, group: Int) {
    if let number = SyscallTable.x86_64.number(named: name) {
      targets.append(CallTarget(.syscall, number, group: group))
    }
    if let number = SyscallTable.x32.number(named: name) {
      targets.append(CallTarget(.syscall, number, group: group))
    }
    if let number = SyscallTable.i386.number(named: name) {
      targets.append(CallTarget(.int80, number, group: group))
    }
    if let call = MultiplexedCall.named(name) {
      targets.append(
        CallTarget(.int80, call.multiplexer.number, group: group, operation: call.operation))
    }
  }

  static func satisfying(_ conditions: [Condition]) -> Arguments {
    var arguments = Arguments()
    for condition in conditions where condition.index < Arguments.count {
      arguments[Int(condition.index)] = condition.satisfying
    }
    return arguments
  }
}
