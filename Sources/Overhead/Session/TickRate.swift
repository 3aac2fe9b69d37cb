import CLinux

/// How long a tick of the time stamp counter is, from two looks at both clocks.
struct TickRate {
  private let begin = clinux_clock_pair()

  /// Nanoseconds a tick since this was made; the longer ago, the more exact: about a millionth after 0.1 s.
  func nanosecondsPerTick() -> Double {
    let now = clinux_clock_pair()
    return Double(now.nanoseconds - begin.nanoseconds) / Double(now.ticks - begin.ticks)
  }
}
