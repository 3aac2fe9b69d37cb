package import SeccompModel

/// Why a probe could not do what it was asked to.
package enum ProbeError: Error, Hashable, Sendable {
  /// The probe's executable is not where the program looks for it.
  case executableMissing(searched: [String])
  /// A system call of the driver failed.
  case system(doing: String, errno: Int32)
  /// The probe ended before it was ready; the wait status.
  case diedAtStart(status: Int32)
  /// The probe could not set itself up or put the filters on.
  case setUp(stage: Stage, filter: Int, errno: Int32)
  /// The stack or the batch is larger than the shared memory.
  case tooLarge(String)
  /// The probe had to be started again this often in one batch.
  case unstable(restarts: Int)
  /// The probe in a container ended, in this call if it was making one.
  case containedEnded(call: Call?)
  /// The probe in a container did not answer in time.
  case containedSilent(call: Call?)
  /// A meter says that it could not do this.
  case meterFailed(MeterFailure, errno: Int32)
  /// A meter ended before it was done; the wait status.
  case meterEnded(status: Int32)

  /// Where an installation failed: the `PROBE_STAGE_*` values.
  package enum Stage: UInt32, Hashable, Sendable {
    case start = 1
    case clone, seize, shield, filter, live
  }
}

extension ProbeError: CustomStringConvertible {
  /// A wait status in words, waitpid(2).
  private static func ending(_ status: Int32) -> String {
    status & 0x7f == 0 ? "exit status \(status >> 8 & 0xff)" : "killed by signal \(status & 0x7f)"
  }

  private static func place(_ call: Call?) -> String { call.map { " in the call \($0)" } ?? "" }

  package var description: String {
    switch self {
    case .executableMissing(let searched):
      "the probe's executable is missing; looked at \(searched.joined(separator: ", ")). "
        + "Build it with `swift build` or name it in CROSSCHECK_PROBE."
    case .system(let doing, let errno): "\(doing): errno \(errno)"
    case .diedAtStart(let status): "the probe ended while starting: \(Self.ending(status))"
    case .setUp(.filter, let filter, let errno):
      "the kernel refused filter \(filter) of the stack with errno \(errno)"
    case .setUp(let stage, _, let errno): "the probe failed at stage \(stage) with errno \(errno)"
    case .tooLarge(let what): what
    case .containedEnded(let call): "the probe in the container ended\(Self.place(call))"
    case .containedSilent(let call): "the probe in the container does not answer\(Self.place(call))"
    case .meterFailed(let what, let errno): "the meter failed at \(what): errno \(errno)"
    case .meterEnded(let status): "the meter ended before it was done: \(Self.ending(status))"
    case .unstable(let restarts): "the probe was lost \(restarts) times in one batch"
    }
  }
}
