import Foundation
import Glibc
import Synchronization

/// `RUN/journal.jsonl`: every change of a run's state, one JSON object a line, only ever appended to.
///
/// Each line is one `write` to a file opened with `O_APPEND`; a process that dies in the middle leaves at most
/// one torn line at the end, which readers pass over and the next writer cuts off.
package final class Journal: Sendable {
  package let path: String
  private let file: CInt
  /// False once a line could not be written whole: what follows would be glued to its remains.
  private let isSound = Mutex(true)

  /// Opens the run for writing, making the directory and the journal when there is none. The journal stays
  /// locked while this object lives, and the kernel drops the lock of a process that dies.
  package init(openingRun run: String) throws(StorageError) {
    try FileSystem.makeDirectories(run)
    path = Self.path(inRun: run)
    file = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw StorageError("opening for writing", path, errno: errno) }
    guard Self.lock(file) else {
      throw errno == EWOULDBLOCK
        ? StorageError("opening", path, detail: "another process is working on this run")
        : StorageError("locking", path, errno: errno)
    }
    let bytes = try FileSystem.read(path) ?? []
    let whole = bytes.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    if whole < bytes.count, ftruncate(file, off_t(whole)) != 0 {
      throw StorageError("cutting off the torn line of", path, errno: errno)
    }
    try FileSystem.flushDirectory(run)
  }

  /// Tries for a second: a child that is just being spawned holds the lock of its parent until it executes.
  private static func lock(_ file: CInt) -> Bool {
    for attempt in 0..<100 {
      if flock(file, LOCK_EX | LOCK_NB) == 0 { return true }
      guard errno == EWOULDBLOCK, attempt < 99 else { return false }
      usleep(10_000)
    }
    return false
  }

  deinit {
    if file >= 0 { close(file) }
  }

  package static func path(inRun run: String) -> String { run + "/journal.jsonl" }

  /// Appends one line. Comes back, except for completed ranges, when it is on the disk.
  package func append(_ event: JournalEvent) throws(StorageError) {
    var line: [UInt8]
    do {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      line = Array(try encoder.encode(event))
    } catch {
      throw StorageError("encoding a line for", path, detail: explain(error))
    }
    line.append(UInt8(ascii: "\n"))
    let outcome = isSound.withLock { isSound -> Result<Void, StorageError> in
      guard isSound else {
        return .failure(
          StorageError("writing to", path, detail: "an earlier line could not be written whole"))
      }
      do throws(StorageError) {
        try FileSystem.writeAll(line, to: file, path)
      } catch {
        isSound = false
        return .failure(error)
      }
      return .success(())
    }
    try outcome.get()
    if event.isDurable, fsync(file) != 0 { throw StorageError("flushing", path, errno: errno) }
  }

  /// The state of a run; nil when it has no journal, or one without a whole line.
  package static func state(ofRun run: String) throws(StorageError) -> JournalState? {
    let events = try events(ofRun: run)
    return events.isEmpty ? nil : try JournalState(events: events, path: path(inRun: run))
  }

  /// The lines of a run's journal. A last line without its end is passed over; any other that cannot be read
  /// is an error with its number.
  package static func events(ofRun run: String) throws(StorageError) -> [JournalEvent] {
    let path = path(inRun: run)
    guard let bytes = try FileSystem.read(path) else { return [] }
    let decoder = JSONDecoder()
    var events: [JournalEvent] = []
    // The part after the last line end is empty, or torn.
    for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).dropLast() {
      do {
        events.append(try decoder.decode(JournalEvent.self, from: Data(line)))
      } catch {
        throw StorageError("reading", path, detail: "line \(events.count + 1): \(explain(error))")
      }
    }
    return events
  }
}
