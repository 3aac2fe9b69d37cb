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

  /// A figure's value in each round.
  ///
  /// - Returns: nil when a condition that it is made of was not measured.
  package func values(of weights: [String: Double]) -> [Double]? {
    var sums = [Double](repeating: 0, count: rounds)
    for (condition, weight) in weights {
      guard let values = values[condition], values.count == rounds else { return nil }
      for round in 0..<rounds { sums[round] += weight * values[round] }
    }
    return sums
  }
}
