import CLinux
import CProbeProtocol
import Glibc
import SeccompModel

/// Handing the memory over to a probe and getting it back.
extension ProbeMemory {
  enum Ending {
    case done
    /// The probe ended by itself; the wait status.
    case ended(Int32)
    /// No call was finished for longer than patience allows.
    case stuck
  }

  /// Raises a command word.
  func raise(_ word: UnsafeMutablePointer<UInt32>) {
    clinux_store_release(word, word.pointee &+ 1)
    clinux_futex_wake(word, 1)
  }

  /// Waits until `done` moves. Patience, in nanoseconds, counts from the last call that was finished, so that a slow
  /// machine does not make a long batch look hung.
  ///
  /// - Parameters:
  ///   - patienceToStart: counts while the kid that is to make the next call has not begun: the kernel may let it wait
  ///     for reasons that are not the call's, such as a control group being made meanwhile.
  ///   - endedStatus: the wait status of the probe if it has ended.
  func awaitDone(
    after seen: UInt32, patience: Int64, patienceToStart: Int64, endedStatus: () -> Int32?
  ) -> Ending {
    let done = word(\.done)
    let cursor = word(\.cursor)
    let kidStarted = word(\.kid_started)
    let slice: Int64 = min(patience, 50_000_000)
    var progress = clinux_load_acquire(cursor)
    var since = clinux_monotonic_time()
    while clinux_load_acquire(done) == seen {
      guard clinux_futex_wait(done, seen, slice) == -ETIMEDOUT else { continue }
      if let status = endedStatus() { return .ended(status) }
      let reached = clinux_load_acquire(cursor)
      let now = clinux_monotonic_time()
      if reached != progress {
        progress = reached
        since = now
      } else if now - since >= (clinux_load_acquire(kidStarted) == 0 ? patienceToStart : patience) {
        return .stuck
      }
    }
    return .done
  }

  /// Writes down what is to stand over or under the filters.
  func describe(_ shield: Shield) {
    switch shield {
    case .unshielded: header.pointee.shield = UInt32(PROBE_SHIELD_NONE)
    case .errno(let marker):
      header.pointee.shield = UInt32(PROBE_SHIELD_ERRNO)
      header.pointee.shield_marker = UInt32(marker)
    case .trace(let marker):
      header.pointee.shield = UInt32(PROBE_SHIELD_TRACE)
      header.pointee.shield_marker = UInt32(marker)
    }
  }

  /// What the probe wrote down when it could not go on.
  func throwRecordedFailure() throws(ProbeError) {
    let header = header.pointee
    guard header.stage != 0 else { return }
    throw .setUp(
      stage: ProbeError.Stage(rawValue: header.stage) ?? .start, filter: Int(header.failed_filter),
      errno: header.error)
  }

  /// What became of call `index` of the last batch; nil when it was not made.
  ///
  /// - Parameter isTraced: whether a tracer wrote down what it saw.
  func outcome(_ index: Int, isTraced: Bool) -> Outcome? {
    let result = results[index]
    switch result.state {
    case UInt32(PROBE_STATE_RETURNED):
      if isTraced, traps[index].traced != 0 {
        return .traced(message: UInt32(truncatingIfNeeded: traps[index].traced))
      }
      return .returned(Int64(bitPattern: result.value))
    case UInt32(PROBE_STATE_TRAPPED):
      let trap = traps[index]
      return .trapped(
        TrapDetails(
          errno: trap.si_errno, code: trap.si_code, number: trap.si_syscall, architecture: trap.si_arch,
          callAddress: trap.si_call_addr, rax: result.value))
    case UInt32(PROBE_STATE_DIED): return .died(signal: Int32(result.value & 0x7f))
    case UInt32(PROBE_STATE_HUNG): return .hung
    case UInt32(PROBE_STATE_LOST): return .lost
    default: return nil
    }
  }
}
