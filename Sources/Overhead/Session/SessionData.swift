/// What a session measured: for each condition one time a round, in nanoseconds, in the order of time. All conditions have
/// equally many, so that the values of one round belong together.
package struct SessionData: Hashable, Sendable {
  package private(set) var values: [String: [Double]] = [:]
  /// All blocks of all rounds, for what they are like by themselves.
  package private(set) var blocks: [String: [Double]] = [:]
  package internal(set) var rounds = 0

  package init() {}

  mutating func append(_ value: Double, blocks: [Double], to condition: String) {
    values[condition, default: []].append(value)
    self.blocks[condition, default: []].append(contentsOf: blocks)
  }

  mutating func scale(by factor: Double) {
    values = values.mapValues { $0.map { $0 * factor } }
    blocks = blocks.mapValues { $0.map { $0 * factor } }
  }

  /// Some of the rounds, as a session of its own; without the blocks.
  package func part(_ range: Range<Int>) -> SessionData {
    var part = SessionData()
    part.values = values.mapValues { Array($0[range]) }
    part.rounds = range.count
    return part
  }

  /// A figure's value in each of these rounds.
  ///
  /// - Returns: nil when a condition that it is made of was not measured.
  package func values(of weights: [String: Double], in rounds: [Int]) -> [Double]? {
    var sums = [Double](repeating: 0, count: rounds.count)
    for (condition, weight) in weights {
      guard let values = values[condition], values.count == self.rounds else { return nil }
      for (index, round) in rounds.enumerated() { sums[index] += weight * values[round] }
    }
    return sums
  }
}
