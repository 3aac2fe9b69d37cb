internal import CLinux

/// When a call of the library counts as hung: it has lasted `wall` and the worker has used half of that as
/// CPU time in it, so that a busy machine makes no hang; or it has lasted twenty times `wall` whatever the
/// CPU time, which ends a deadlock. A compilation of many calls may take longer: each call has its own time.
struct Deadline: Sendable {
  var wall: Duration
  var processorTime: Duration { wall / 2 }
  var hardLimit: Duration { wall * 20 }

  /// Whether a call is hung that has lasted `elapsed` and used `used`.
  func isPast(elapsed: Duration, used: Duration) -> Bool {
    elapsed >= hardLimit || (elapsed >= wall && used >= processorTime)
  }
}

/// Time since an unspecified start.
func monotonicTime() -> Duration { .nanoseconds(clinux_monotonic_time()) }
