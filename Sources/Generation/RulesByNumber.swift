import Profiles
import SeccompModel

/// A profile's conditions by the numbers that its rules concern, on all three ABIs and behind the multiplexers.
struct RulesByNumber {
  private struct Key: Hashable {
    var number: UInt32
    var entry: EntryPath
  }

  private struct Group {
    var operation: UInt32?
    var rules: [[Condition]] = []
  }

  private var groups: [Key: [Group]] = [:]

  init(_ profile: Profile) {
    var rules: [String: [[Condition]]] = [:]
    var order: [String] = []
    for entry in profile.entries {
      for name in entry.names {
        if rules[name] == nil { order.append(name) }
        rules[name, default: []].append(entry.conditions)
      }
    }
    for name in order {
      guard let rules = rules[name],
        rules.contains(where: { !$0.isEmpty }) || MultiplexedCall.named(name) != nil
      else { continue }
      let group = Group(rules: rules)
      for table in [SyscallTable.x86_64, .x32] {
        if let number = table.number(named: name) { add(group, number, .syscall) }
      }
      if let number = SyscallTable.i386.number(named: name) { add(group, number, .int80) }
      if let call = MultiplexedCall.named(name) {
        add(Group(operation: call.operation, rules: rules), call.multiplexer.number, .int80)
      }
    }
  }

  private mutating func add(_ group: Group, _ number: UInt32, _ entry: EntryPath) {
    groups[Key(number: number, entry: entry), default: []].append(group)
  }

  /// Adds the vectors for one number. Behind a multiplexer the first argument is the operation, its neighbours,
  /// and the operation with an upper half.
  func add(to vectors: inout ArgumentVectors, number: UInt32, entry: EntryPath) {
    for group in groups[Key(number: number, entry: entry)] ?? [] {
      guard let operation = group.operation.map(UInt64.init) else {
        vectors.add(rules: group.rules)
        continue
      }
      for first in [operation, operation + 1, operation - 1, operation | 0x1_0000, operation | 0x1_0000_0000]
      {
        vectors.add(Arguments(first))
      }
      var inner = ArgumentVectors(limit: vectors.limit)
      inner.add(rules: group.rules)
      for var vector in inner.vectors {
        vector.a0 = operation
        vectors.add(vector)
      }
    }
  }

  /// Adds, for each argument that conditions on the number look into, every constant of the program as its lower and
  /// as its upper half: a filter that compares a stale half with what belongs to another word, the number above all,
  /// answers wrongly for few values.
  func add(
    constants: FilterConstants, to vectors: inout ArgumentVectors, number: UInt32, entry: EntryPath
  ) {
    let words = constants.ofCalls
    var done: Set<UInt32> = []
    for group in groups[Key(number: number, entry: entry)] ?? [] {
      if let operation = group.operation, done.insert(0).inserted {
        add(words, at: 0, of: Arguments(UInt64(operation)), to: &vectors)
      }
      guard group.operation == nil else { continue }
      for conditions in group.rules {
        let satisfying = CallTargets.satisfying(conditions)
        for condition in conditions where condition.index < Arguments.count {
          guard done.insert(condition.index).inserted else { continue }
          add(words, at: Int(condition.index), of: satisfying, to: &vectors)
        }
      }
    }
  }

  private func add(
    _ halves: [UInt32], at index: Int, of vector: Arguments, to vectors: inout ArgumentVectors
  ) {
    var vector = vector
    let value = vector[index]
    for half in halves {
      vector[index] = UInt64(half) << 32 | value & 0xffff_ffff
      vectors.add(vector)
      vector[index] = value & 0xffff_ffff_0000_0000 | UInt64(half)
      vectors.add(vector)
    }
  }
}
