import CLinux

/// How long a tick of the time stamp counter is, from two looks at both clocks.
struct TickRate {
  private let begin = clinux_clock_pair()

  /// Nanoseconds a tick since this was made; the longer ago, the more exact: about a millionth after 0.1 s. Throws
  /// ``OverheadError/clockWentBack(ticks:)`` of a counter that did not go on.
  func measured() throws(OverheadError) -> Double {
    try Self.measured(from: begin, to: clinux_clock_pair())
  }

  static func measured(from begin: clinux_clock_pair, to now: clinux_clock_pair) throws(OverheadError)
    -> Double
  {
    guard now.ticks > begin.ticks else { throw .clockWentBack(ticks: begin.ticks &- now.ticks) }
    return Double(now.nanoseconds - begin.nanoseconds) / Double(now.ticks - begin.ticks)
  }
}
