package import SeccompModel

/// What became of one step.
package struct StepOutcome: Hashable, Sendable {
  package var result: StepResult
  /// The words that a call was told to read.
  package var words: [UInt64]
  /// How often a repeated call succeeded before its last one.
  package var successes: Int
  /// Signals, other than SIGSYS, whose handler ran since the actor's step before.
  package var signals: Int

  package init(_ result: StepResult, words: [UInt64] = [], successes: Int = 0, signals: Int = 0) {
    self.result = result
    self.words = words
    self.successes = successes
    self.signals = signals
  }
}

/// How a step ended.
package enum StepResult: Hashable, Sendable {
  /// The call came back with this in its result register, an errno as its negative; steps that are no calls give 0.
  case returned(Int64)
  /// SIGSYS reached a handler, and the call never came back.
  case trapped(TrapDetails)
  /// SIGSYS reached a handler that returned, and then the call came back with this.
  case trappedAndReturned(TrapDetails, Int64)
  /// The actor waits in the kernel, in the call.
  case blocked
  /// The actor is stopped for its tracer.
  case stopped
  /// The actor is no more.
  case ended(Ending)
  /// What /proc says.
  case status(ThreadStatus)
  /// The step was not over in time, and the script was given up.
  case hung
  /// The actor was not there, or the script had been given up.
  case notTaken

  package enum Ending: Hashable, Sendable {
    /// Its process exited with this status.
    case exited(Int32)
    /// Its process was ended by this signal; whether the status says that a core was written.
    case signalled(Int32, core: Bool)
    /// Only this thread; its process goes on.
    case thread
    /// Its process is over, and its tracer knows how.
    case unknown
  }

  package struct ThreadStatus: Hashable, Sendable {
    /// `Seccomp`: 0 none, 1 strict, 2 filter.
    package var mode: Int
    /// `Seccomp_filters`; -1 on kernels that do not say (before 5.9).
    package var filters: Int
    /// `NoNewPrivs`
    package var noNewPrivileges: Bool

    package init(mode: Int, filters: Int, noNewPrivileges: Bool) {
      self.mode = mode
      self.filters = filters
      self.noNewPrivileges = noNewPrivileges
    }
  }
}
