import CLinux

/// How long a tick of the time stamp counter is, from two looks at both clocks.
struct TickRate {
  private let begin = clinux_clock_pair()

  /// Nanoseconds a tick since this was made; the longer ago, the more exact: about a millionth after 0.1 s. Not finite, or
  /// negative, where the counter did not go on.
  func nanosecondsPerTick() -> Double { Self.nanosecondsPerTick(from: begin, to: clinux_clock_pair()) }

  /// The same of a counter that went on; else throws ``OverheadError/clockWentBack(ticks:)``.
  func measured() throws(OverheadError) -> Double {
    try Self.measured(from: begin, to: clinux_clock_pair())
  }

  static func measured(from begin: clinux_clock_pair, to now: clinux_clock_pair) throws(OverheadError)
    -> Double
  {
    guard now.ticks > begin.ticks else { throw .clockWentBack(ticks: begin.ticks &- now.ticks) }
    return nanosecondsPerTick(from: begin, to: now)
  }

  private static func nanosecondsPerTick(from begin: clinux_clock_pair, to now: clinux_clock_pair) -> Double {
    // A counter that another processor, or a host, has set back is not worth a trap.
    Double(now.nanoseconds &- begin.nanoseconds) / Double(Int64(bitPattern: now.ticks &- begin.ticks))
  }
}
