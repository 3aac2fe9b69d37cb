// On a shared machine the processor has two states: alone, or slowed by what runs beside it (another thread of the same core,
// another machine on it) by 15 to 50 %, each thing timed by another share. The state lasts for seconds, and how much of a run
// it takes is chance: means over all rounds of two runs differed by 2 to 15 %, those over quiet rounds by 0.1 to 0.3 %
// (docs/overhead.md).
extension SessionData {
  /// How much slower than the fastest tenth a round may be and be quiet.
  private static let tolerance = 1.02

  /// Rounds in which nothing else slowed the processor: by all that was timed in them, so that no single value decides whether
  /// it counts. A quarter of all, and ``Session/leastRounds``, are kept whatever they are like.
  package var quietRounds: [Int] {
    let paces = paces
    let sorted = paces.sorted()
    guard let last = sorted.indices.last else { return [] }
    let kept = min(last, max(Session.leastRounds, sorted.count / 4) - 1)
    let limit = max(Quantiles.quantile(0.1, ofSorted: sorted) * Self.tolerance, sorted[kept])
    return paces.indices.filter { paces[$0] <= limit }
  }

  /// For each round the median, over all conditions, of the time beside that of the condition's fastest tenth.
  private var paces: [Double] {
    let ratios = values.values.filter { $0.count == rounds }.map { values in
      let fast = Quantiles.quantile(0.1, ofSorted: values.sorted())
      return values.map { fast > 0 ? $0 / fast : 1 }
    }
    return (0..<rounds).map { round in Quantiles.median(ratios.map { $0[round] }) }
  }
}
