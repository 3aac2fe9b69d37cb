import Profiles
import SeccompModel

/// The argument vectors worth trying on one number, without repetition, the more telling ones first; at most
/// `limit`, the rest counted.
struct ArgumentVectors {
  let limit: Int
  private(set) var vectors: [Arguments] = []
  /// Vectors that the limit kept out.
  private(set) var dropped = 0
  private var seen: Set<Arguments> = []

  init(limit: Int) { self.limit = limit }

  mutating func add(_ vector: Arguments) {
    guard seen.insert(vector).inserted else { return }
    if vectors.count < limit {
      vectors.append(vector)
    } else {
      dropped += 1
    }
  }

  /// Vectors for calls that no rule looks into: nothing, everything, the halves, each argument alone.
  static let background: [Arguments] = {
    let all = UInt64.max
    let low: UInt64 = 0xffff_ffff
    let high: UInt64 = 0xffff_ffff_0000_0000
    var vectors = [
      Arguments(), Arguments(all, all, all, all, all, all), Arguments(low, low, low, low, low, low),
      Arguments(high, high, high, high, high, high),
    ]
    for index in 0..<Arguments.count {
      var vector = Arguments()
      vector[index] = all
      vectors.append(vector)
    }
    return vectors
  }()

  /// Adds what the conditions of `rules`, all on one call, ask for: arguments that satisfy each rule; each
  /// condition's boundaries in such arguments; then pairs of values near two arguments' conditions, from
  /// any of the rules.
  mutating func add(rules: [[Condition]]) {
    for conditions in rules { add(CallTargets.satisfying(conditions)) }
    for conditions in rules {
      let satisfying = CallTargets.satisfying(conditions)
      for condition in conditions where condition.index < Arguments.count {
        for value in condition.boundaryValues {
          var vector = satisfying
          vector[Int(condition.index)] = value
          add(vector)
        }
      }
    }
    addPairs(rules: rules)
  }

  private mutating func addPairs(rules: [[Condition]]) {
    var near = [[UInt64]](repeating: [], count: Arguments.count)
    for condition in rules.joined() where condition.index < Arguments.count {
      for value in condition.nearValues where !near[Int(condition.index)].contains(value) {
        near[Int(condition.index)].append(value)
      }
      // Quadratic from here on: the limit would drop the rest anyway.
      if near[Int(condition.index)].count > limit { break }
    }
    let bases = [Arguments()] + rules.prefix(8).map(CallTargets.satisfying)
    for one in 0..<Arguments.count where !near[one].isEmpty {
      for other in one + 1..<Arguments.count where !near[other].isEmpty {
        for base in bases {
          for first in near[one] {
            for second in near[other] {
              var vector = base
              vector[one] = first
              vector[other] = second
              add(vector)
              if dropped > limit { return }
            }
          }
        }
      }
    }
    for index in 0..<Arguments.count {
      for value in near[index] {
        var vector = Arguments()
        vector[index] = value
        add(vector)
      }
    }
  }
}
