internal import CLinux

extension Compiler {
  /// How a request came to its end.
  enum Ending {
    case replied
    /// The worker ended by itself; it has been reaped.
    case ended(WorkerEnd, CompilationStage)
    /// A call passed the deadline; the worker has been killed.
    case hung(CompilationStage, elapsed: Duration)
  }

  /// Hand the written request over, to a new worker if there is none, and wait for its end.
  mutating func ask(_ deadline: Deadline) throws(CompilerError) -> Ending {
    if worker == nil {
      worker = try Self.start(path: path, libraryFile: libraryFile, memory: memory, deadline: self.deadline)
    }
    let request = memory.openRequest()
    let ending = waitForReply(request, deadline)
    // Assigning nil kills a worker that hangs.
    if case .replied = ending { return ending }
    worker = nil
    return ending
  }

  /// Sleep until the reply is there, looking at the worker now and then: its end wakes nobody.
  private mutating func waitForReply(_ request: UInt32, _ deadline: Deadline) -> Ending {
    let word = clinux_worker_reply_word(memory.header)
    var slice: Int64 = 1_000_000
    // The call under way, and when it was first seen; its CPU time is read from the first look on.
    var progress = memory.progress
    var began = monotonicTime()
    var processorTime: Duration?
    while true {
      let answered = clinux_load_acquire(word)
      if answered == request { return .replied }
      guard clinux_futex_wait(word, answered, slice) != 0 else { continue }
      if clinux_load_acquire(word) == request { return .replied }

      if let end = worker?.end() {
        // It may have replied and ended after the last look.
        if clinux_load_acquire(word) == request { return .replied }
        return .ended(end, CompilationStage(progress: memory.progress))
      }
      let now = monotonicTime()
      let used = worker?.processorTime ?? .zero
      if memory.progress != progress {
        (progress, began, processorTime) = (memory.progress, now, used)
      } else {
        let stage = CompilationStage(progress: progress)
        let deadline = deadline.scaled(to: stage, rules: Int(memory.header.pointee.rule_count))
        if deadline.isPast(elapsed: now - began, used: used - (processorTime ?? used)) {
          return .hung(stage, elapsed: now - began)
        }
      }
      processorTime = processorTime ?? used
      slice = min(slice * 2, 16_000_000)
    }
  }
}
