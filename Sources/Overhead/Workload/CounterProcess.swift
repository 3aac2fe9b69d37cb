internal import CLinux
internal import Glibc
import SiblingPrograms
import Targets

/// Where the counter program is.
enum CounterLocation {
  static let program = "crosscheck-counter"
  static let variable = "CROSSCHECK_COUNTER"

  static func find() throws(CountingError) -> String {
    let (path, searched) = SiblingProgram(program, variable: variable).find()
    guard let path else { throw .counterNotFound(searched: searched) }
    return path
  }
}

/// A running counter. It ends everything that it started when this process ends, however it does.
struct CounterProcess: ~Copyable {
  private let id: pid_t
  private let lifeline: Int32
  private var hasEnded = false

  init(path: String, command: [String], memory: borrowing CounterMemory) throws(CountingError) {
    let counter = try CounterLocation.find()
    var ends: (Int32, Int32) = (-1, -1)
    let piped = withUnsafeMutableBytes(of: &ends) {
      clinux_pipe($0.assumingMemoryBound(to: Int32.self).baseAddress)
    }
    guard piped == 0 else { throw .system(operation: "make a pipe", errno: -piped) }
    // The last two in the order of CLINUX_COUNTER_…_FD.
    let descriptors = [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO, memory.descriptor, ends.0]
    var process: pid_t = 0
    var arguments = ([counter, path] + command).map { strdup($0) } + [nil]
    let spawned = clinux_spawn_beside(counter, &arguments, nil, descriptors, descriptors.count, &process)
    for argument in arguments { free(argument) }
    close(ends.0)
    guard spawned == 0 else {
      close(ends.1)
      throw .system(operation: "start \(counter)", errno: -spawned)
    }
    id = process
    lifeline = ends.1
  }

  deinit {
    if !hasEnded {
      var status: Int32 = 0
      _ = clinux_kill_and_reap(id, &status)
    }
    close(lifeline)
  }

  /// Its wait status when it has ended; nil when it had not after so long.
  mutating func awaitEnd(_ limit: Duration) -> Int32? {
    var status: Int32 = 0
    let milliseconds = Int32(clamping: limit.nanoseconds / 1_000_000)
    guard clinux_await_end(id, milliseconds, &status) == id else { return nil }
    hasEnded = true
    return status
  }
}
