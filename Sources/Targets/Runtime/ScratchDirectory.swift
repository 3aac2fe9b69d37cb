internal import Foundation
internal import Glibc

/// An empty directory that a guardian mounts its tmpfs on. It is locked for as long as we or our guardian live, so that
/// the next run knows which ones nobody will remove any more.
struct ScratchDirectory: ~Copyable {
  let path: String
  /// Open, with a flock(2) that the guardian shares.
  let descriptor: Int32

  /// Nobody else's directories begin so.
  static let prefix = "crosscheck-bundle."

  /// Makes one in the system's directory for such, and removes abandoned ones there.
  init() throws(RuntimeError) {
    let parent = ProcessInfo.processInfo.environment["TMPDIR"].flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
    guard let resolved = realpath(parent, nil) else {
      throw .system(operation: "find the directory for temporary files, \(parent)", errno: errno)
    }
    defer { free(resolved) }
    let directory = String(cString: resolved)
    Self.sweep(directory)
    // Another run's sweep may take a new one for abandoned, as long as it is not locked.
    for _ in 0..<100 {
      if let made = try Self.make(in: directory) {
        (path, descriptor) = made
        return
      }
    }
    throw .system(operation: "make a directory in \(directory)", errno: EBUSY)
  }

  deinit {
    // The guardian has removed it, unless it was killed.
    rmdir(path)
    close(descriptor)
  }

  private static func make(in directory: String) throws(RuntimeError) -> (String, Int32)? {
    guard let template = strdup("\(directory)/\(prefix)XXXXXX") else {
      throw .system(operation: "name a directory", errno: ENOMEM)
    }
    defer { free(template) }
    guard mkdtemp(template) != nil else {
      throw .system(operation: "make a directory in \(directory)", errno: errno)
    }
    let path = String(cString: template)
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if descriptor < 0, errno == ENOENT { return nil }
    guard descriptor >= 0 else {
      let error = errno
      rmdir(path)
      throw .system(operation: "open the directory \(path)", errno: error)
    }
    var file = stat()
    // A directory that was removed has no links left.
    if flock(descriptor, LOCK_EX | LOCK_NB) == 0, fstat(descriptor, &file) == 0, file.st_nlink > 0 {
      return (path, descriptor)
    }
    close(descriptor)
    rmdir(path)
    return nil
  }

  /// Remove the directories of runs that were killed, guardian and all. They are empty: what was mounted on
  /// them went with the guardian.
  private static func sweep(_ directory: String) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
    for name in names where name.hasPrefix(prefix) {
      let path = "\(directory)/\(name)"
      let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
      guard descriptor >= 0 else { continue }
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { rmdir(path) }
      close(descriptor)
    }
  }
}
