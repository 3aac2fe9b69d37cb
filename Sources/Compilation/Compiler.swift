internal import CLinux
internal import Glibc

/// libseccomp in a worker process of its own. One compiler serves one thread; it keeps its worker from one
/// compilation to the next, and starts another after a hang or a crash.
package struct Compiler: ~Copyable, Sendable {
  /// The library that answers.
  package let library: LibraryIdentity

  let memory: WorkerMemory
  let path: String
  let libraryFile: String?
  let deadline: Deadline
  var worker: WorkerProcess?

  /// The library that is loaded when none is named: the dynamic loader's.
  package static let defaultLibrary = "libseccomp.so.2"

  /// The worker's process id; nil after a hang or a crash until the next compilation.
  package var workerID: Int32? {
    switch worker {
    case .some(let worker): worker.id
    case .none: nil
    }
  }

  /// Start a worker.
  ///
  /// - Parameters:
  ///   - libseccomp: a file for dlopen(3); nil is ``defaultLibrary``.
  ///   - workerPath: the worker program; nil is the one that the environment variable CROSSCHECK_COMPILER
  ///     names, else `crosscheck-compiler` beside the running executable.
  ///   - deadline: how long one call of the library may last. It is hung after that time if the worker has
  ///     used half of it as CPU time in the call (a busy machine makes no hang), and after twenty times
  ///     the deadline in any case. The export has the deadline again for every thousand rules.
  package init(
    libseccomp: String? = nil, workerPath: String? = nil, deadline: Duration = .milliseconds(500)
  ) throws(CompilerError) {
    let path = try WorkerLocation.find(explicit: workerPath)
    let memory = try WorkerMemory()
    let deadline = Deadline(wall: deadline)
    let file = libseccomp ?? Self.defaultLibrary
    worker = try Self.start(path: path, libraryFile: libseccomp, memory: memory, deadline: deadline)

    let (major, minor, micro) = memory.header.pointee.version
    let version = LibraryVersion(major, minor, micro)
    guard version >= .minimum else { throw .libraryTooOld(file: file, version) }
    library = LibraryIdentity(file: file, version: version, apiLevel: memory.header.pointee.api_level)
    self.path = path
    self.libraryFile = libseccomp
    self.deadline = deadline
    self.memory = memory
  }

  /// Start a worker over `memory` and wait until it has loaded the library.
  static func start(
    path: String, libraryFile: String?, memory: borrowing WorkerMemory, deadline: Deadline
  ) throws(CompilerError) -> WorkerProcess {
    memory.reset()
    var worker = try WorkerProcess(path: path, libraryFile: libraryFile, memory: memory)
    let word = clinux_worker_start_word(memory.header)
    // The hard limit, and not less than ten seconds: a short deadline is for calls, not for the loader.
    let limit = monotonicTime() + max(deadline.hardLimit, .seconds(10))
    while clinux_load_acquire(word) == CLINUX_WORKER_NOT_STARTED.rawValue {
      _ = clinux_futex_wait(word, CLINUX_WORKER_NOT_STARTED.rawValue, 5_000_000)
      // It may have announced itself and ended at once: the word is read after the end is known.
      let end = worker.end()
      guard clinux_load_acquire(word) == CLINUX_WORKER_NOT_STARTED.rawValue else { break }
      if let end { throw .workerEnded(path: path, end) }
      if monotonicTime() >= limit { throw .workerSilent(path: path) }
    }
    guard clinux_load_acquire(word) == CLINUX_WORKER_READY.rawValue else {
      throw .libraryUnusable(
        file: libraryFile ?? defaultLibrary, reason: String(cString: clinux_worker_message(memory.header)))
    }
    return worker
  }
}
