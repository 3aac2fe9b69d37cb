/// Decides exactly whether some word passes a conjunction of tests, bit by bit from the top, lower words first.
/// A test is dropped as soon as the bits chosen decide it, so few stay open; open tests that were found to have no
/// solution at some bit are not tried there again.
struct BitSearch {
  /// Bits tried before giving up.
  private static let stepLimit = 20_000
  private var steps = 0
  private var failed: Set<Position> = []

  /// A test whose bits so far equal those of its lower or upper bound.
  private struct Open: Hashable {
    var test: WordTest
    var onLow = true
    var onHigh = true
  }

  private struct Position: Hashable {
    var bit: UInt32
    var open: [Open]
  }

  mutating func solve(_ tests: [WordTest]) -> WordConstraint.Solution {
    for test in tests where !test.isExclusion && test.low > test.high { return .none }
    return search(tests.map { Open(test: $0) }, bit: 1 << 31, chosen: 0)
  }

  private mutating func search(_ open: [Open], bit: UInt32, chosen: UInt32) -> WordConstraint.Solution {
    if bit == 0 { return open.contains(where: \.test.isExclusion) ? .none : .value(chosen) }
    let position = Position(bit: bit, open: open)
    if failed.contains(position) { return .none }
    var gaveUp = false
    for set in [false, true] {
      steps += 1
      if steps > Self.stepLimit { return .unknown }
      guard let rest = Self.narrow(open, bit: bit, set: set) else { continue }
      switch search(rest, bit: bit >> 1, chosen: set ? chosen | bit : chosen) {
      case .value(let value): return .value(value)
      case .unknown: gaveUp = true
      case .none: break
      }
    }
    if gaveUp { return .unknown }
    failed.insert(position)
    return .none
  }

  /// The tests still open after a bit is chosen; nil when one of them fails.
  private static func narrow(_ open: [Open], bit: UInt32, set: Bool) -> [Open]? {
    var rest: [Open] = []
    for var entry in open {
      let value = set && entry.test.mask & bit != 0
      let low = entry.test.low & bit != 0
      let high = entry.test.high & bit != 0
      if entry.test.isExclusion {
        if value == low { rest.append(entry) }
        continue
      }
      if entry.onLow {
        if !value && low { return nil }
        entry.onLow = value == low
      }
      if entry.onHigh {
        if value && !high { return nil }
        entry.onHigh = value == high
      }
      if entry.onLow || entry.onHigh { rest.append(entry) }
    }
    return rest
  }
}
