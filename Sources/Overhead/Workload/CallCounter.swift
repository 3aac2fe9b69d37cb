internal import CLinux

/// Counts the system calls of a command and of everything that it starts.
///
/// The command runs as if it had been started here: with this process's standard input, output (or what is given in its
/// place) and error, environment, working directory and terminal. Each call is counted as it is made, before any filter of
/// the command's own sees it, and one that is made again after an interruption counts again, as for a filter. Not followed are children made with
/// `CLONE_UNTRACED`; and a setuid or setgid program gets no privileges while it is traced (execve(2)), unless root does it.
package enum CallCounter {
  package static let defaultLimit = Duration.seconds(600)
  /// Combinations of arguments that are told apart for a number, at most.
  package static let maximumCombinations = Int(CLINUX_COUNTER_MAX_COMBINATIONS)
  /// From SIGTERM, at the limit, to SIGKILL.
  static let grace = Duration.seconds(2)
  /// From the end of the grace to the counter's own end, at the most.
  package static let slack = Duration.seconds(10)

  /// Runs `command` to the end of all that it starts, and counts.
  ///
  /// While it runs, the terminal's interrupt and quit keys are for the command alone. When it has ended, and others that it
  /// started have not, a signal to the counter ends those.
  ///
  /// - Parameters:
  ///   - command: the program, looked for in `PATH` unless its name has a slash, and its arguments.
  ///   - masks: what of the arguments is kept.
  ///   - limit: after so long counting ends, and everything gets SIGTERM, and SIGKILL two seconds later.
  ///   - combinations: 1 to ``maximumCombinations``.
  ///   - output: the descriptor that the command gets as its standard output.
  ///   - slack: how long the counter may take beyond the limit and the grace before it is looked at again.
  package static func count(
    command: [String], keeping masks: ArgumentMasks = .none, limit: Duration = defaultLimit,
    combinations: Int = maximumCombinations, output: Int32 = 1, slack: Duration = slack
  ) throws(CountingError) -> CountedCommand {
    precondition((1...maximumCombinations).contains(combinations), "\(combinations) combinations")
    guard let name = command.first else { throw .noCommand }
    let path = try CommandPath.find(name)
    let memory = try CounterMemory(keeping: masks, limit: limit, grace: grace, combinations: combinations)
    clinux_hold_interrupts()
    defer { clinux_release_interrupts() }
    var process = try CounterProcess(path: path, command: command, output: output, memory: memory)
    var status = try process.awaitEnd(limit + grace + slack)
    // Time goes on while everything is stopped (the terminal's Ctrl-Z): then the counter begins to end it only now.
    if status == nil { status = try process.awaitEnd(grace + Self.slack) }
    guard status == 0, memory.isComplete else { throw .counterEnded(status: status) }
    if let failure = memory.failure { throw failure }
    return try outcome(memory, path: path, source: command.joined(separator: " "))
  }

  private static func outcome(
    _ memory: borrowing CounterMemory, path: String, source: String
  ) throws(CountingError) -> CountedCommand {
    let head = memory.head
    let ending: CountedCommand.Ending
    switch head.ending {
    case CLINUX_COUNTER_EXITED.rawValue: ending = .exited(head.ending_value)
    case CLINUX_COUNTER_SIGNALLED.rawValue: ending = .signalled(head.ending_value)
    case CLINUX_COUNTER_NOT_STARTED.rawValue: throw .notStarted(path: path, errno: head.ending_value)
    default: throw .counterEnded(status: 0)
    }
    guard let workload = memory.workload(source: source) else { throw .nothingCounted(source) }
    let cut: CountedCommand.Cut? =
      switch head.cut {
      case CLINUX_COUNTER_LIMIT.rawValue: .limit
      case CLINUX_COUNTER_INTERRUPTED.rawValue: .interrupted
      default: nil
      }
    return CountedCommand(workload: workload, ending: ending, cut: cut, tasks: head.tasks)
  }
}

/// What was counted of a command, and what became of it.
package struct CountedCommand: Hashable, Sendable {
  package enum Ending: Hashable, Sendable, CustomStringConvertible {
    case exited(Int32)
    case signalled(Int32)

    package var description: String {
      switch self {
      case .exited(let status): "ended with exit status \(status)"
      case .signalled(let signal): "was ended by signal \(signal)"
      }
    }
  }

  /// Why something that the command started, or the command itself, was ended before it ended by itself.
  package enum Cut: Hashable, Sendable, CustomStringConvertible {
    /// The time was up.
    case limit
    /// The command had ended, and a signal asked the rest to end too.
    case interrupted

    package var description: String {
      switch self {
      case .limit: "its time was up"
      case .interrupted: "a signal ended what it had left behind"
      }
    }
  }

  package var workload: Workload
  /// How the command itself ended.
  package var ending: Ending
  /// Nil: everything ran to its own end.
  package var cut: Cut?
  /// Processes and threads that were followed.
  package var tasks: UInt64

  /// What to know of the workload: that it is not what the command does when it succeeds, or not all of it.
  package var remarks: [String] {
    var remarks = ending == .exited(0) ? [] : ["the workload: \(workload.source) \(ending)"]
    if let cut { remarks.append("the workload: \(workload.source) was cut off, as \(cut)") }
    return remarks
  }
}
