internal import CLinux
internal import Glibc

/// A running worker: killed and reaped when this value goes.
struct WorkerProcess: ~Copyable {
  let id: pid_t
  /// The write end of the worker's lifeline: held by nobody else, so that the kernel kills the worker when
  /// this process ends, however it ends.
  private let lifeline: Int32
  private var ending: WorkerEnd?

  /// Start the program at `path` over `memory`.
  init(path: String, libraryFile: String?, memory: borrowing WorkerMemory) throws(CompilerError) {
    var ends: (Int32, Int32) = (-1, -1)
    let piped = withUnsafeMutableBytes(of: &ends) {
      clinux_pipe($0.assumingMemoryBound(to: Int32.self).baseAddress)
    }
    guard piped == 0 else { throw .system(operation: "make a lifeline pipe", errno: -piped) }
    // Standard input and output are /dev/null; a message of the worker's goes to our standard error.
    let descriptors = [-1, -1, STDERR_FILENO, memory.descriptor, ends.0]
    let words = [path] + (libraryFile.map { ["--libseccomp", $0] } ?? [])
    var arguments = words.map { strdup($0) } + [nil]
    var process: pid_t = 0
    let spawned = clinux_spawn(path, &arguments, nil, descriptors, descriptors.count, &process)
    for argument in arguments { free(argument) }
    close(ends.0)
    guard spawned == 0 else {
      close(ends.1)
      throw .system(operation: "start \(path)", errno: -spawned)
    }
    id = process
    lifeline = ends.1
  }

  deinit {
    var status: Int32 = 0
    if ending == nil { _ = clinux_kill_and_reap(id, &status) }
    close(lifeline)
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
