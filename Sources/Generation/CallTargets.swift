import Profiles
import SeccompModel

/// The numbers that a profile's rules speak of, each with the argument values and argument vectors that its
/// conditions make interesting. Flat arrays, so that drawing from them is two loads.
struct CallTargets: Sendable {
  /// One way to make a call that rules speak of.
  struct Target: Sendable {
    var number: UInt32
    var entry: EntryPath
    var group: Int
    /// What the multiplexer's first argument must be; nil for direct calls.
    var operation: UInt32?
  }

  private(set) var targets: [Target] = []
  /// Argument values, group after group and argument after argument.
  private(set) var values: [UInt64] = []
  /// Where the values of group g, argument i begin: element 6g + i; one more at the end.
  private(set) var valueStarts: [Int] = [0]
  /// For each rule of a group, arguments that satisfy its conditions one by one.
  private(set) var vectors: [Arguments] = []
  /// Where the vectors of group g begin; one more at the end.
  private(set) var vectorStarts: [Int] = [0]
  /// Values kept for one argument of one call; conditions beyond it are drawn from the filter's constants.
  static let valueLimit = 4096

  init(_ profile: Profile) {
    var groups: [String: Int] = [:]
    var conditions: [[Condition]] = []
    var groupVectors: [[Arguments]] = []
    var order: [String] = []
    for entry in profile.entries {
      let vector = Self.satisfying(entry.conditions)
      for name in entry.names {
        let group = groups[name] ?? order.count
        if group == order.count {
          groups[name] = group
          order.append(name)
          conditions.append([])
          groupVectors.append([])
        }
        conditions[group] += entry.conditions
        if !entry.conditions.isEmpty { groupVectors[group].append(vector) }
      }
    }
    for (group, name) in order.enumerated() {
      addTargets(name: name, group: group)
      for index in 0..<Arguments.count {
        let start = values.count
        for condition in conditions[group] where condition.index == index {
          guard values.count - start < Self.valueLimit else { break }
          values += condition.nearValues
          values += condition.halfValues
        }
        valueStarts.append(values.count)
      }
      vectors += groupVectors[group]
      vectorStarts.append(vectors.count)
    }
  }

  private mutating func addTargets(name: String, group: Int) {
    if let number = SyscallTable.x86_64.number(named: name) {
      targets.append(Target(number: number, entry: .syscall, group: group))
    }
    if let number = SyscallTable.x32.number(named: name) {
      targets.append(Target(number: number, entry: .syscall, group: group))
    }
    if let number = SyscallTable.i386.number(named: name) {
      targets.append(Target(number: number, entry: .int80, group: group))
    }
    if let call = MultiplexedCall.named(name) {
      targets.append(
        Target(number: call.multiplexer.number, entry: .int80, group: group, operation: call.operation))
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
