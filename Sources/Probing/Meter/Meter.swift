import CLinux
import CProbeProtocol
import Glibc

/// Times calls under filters: a fresh process for each task, on one processor, that makes the calls and ends.
///
/// Calls are made for real and without a shield, by a process with the driver's user: who writes a task answers for its
/// call. A meter serves one thread.
package final class Meter {
  /// What can be counted beside the time, where the machine has it.
  package enum Counter: UInt32, Hashable, Sendable, CaseIterable {
    case instructions = 1
    case cycles = 2
    case contextSwitches = 3
  }

  /// Where the measured process runs.
  package let processor: Int
  private let memory: MeterMemory
  private let executable: String

  package init(processor: Int) throws(ProbeError) {
    self.processor = processor
    executable = try ProbeExecutable.meter.path()
    memory = try MeterMemory()
  }

  /// Why a counter cannot be had, as an errno of perf_event_open(2); 0 when it can.
  package static func obstacle(to counter: Counter) -> Int32 {
    let descriptor = clinux_perf_open(getpid(), clinux_perf_counter(counter.rawValue))
    guard descriptor >= 0 else { return -descriptor }
    close(descriptor)
    return 0
  }

  /// Carries out a task in a process of its own.
  ///
  /// - Parameters:
  ///   - patience: milliseconds after which the process is killed.
  ///   - counter: what is to be counted from before the filters' installation to the end; see ``MeterReading/count``.
  ///   - look: what to do while the filters of a ``MeterTask/Subject/hold`` stand.
  /// - Throws: ``ProbeError/meterFailed(_:errno:)`` where the meter says what failed; ``ProbeError/meterEnded(status:)``
  ///   when it was killed, by a filter for example; ``ProbeError/system(doing:errno:)`` when it did not end in time.
  package func run(
    _ task: MeterTask, patience: Int = 30_000, counting counter: Counter? = nil, look: () -> Void = {}
  ) throws(ProbeError) -> MeterReading {
    try memory.write(task, processor: processor, waits: counter != nil)
    let process = try ProbeProcess(executable: executable, memory: memory.descriptor, root: nil)
    var count: Count?
    if let counter {
      count = Count(counter, of: process.pid)
      raise(memory.go, 1)
    }
    if case .hold = task.subject {
      try awaitDone(process, patience: patience)
      look()
      raise(memory.go, 2)
    }
    let status = try process.awaitEnd(milliseconds: patience)
    guard let status else {
      throw .system(doing: "waiting for a meter to be done", errno: ETIMEDOUT)
    }
    if let failure = MeterFailure(memory.header.pointee) {
      throw .meterFailed(failure, errno: memory.header.pointee.error)
    }
    guard clinux_load_acquire(memory.done) == 1 else { throw .meterEnded(status: status) }
    var reading = memory.reading(of: task)
    reading.count = count?.value
    return reading
  }

  private func raise(_ word: UnsafeMutablePointer<UInt32>, _ value: UInt32) {
    clinux_store_release(word, value)
    clinux_futex_wake(word, 1)
  }

  private func awaitDone(_ process: ProbeProcess, patience: Int) throws(ProbeError) {
    let deadline = clinux_monotonic_time() + Int64(patience) * 1_000_000
    while clinux_load_acquire(memory.done) == 0 {
      _ = clinux_futex_wait(memory.done, 0, 10_000_000)
      if let status = process.endedStatus() {
        if let failure = MeterFailure(memory.header.pointee) {
          throw .meterFailed(failure, errno: memory.header.pointee.error)
        }
        throw .meterEnded(status: status)
      }
      guard clinux_monotonic_time() < deadline else {
        throw .system(doing: "waiting for a meter to hold its filters", errno: ETIMEDOUT)
      }
    }
  }
}

/// A counter on a process.
private struct Count: ~Copyable {
  private let descriptor: Int32

  init?(_ counter: Meter.Counter, of process: pid_t) {
    descriptor = clinux_perf_open(process, clinux_perf_counter(counter.rawValue))
    guard descriptor >= 0 else { return nil }
  }

  /// nil when it was shared with others' counters meanwhile.
  var value: UInt64? {
    var count: UInt64 = 0
    return clinux_perf_read(descriptor, &count) == 0 ? count : nil
  }

  deinit { close(descriptor) }
}
