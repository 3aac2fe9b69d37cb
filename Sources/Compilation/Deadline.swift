internal import CLinux

/// When a call of the library counts as hung: it has lasted `wall` and the worker has used half of that as
/// CPU time in it, so that a busy machine makes no hang; or it has lasted twenty times `wall` whatever the
/// CPU time, which ends a deadlock. A compilation of many calls may take longer: each call has its own time.
/// Exporting works on all rules at once, so it has the time again for every hundred of them (libseccomp 2.5.4
/// needs about 0.2 s of CPU time for a program of 7000 instructions).
struct Deadline: Sendable {
  var wall: Duration
  var processorTime: Duration { wall / 2 }
  var hardLimit: Duration { wall * 20 }

  /// The deadline of the call at `stage` of a request of `rules` rules.
  func scaled(to stage: CompilationStage, rules: Int) -> Deadline {
    stage == .export ? Deadline(wall: wall * (1 + rules / 100)) : self
  }

  /// Whether a call is hung that has lasted `elapsed` and used `used`.
  func isPast(elapsed: Duration, used: Duration) -> Bool {
    elapsed >= hardLimit || (elapsed >= wall && used >= processorTime)
  }
}

/// Time since an unspecified start.
func monotonicTime() -> Duration { .nanoseconds(clinux_monotonic_time()) }
