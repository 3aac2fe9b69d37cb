internal import Glibc

/// Why a command's calls could not be counted.
package enum CountingError: Error, Hashable, Sendable, CustomStringConvertible {
  /// No word at all, or an empty one, where the command's name should be.
  case noCommand
  /// There is no such program in `PATH`.
  case notFound(String)
  /// The file is not there, or it is one that cannot be executed.
  case notExecutable(path: String, reason: String)
  /// The kernel did not start it (execve(2)).
  case notStarted(path: String, errno: Int32)
  case counterNotFound(searched: [String])
  /// The counter came to its end before its work did; the wait status, nil when it had to be killed.
  case counterEnded(status: Int32?)
  /// Nothing was counted: the command ended before its first call.
  case nothingCounted(String)
  case system(operation: String, errno: Int32)

  package var description: String {
    switch self {
    case .noCommand: "expected a command whose system calls are to be counted, found none"
    case .notFound(let name): "cannot count the calls of \(name): there is no program of that name in PATH"
    case .notExecutable(let path, let reason): "cannot count the calls of \(path): \(reason)"
    case .notStarted(let path, let errno):
      "cannot count the calls of \(path): it does not start: \(String(cString: strerror(errno)))\(Self.hint(errno))"
    case .counterNotFound(let searched):
      "the program \(CounterLocation.program) is missing; searched: \(searched.joined(separator: ", "))"
    case .counterEnded(let status):
      "\(CounterLocation.program) \(status.map { "ended with wait status \($0)" } ?? "did not end in time")"
        + " before it had counted"
    case .nothingCounted(let command): "\(command) made no system call that could be counted"
    case .system(let operation, 0): "cannot \(operation)"
    case .system(let operation, let errno): "cannot \(operation): \(String(cString: strerror(errno)))"
    }
  }

  /// The file was there just before: these two errors are then about something else.
  private static func hint(_ errno: Int32) -> String {
    switch errno {
    case ENOENT: " (the interpreter or loader that it names is not there)"
    case ENOEXEC: " (it is no program, and no script whose first line begins with #!)"
    default: ""
    }
  }
}
