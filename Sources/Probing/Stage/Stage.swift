import CLinux
import CProbeProtocol
import Glibc
package import Scripts

/// Where scripts are played: a director process that starts a script's first actor, lets each actor take its steps in turn,
/// and watches what becomes of them.
///
/// Scripts are played for real and without a shield: who writes one answers for its calls. Nothing of a script
/// outlives it; nothing outlives the driver. A stage serves one thread.
package final class Stage {
  private let memory: StageMemory
  private let executable: String
  private let processor: Int?
  private var process: ProbeProcess?

  /// What starting may take, in nanoseconds, and what a script may take beyond its steps' patience.
  private static let reserve: Int64 = 20_000_000_000

  /// - Parameter processor: on which director and actors run, as they take turns; nil: any one. Stages at work at the
  ///   same time want different ones.
  package init(processor: Int? = nil) throws(ProbeError) {
    self.processor = processor
    executable = try ProbeExecutable.stage.path()
    memory = try StageMemory()
    try memory.set(paths: [executable, ProbeExecutable.stage32.path()])
    try start()
  }

  /// Plays a script from its beginning.
  ///
  /// - Parameter patience: nanoseconds that one step may take before the script is given up.
  /// - Returns: an outcome for each step.
  package func play(_ script: Script, patience: Int64 = 2_000_000_000) throws(ProbeError) -> [StepOutcome] {
    guard !script.steps.isEmpty else { return [] }
    try memory.write(script)
    memory.header.pointee.patience_us = UInt32(clamping: patience / 1000)
    if process == nil { try start() }
    let seen = memory.header.pointee.done
    clinux_store_release(memory.command, memory.command.pointee &+ 1)
    clinux_futex_wake(memory.command, 1)
    // Only one step can use up its patience: with it the script ends.
    guard try isDone(after: seen, within: patience + Self.reserve) else {
      // The director itself is stuck, and with it what it holds.
      process = nil
      throw .system(doing: "waiting for a script to be played", errno: ETIMEDOUT)
    }
    let error = memory.header.pointee.error
    guard error == 0 else { throw .system(doing: "starting a script's first actor", errno: error) }
    return script.steps.indices.map { memory.outcome($0, of: script.steps[$0]) }
  }

  private func start() throws(ProbeError) {
    process = nil
    memory.header.pointee.version = UInt32(STAGE_PROTOCOL_VERSION)
    memory.header.pointee.error = 0
    memory.header.pointee.processor = processor.map { Int32(clamping: $0) } ?? -1
    let seen = memory.header.pointee.done
    process = try ProbeProcess(executable: executable, memory: memory.descriptor, root: nil)
    guard try isDone(after: seen, within: Self.reserve) else {
      throw .system(doing: "waiting for the stage to start", errno: ETIMEDOUT)
    }
    let error = memory.header.pointee.error
    guard error == 0 else { throw .setUp(stage: .start, filter: 0, errno: error) }
  }

  private func isDone(after seen: UInt32, within patience: Int64) throws(ProbeError) -> Bool {
    let deadline = clinux_monotonic_time() + patience
    while clinux_load_acquire(memory.done) == seen {
      guard clinux_futex_wait(memory.done, seen, 50_000_000) == -ETIMEDOUT else { continue }
      if let status = process?.endedStatus() {
        process = nil
        throw .diedAtStart(status: status)
      }
      if clinux_monotonic_time() > deadline { return false }
    }
    return true
  }
}
