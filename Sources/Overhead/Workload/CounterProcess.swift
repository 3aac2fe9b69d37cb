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
  private let lifeline: PipeEnds
  private var hasEnded = false

  /// - Parameter output: what the command gets as standard output.
  init(
    path: String, command: [String], output: Int32, memory: borrowing CounterMemory
  ) throws(CountingError) {
    let counter = try CounterLocation.find()
    do throws(SpawnFailure) {
      var lifeline = try PipeEnds()
      // The last two in the order of CLINUX_COUNTER_…_FD.
      id = try Spawn.start(
        counter, [counter, path] + command,
        descriptors: [STDIN_FILENO, output, STDERR_FILENO, memory.descriptor, lifeline.readEnd],
        group: .callers)
      lifeline.closeReadEnd()
      self.lifeline = lifeline
    } catch {
      throw .system(operation: error.operation, errno: error.errno)
    }
  }

  deinit {
    if !hasEnded {
      var status: Int32 = 0
      _ = clinux_kill_and_reap(id, &status)
    }
  }

  /// Its wait status when it has ended; nil when it had not after so long.
  mutating func awaitEnd(_ limit: Duration) throws(CountingError) -> Int32? {
    var status: Int32 = 0
    let milliseconds = Int32(clamping: limit.nanoseconds / 1_000_000)
    let result = clinux_await_end(id, milliseconds, &status)
    guard result >= 0 else {
      throw .system(operation: "wait for \(CounterLocation.program)", errno: -result)
    }
    guard result == id else { return nil }
    hasEnded = true
    return status
  }
}
