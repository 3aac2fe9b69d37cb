import Profiles
import SeccompModel

/// Makes the rules of one case: on few argument indexes, over few values.
struct RuleMaker {
  var pool: ValuePool
  /// The argument indexes in play, 1 to 6 of them.
  var indexes: [UInt32]
  /// Operators in play; all seven in most cases.
  var comparisons: [Condition.Comparison]
  /// Most conditions on different arguments in one rule.
  var maximum: Int

  init(using random: inout RandomSource) {
    pool = ValuePool(using: &random)
    indexes = [0, 1, 2, 3, 4, 5]
    random.shuffle(&indexes)
    // Arguments 0 to 2 are the ones that profiles test.
    if random.chance(1, of: 2) { indexes.sort() }
    indexes.removeLast(6 - [1, 2, 2, 2, 3, 3, 4, 6][random.below(8)])
    // Three cases in four keep to one condition a rule, as most profiles do, and two in three of the others to tests
    // of equality: compiling ordered tests of several arguments together can take a compiler for ever, and a
    // campaign that waits for its deadline all the time tests little else.
    maximum = random.chance(1, of: 4) ? 6 : 1
    comparisons =
      maximum > 1 && random.chance(2, of: 3) ? [.equal, .maskedEqual] : Condition.Comparison.allCases
    if comparisons.count > 2, random.chance(1, of: 3) {
      random.shuffle(&comparisons)
      comparisons.removeLast(7 - random.within(1...3))
    }
  }

  func condition(index: UInt32, using random: inout RandomSource) -> Condition {
    let comparison = random.pick(comparisons, else: .equal)
    guard comparison == .maskedEqual else {
      return Condition(
        index: index, comparison, value: pool.value(using: &random),
        valueTwo: random.chance(1, of: 24) ? pool.value(using: &random) : 0)
    }
    let mask = pool.mask(using: &random)
    let datum = pool.value(using: &random)
    // One in eight keeps bits outside the mask, which a compiler has to deal with.
    return Condition(
      index: index, .maskedEqual, value: mask,
      valueTwo: random.chance(1, of: 8) ? datum : random.chance(1, of: 4) ? mask : datum & mask)
  }

  /// None to six conditions on different arguments; one rule in eighty names an argument twice, one in a
  /// thousand an argument that does not exist.
  func conditions(using random: inout RandomSource) -> [Condition] {
    let wanted = [0, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 3, 3, 6][random.below(16)]
    let count = min(wanted, indexes.count, maximum)
    var conditions: [Condition] = []
    conditions.reserveCapacity(count + 1)
    let start = count == indexes.count ? 0 : random.below(indexes.count)
    for offset in 0..<count {
      conditions.append(condition(index: indexes[(start + offset) % indexes.count], using: &random))
    }
    if count > 1, random.chance(1, of: 4) { random.shuffle(&conditions) }
    if count > 0, random.chance(1, of: 80) {
      conditions.append(condition(index: conditions[random.below(count)].index, using: &random))
    }
    if random.chance(1, of: 1000) {
      conditions.append(condition(index: UInt32(random.within(6...8)), using: &random))
    }
    return conditions
  }

  /// `conditions` with one thing changed: one condition replaced, its operator or value changed, one dropped
  /// or one added.
  func varied(_ conditions: [Condition], using random: inout RandomSource) -> [Condition] {
    var result = conditions
    guard !result.isEmpty else {
      return [condition(index: random.pick(indexes, else: 0), using: &random)]
    }
    let position = random.below(result.count)
    switch random.below(8) {
    case 0...2: result[position] = condition(index: result[position].index, using: &random)
    case 3: result[position].comparison = random.pick(comparisons, else: .equal)
    case 4, 5:
      if result[position].comparison == .maskedEqual {
        result[position].valueTwo = pool.value(using: &random) & result[position].value
      } else {
        result[position].value = pool.value(using: &random)
      }
    case 6: result.remove(at: position)
    case _ where result.count >= maximum: result[position].index = random.pick(indexes, else: 0)
    default:
      let unused = (0..<6 as Range<UInt32>).filter { index in !result.contains { $0.index == index } }
      if let index = unused.isEmpty ? nil : unused[random.below(unused.count)] {
        result.append(condition(index: index, using: &random))
      }
    }
    return result
  }
}
