import Profiles
import SeccompModel

/// Random policies and calls that meet: few names, few values, all on the edges of the comparisons.
struct RandomPolicy {
  var rules: [Rule]
  var defaultAction: Action
  var architectures: [Architecture]
  var badArchitectureAction: Action

  init(using generator: inout SplitMix64) {
    rules = (0..<generator.next(below: 9)).map { _ in RandomPolicy.rule(&generator) }
    defaultAction = generator.pick(RandomPolicy.actions)
    badArchitectureAction = generator.pick(RandomPolicy.actions)
    architectures = [.x86_64, .x86, .x32].filter { _ in generator.next(below: 4) > 0 }
  }

  static func call(_ generator: inout SplitMix64) -> Call {
    var call = Call(generator.pick([.syscall, .int80, .int80]), rax: UInt64(generator.pick(numbers)))
    if generator.next(below: 4) == 0 { call.rax |= 0xffff_ffff_0000_0000 }
    for index in 0..<Arguments.count { call.arguments[index] = generator.pick(values) }
    return call
  }

  static let actions: [Action] = [
    .allow, .errno(1), .errno(1), .errno(2), .killProcess, .killThread, .trap(1), .trace(1), .log, .notify,
  ]

  private static let names = [
    "personality", "personality", "socket", "accept", "semget", "semop", "socketcall", "ipc", "getpid",
    "no_such_call",
  ]

  private static let numbers: [UInt32] = [
    135, 135, 136, 136, 0x4000_0087, 102, 102, 117, 117, 359, 393, 41, 39, 20, 0x4000_0029, 600, 0x4000_0300,
    0x8000_0087, .max,
  ]

  static let values: [UInt64] = [
    0, 1, 2, 5, 0x1_0001, 0x1_0002, 0x7fff_ffff, 0x8000_0000, 0xffff_fffe, 0xffff_ffff, 0x1_0000_0000,
    0x1_0000_0001, 0x5_0000_0002, 0x8000_0000_0000_0000, 0xffff_ffff_0000_0000, .max,
  ]

  private static func rule(_ generator: inout SplitMix64) -> Rule {
    let conditions = (0..<generator.next(below: 3)).map { _ in
      Condition(
        index: UInt32(generator.next(below: 3)), generator.pick(Condition.Comparison.allCases),
        value: generator.pick(values), valueTwo: generator.pick(values))
    }
    return Rule(name: generator.pick(names), action: generator.pick(actions), conditions: conditions)
  }
}

/// The splitmix64 generator: the same numbers on every machine.
struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xbf58_476d_1ce4_e5b9
    bits = (bits ^ (bits >> 27)) &* 0x94d0_49bb_1331_11eb
    return bits ^ (bits >> 31)
  }

  mutating func next(below bound: Int) -> Int { Int(next() % UInt64(bound)) }

  mutating func pick<Element>(_ elements: [Element]) -> Element { elements[next(below: elements.count)] }
}
