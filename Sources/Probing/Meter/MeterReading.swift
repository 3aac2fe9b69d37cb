/// What one meter process found. Times are ticks of the time stamp counter.
package struct MeterReading: Hashable, Sendable {
  /// Each block: ticks for one call, or one child.
  package var perCall: [Double] = []
  /// Around each block: ticks for a turn of a loop that only the processor's own speed decides, the slower of before and
  /// after. What runs beside it on the same core shows there.
  package var paces: [Double] = []
  /// Each call alone.
  package var latencies: [UInt32] = []
  /// Each installation, oldest filter first.
  package var installations: [UInt64] = []
  /// Around each installation, as ``paces``.
  package var installationPaces: [Double] = []
  /// SIGSYS that came, and notifications that were answered.
  package var traps = 0
  package var answers = 0
  /// What the first and the last call returned; of a child, the wait status.
  package var firstResult: Int64 = 0
  package var lastResult: Int64 = 0
  /// What was counted between the filters' installation and the end, if that was asked for and could be had.
  package var count: UInt64?

  package init() {}
}
