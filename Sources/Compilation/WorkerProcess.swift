internal import CLinux
internal import Glibc
import SiblingPrograms

/// A running worker: killed and reaped when this value goes.
struct WorkerProcess: ~Copyable {
  let id: pid_t
  /// The write end of the worker's lifeline: held by nobody else, so that the kernel kills the worker when
  /// this process ends, however it ends.
  private let lifeline: PipeEnds
  private var ending: WorkerEnd?

  /// Start the program at `path` over `memory`.
  init(path: String, libraryFile: String?, memory: borrowing WorkerMemory) throws(CompilerError) {
    do throws(SpawnFailure) {
      var lifeline = try PipeEnds()
      id = try Spawn.start(
        path, [path] + (libraryFile.map { ["--libseccomp", $0] } ?? []),
        // Standard input and output are /dev/null; a message of the worker's goes to our standard error.
        descriptors: [-1, -1, STDERR_FILENO, memory.descriptor, lifeline.readEnd])
      lifeline.closeReadEnd()
      self.lifeline = lifeline
    } catch {
      throw .system(operation: error.operation, errno: error.errno)
    }
  }

  deinit {
    var status: Int32 = 0
    if ending == nil { _ = clinux_kill_and_reap(id, &status) }
  }

  /// How the worker ended; nil while it runs. Its process is reaped then.
  mutating func end() -> WorkerEnd? {
    if let ending { return ending }
    var status: Int32 = 0
    guard clinux_reap(id, 1, &status) == id else { return nil }
    // wait(2): the low seven bits are the signal, the next byte the exit status.
    let signal = status & 0x7f
    ending = signal == 0 ? .exit(status >> 8 & 0xff) : .signal(signal)
    return ending
  }

  /// CPU time used so far, all of it user and system time of this one process; zero when it cannot be read.
  var processorTime: Duration { .nanoseconds(max(0, clinux_cpu_time(id))) }
}
