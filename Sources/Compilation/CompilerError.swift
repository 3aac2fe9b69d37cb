/// Why there is no compiler: nothing here is a property of the profile.
package enum CompilerError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The worker program is in none of these places.
  case workerNotFound(searched: [String])
  /// `operation` failed with `errno`.
  case system(operation: String, errno: Int32)
  /// The dynamic loader's reason why `file` cannot serve.
  case libraryUnusable(file: String, reason: String)
  /// `file` is older than ``LibraryVersion/minimum``.
  case libraryTooOld(file: String, LibraryVersion)
  /// The worker ended before it was ready.
  case workerEnded(path: String, WorkerEnd)
  /// The worker was not ready within the hard limit.
  case workerSilent(path: String)
  /// The request does not fit into the shared memory.
  case requestTooLarge(what: String, limit: Int)

  package var description: String {
    switch self {
    case .workerNotFound(let searched):
      "no crosscheck-compiler: looked for \(searched.joined(separator: ", ")); "
        + "build it with `swift build --product crosscheck-compiler`, or name it in \(WorkerLocation.variable)"
    case .system(let operation, let errno):
      "cannot \(operation): \(ErrorText.of(errno))"
    case .libraryUnusable(let file, let reason):
      "cannot use \(file) as libseccomp: \(reason)"
    case .libraryTooOld(let file, let version):
      "\(file) is libseccomp \(version); \(LibraryVersion.minimum) or newer is needed"
    case .workerEnded(let path, let end):
      "\(path) ended before it was ready: \(end)"
    case .workerSilent(let path):
      "\(path) was started and did not become ready"
    case .requestTooLarge(let what, let limit):
      "the profile has too many \(what) to hand over: the limit is \(limit)"
    }
  }
}

extension WorkerEnd: CustomStringConvertible {
  package var description: String {
    switch self {
    case .signal(let number): "signal \(number)"
    case .exit(let status): "exit status \(status)"
    }
  }
}
