import Profiles
import SeccompModel

/// Lays a policy's rules out by ABI and number: each name is resolved once, and every number's rules end up
/// side by side, in the policy's order.
struct PolicyLayout {
  private(set) var spaces = Spaces()
  private(set) var conditions: [ComparableCondition] = []
  /// Tokens of listed architectures whose calls have no number here.
  private(set) var foreignTokens: [UInt32] = []
  private var placements: [(slot: Int32, rule: PlacedRule)] = []
  private var slotCount: Int32 = 0

  init(architectures: [Architecture]) {
    if architectures.contains(.x86_64) { reserve(\.x86_64, for: .x86_64) }
    if architectures.contains(.x32) { reserve(\.x32, for: .x32) }
    if architectures.contains(.x86) { reserve(\.i386, for: .i386) }
    foreignTokens = architectures.filter { !$0.isX86Family }.map(\.auditToken)
  }

  private mutating func reserve(_ space: WritableKeyPath<Spaces, CallSpace>, for table: SyscallTable) {
    let numbers = (table.highestNumber & ~x32SyscallBit) + 1
    spaces[keyPath: space].isListed = true
    spaces[keyPath: space].firstSlot = slotCount
    spaces[keyPath: space].slotCount = numbers
    slotCount += Int32(numbers)
  }

  mutating func add(_ rule: Rule, index: Int) {
    let firstCondition = conditions.count
    conditions.append(contentsOf: rule.conditions.lazy.map(ComparableCondition.init))
    let placed = PlacedRule(
      verdict: Verdict.meaning(of: rule.action.verdict.rawValue), index: Int32(index),
      firstCondition: Int32(firstCondition), conditionCount: Int32(rule.conditions.count), gate: .none)
    let numbers = NumbersOfName.of(rule.name)
    if spaces.x86_64.isListed, let number = numbers.x86_64 { add(placed, at: number, in: spaces.x86_64) }
    if spaces.x32.isListed, let number = numbers.x32 { add(placed, at: number, in: spaces.x32) }
    guard spaces.i386.isListed else { return }
    if let number = numbers.i386 { add(placed, at: number, in: spaces.i386) }
    if let call = numbers.multiplexed {
      let behind = placed.behind(call, conditions: conditions[firstCondition...])
      add(behind, at: call.multiplexer.number, in: spaces.i386)
    }
  }

  private mutating func add(_ rule: PlacedRule, at number: UInt32, in space: CallSpace) {
    placements.append((space.firstSlot + Int32(number), rule))
  }

  /// All slots, and the placed rules sorted by slot.
  func place(defaultVerdict: UInt32) -> (slots: [Slot], rules: [PlacedRule]) {
    let initial = Slot(constant: defaultVerdict, isConstant: true)
    var slots = [Slot](repeating: initial, count: Int(slotCount))
    for (slot, _) in placements { slots[Int(slot)].ruleCount += 1 }
    guard let any = placements.first?.rule else { return (slots, []) }
    // A counting sort: it keeps the policy's order within a slot.
    var next: Int32 = 0
    for index in slots.indices where slots[index].ruleCount > 0 {
      slots[index].firstRule = next
      next += slots[index].ruleCount
      slots[index].ruleCount = 0
      slots[index].isConstant = false
    }
    var rules = [PlacedRule](repeating: any, count: placements.count)
    for (slot, rule) in placements {
      let position = slots[Int(slot)].firstRule + slots[Int(slot)].ruleCount
      slots[Int(slot)].ruleCount += 1
      rules[Int(position)] = rule
    }
    for (slot, _) in placements {
      let run = rules[slots[Int(slot)].rulesRange]
      guard let first = run.first, run.allSatisfy({ $0.verdict == first.verdict }) else { continue }
      slots[Int(slot)].constant = first.verdict
      slots[Int(slot)].isConstant = run.contains(where: \.isUnconditional)
    }
    return (slots, rules)
  }
}

extension Slot {
  var rulesRange: Range<Int> { Int(firstRule)..<Int(firstRule) + Int(ruleCount) }
}
