/// A condition's estimate, and what each resample of the rounds makes of it.
struct Replicates {
  let estimate: Double
  /// One a resample.
  let values: [Double]
  /// How many times the estimate is of.
  let count: Int

  /// - Parameters:
  ///   - times: one a round.
  ///   - counted: the rounds that count.
  ///   - draws: of ``Bootstrap/draws(of:)`` of all rounds.
  init(_ times: [Double], counted: [Int], draws: [[UInt16]]) {
    let order = counted.sorted { times[$0] < times[$1] }
    let estimate = TrimmedMean.ofSorted(order.map { times[$0] })
    self.estimate = estimate
    count = counted.count
    values = draws.map { draw in
      // A resample without any round that counts says nothing new.
      Self.trimmedMean(times, order, draw) ?? estimate
    }
  }

  /// Of `order`'s rounds, ascending by their times, each as often as it was drawn.
  private static func trimmedMean(_ times: [Double], _ order: [Int], _ draw: [UInt16]) -> Double? {
    let total = order.reduce(0) { $0 + Int(draw[$1]) }
    let kept = TrimmedMean.kept(of: total)
    guard !kept.isEmpty else { return nil }
    var sum = 0.0
    var passed = 0
    for round in order {
      let here = min(passed + Int(draw[round]), kept.upperBound) - max(passed, kept.lowerBound)
      if here > 0 { sum += Double(here) * times[round] }
      passed += Int(draw[round])
    }
    return sum / Double(kept.count)
  }
}
