import CProbeProtocol
package import SeccompModel

/// A probe that somebody else starts, as the payload of a container: under the filters that the container's runtime
/// put on, exempt from them by `PTRACE_O_SUSPEND_SECCOMP`, while its kids make the calls under them.
///
/// The starter hands over the memory as descriptor 3 and the executable ``ProbeExecutable/path()``.
package final class ContainedProbe {
  private let memory: ProbeMemory
  private var isShielded = false

  package init() throws(ProbeError) {
    memory = try ProbeMemory()
    memory.header.pointee.version = UInt32(PROBE_PROTOCOL_VERSION)
    memory.header.pointee.options = UInt32(PROBE_OPTION_CONTAINED)
  }

  /// To be the payload's descriptor 3.
  package var descriptor: Int32 { memory.descriptor }

  /// The addresses that a filter sees as `instruction_pointer` for the calls made.
  package var instructionPointers: (syscall: UInt64, int80: UInt64) {
    (memory.header.pointee.syscall_ip, memory.header.pointee.int80_ip)
  }

  /// Waits until the payload has set itself up.
  ///
  /// - Parameters:
  ///   - patience: nanoseconds.
  ///   - isAlive: whether the container still runs.
  package func awaitReady(patience: Int64, isAlive: () -> Bool) throws(ProbeError) {
    try wait(doneAfter: 0, patience: patience, isAlive: isAlive)
  }

  /// Makes calls under the container's filters. What they allow is executed, unless `isShielded`: then a filter on top,
  /// from now on, answers `SECCOMP_RET_TRACE` with nobody to trace, which the kernel turns into ENOSYS; every denial
  /// outranks it.
  ///
  /// - Returns: what became of each call; nil for calls that were not made because one before hung.
  package func run(
    _ calls: [Call], isShielded: Bool, patience: Int64 = 5_000_000_000, isAlive: () -> Bool
  ) throws(ProbeError) -> [Outcome?] {
    var outcomes: [Outcome?] = []
    var rest = calls[...]
    while !rest.isEmpty {
      let batch = rest.prefix(ProbeMemory.callCapacity)
      rest = rest.dropFirst(batch.count)
      outcomes += try runBatch(batch, isShielded: isShielded, patience: patience, isAlive: isAlive)
    }
    return outcomes
  }

  private func runBatch(
    _ calls: ArraySlice<Call>, isShielded: Bool, patience: Int64, isAlive: () -> Bool
  ) throws(ProbeError) -> [Outcome?] {
    precondition(isShielded || !self.isShielded, "a shield cannot be taken off")
    _ = memory.calls.update(fromContentsOf: calls)
    memory.results.baseAddress?.update(repeating: probe_result(), count: calls.count)
    let header = memory.header
    memory.describe(isShielded && !self.isShielded ? .trace(marker: 0) : .unshielded)
    self.isShielded = isShielded
    header.pointee.filter_count = 0
    header.pointee.call_count = UInt32(calls.count)
    header.pointee.cursor = 0
    header.pointee.operation = UInt32(PROBE_COMMAND_INSTALL)
    header.pointee.kid_started = 0
    let seen = header.pointee.done
    memory.raise(memory.word(\.monitor_command))
    try wait(doneAfter: seen, patience: patience, isAlive: isAlive)
    return (0..<calls.count).map { memory.outcome($0, isTraced: false) }
  }

  private func wait(doneAfter seen: UInt32, patience: Int64, isAlive: () -> Bool) throws(ProbeError) {
    let ending = memory.awaitDone(
      after: seen, patience: patience, patienceToStart: max(patience, Probe.setUpPatience)
    ) { isAlive() ? nil : 0 }
    switch ending {
    case .done: try memory.throwRecordedFailure()
    case .ended: throw .containedEnded(call: memory.cursorCall)
    case .stuck: throw .containedSilent(call: memory.cursorCall)
    }
  }

  /// Lets the payload leave, with status 0.
  package func quit() {
    memory.header.pointee.operation = UInt32(PROBE_COMMAND_QUIT)
    memory.raise(memory.word(\.monitor_command))
  }
}

extension ProbeMemory {
  /// The call that is being made; nil when there is none.
  fileprivate var cursorCall: Call? {
    let cursor = Int(header.pointee.cursor)
    return cursor < Int(header.pointee.call_count) && cursor < Self.callCapacity ? calls[cursor] : nil
  }
}
