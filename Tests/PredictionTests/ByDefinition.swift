import Profiles
import SeccompModel

/// The policy's meaning a second time, by definition and without regard for speed: every reading that the texts
/// leave open is tried, and the verdicts of all of them are collected.
struct ByDefinition {
  let policy: RandomPolicy

  /// All verdicts that some reading gives.
  func verdicts(for call: Call) -> Set<UInt32> {
    let number = UInt32(truncatingIfNeeded: call.rax)
    let architectures = policy.architectures.isEmpty ? [.x86_64] : policy.architectures
    var owners: [Architecture] = []
    if call.entryPath == .int80 {
      owners = [.x86]
    } else if number < 0x4000_0000 {
      owners = [.x86_64]
    } else if number < 0x8000_0000 {
      owners = [.x32]
    } else {
      owners = [.x86_64, .x32]
    }
    var verdicts: Set<UInt32> = []
    for owner in owners {
      if architectures.contains(owner) {
        verdicts.formUnion(self.verdicts(for: call, number: number, in: owner))
      } else {
        verdicts.insert(policy.badArchitectureAction.verdict.rawValue)
      }
    }
    return verdicts
  }

  private func verdicts(for call: Call, number: UInt32, in architecture: Architecture) -> Set<UInt32> {
    let matching = policy.rules.map { readings(of: $0, call, number, architecture) }
    var verdicts: Set<UInt32> = []
    // One world for each way to settle the open rules; `choice` counts through them in binary.
    for choice in 0..<(1 << policy.rules.count) {
      let world = policy.rules.indices.map { choice >> $0 & 1 == 1 }
      guard zip(world, matching).allSatisfy({ $1.contains($0) }) else { continue }
      let actions = zip(world, policy.rules).filter(\.0).map { $1.action.verdict.rawValue }
      verdicts.formUnion(actions.isEmpty ? [policy.defaultAction.verdict.rawValue] : actions)
    }
    return verdicts
  }

  /// Whether the rule matches, in each reading.
  private func readings(
    of rule: Rule, _ call: Call, _ number: UInt32, _ architecture: Architecture
  ) -> Set<Bool> {
    var result: Set<Bool> = [false]
    if architecture.table?.number(named: rule.name) == number {
      let visible = rule.conditions.map { condition in
        Set(Self.comparisons(condition, call.arguments[Int(condition.index)], architecture))
      }
      result = Self.all(visible)
    }
    if architecture == .x86, let inner = MultiplexedCall.named(rule.name), inner.multiplexer.number == number
    {
      let hidden = rule.conditions.map { condition in
        Set(Self.hiddenValues(condition).flatMap { Self.comparisons(condition, $0, .x86) })
      }
      let first = UInt32(truncatingIfNeeded: call.arguments.a0)
      var asked: Set<Bool> = [first == inner.operation]
      if number == Number.i386Ipc, first & 0xffff == inner.operation { asked.insert(true) }
      result = Self.all([asked] + hidden)
    }
    return result
  }

  /// The truth values that "all of these" can take.
  private static func all(_ parts: [Set<Bool>]) -> Set<Bool> {
    var result: Set<Bool> = []
    if parts.allSatisfy({ $0.contains(true) }) { result.insert(true) }
    if parts.contains(where: { $0.contains(false) }) { result.insert(false) }
    return result
  }

  /// Values that make a difference to the condition if any do.
  private static func hiddenValues(_ condition: Condition) -> [UInt64] {
    let edges: [UInt64] = [0, 1, 2, 0x7fff_ffff, 0x8000_0000, 0xffff_fffe, 0xffff_ffff]
    let own = [condition.value, condition.valueTwo, condition.value & condition.valueTwo]
    let near = own.flatMap { [$0 &- 1, $0, $0 &+ 1, ~$0] }
    return (edges + near).map { $0 & 0xffff_ffff }
  }

  /// The condition's truth in each reading of how wide the argument and the datum are.
  private static func comparisons(
    _ condition: Condition, _ argument: UInt64, _ architecture: Architecture
  ) -> [Bool] {
    let low: UInt64 = 0xffff_ffff
    let narrow = [
      compare(condition, argument & low, datumMask: .max), compare(condition, argument & low, datumMask: low),
    ]
    let full = compare(condition, argument, datumMask: .max)
    return switch architecture {
    case .x86: narrow
    case .x32: narrow + [full]
    default: [full]
    }
  }

  private static func compare(_ condition: Condition, _ argument: UInt64, datumMask: UInt64) -> Bool {
    let value = condition.value & datumMask
    let second = condition.valueTwo & datumMask
    return switch condition.comparison {
    case .equal: argument == value
    case .notEqual: !(argument == value)
    case .lessThan: !(argument >= value)
    case .lessOrEqual: !(argument > value)
    case .greaterOrEqual: !(argument < value)
    case .greaterThan: !(argument <= value)
    case .maskedEqual: (argument ^ second) & value == 0
    }
  }
}
