/// What one process showed of a condition: one or more blocks, in the order of time, each with the processor's pace around it.
/// As they were measured: in ticks.
package struct Sample: Hashable, Sendable {
  /// For one call, child or installation.
  package var times: [Float]
  /// See ``MeterReading/paces``.
  package var paces: [Float]

  package init(times: [Double], paces: [Double]) {
    self.times = times.map(Float.init)
    self.paces = paces.map(Float.init)
  }

  /// Fewer quiet blocks than this share of them, and the process was disturbed on the whole.
  private static let leastShare = 0.25

  /// The lower quartile of its quiet blocks: what disturbs, an interrupt or another process, only ever adds. Of a process that was
  /// disturbed on the whole, that of the blocks that were the least.
  func value(quietBelow limit: Float) -> (time: Double, pace: Double, isQuiet: Bool) {
    let least = max(1, Int((Double(times.count) * Self.leastShare).rounded(.up)))
    var kept = times.indices.filter { paces[$0] <= limit }
    let isQuiet = kept.count >= least
    if !isQuiet { kept = Array(times.indices.sorted { paces[$0] < paces[$1] }.prefix(least)) }
    let pace = kept.reduce(0.0) { $0 + Double(paces[$1]) } / Double(kept.count)
    let sorted = kept.map { Double(times[$0]) }.sorted()
    return (Quantiles.quantile(0.25, ofSorted: sorted), pace, isQuiet)
  }
}
