import CLinux
import Glibc

/// The file system calls that storage needs; the only file of this folder that makes any.
package enum FileSystem {
  /// Writes a new file and waits until it is on the disk. A file of that name must not exist.
  package static func writeDurably(_ bytes: [UInt8], to path: String) throws(StorageError) {
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw StorageError("creating", path, errno: errno) }
    defer { close(file) }
    try writeAll(bytes, to: file, path)
    guard fsync(file) == 0 else { throw StorageError("flushing", path, errno: errno) }
  }

  /// Writes a file durably in place of any of that name: readers see the old one or the new one, whole. Nothing is left
  /// beside it when that fails.
  package static func replaceDurably(_ bytes: [UInt8], at path: String) throws(StorageError) {
    let unfinished = "\(path).tmp-\(padded(UInt64.random(in: 0 ... .max)))"
    do throws(StorageError) {
      try writeDurably(bytes, to: unfinished)
      guard Glibc.rename(unfinished, path) == 0 else {
        throw StorageError("renaming \(unfinished) to", path, errno: errno)
      }
    } catch {
      unlink(unfinished)
      throw error
    }
    let slash = path.lastIndex(of: "/")
    try flushDirectory(slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? ".")
  }

  /// Appends with as few calls as the system allows: one, unless the disk is full.
  package static func writeAll(_ bytes: [UInt8], to file: CInt, _ path: String) throws(StorageError) {
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes { write(file, $0.baseAddress.map { $0 + done }, $0.count - done) }
      if count > 0 {
        done += count
      } else if errno != EINTR {
        throw StorageError("writing to", path, errno: count == 0 ? EIO : errno)
      }
    }
  }

  /// The whole regular file; nil when there is none.
  package static func read(_ path: String) throws(StorageError) -> [UInt8]? {
    // O_NONBLOCK: opening a FIFO that nobody writes to would wait for ever. open(2)
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else {
      if errno == ENOENT { return nil }
      throw StorageError("opening", path, errno: errno)
    }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw StorageError("reading", path, errno: errno) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw StorageError("reading", path, detail: "expected a regular file")
    }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65536)
    while true {
      let count = Glibc.read(file, &buffer, buffer.count)
      if count == 0 { return bytes }
      if count > 0 {
        bytes += buffer[..<count]
      } else if errno != EINTR {
        throw StorageError("reading", path, errno: errno)
      }
    }
  }

  /// Makes the names in a directory durable.
  package static func flushDirectory(_ path: String) throws(StorageError) {
    let directory = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard directory >= 0 else { throw StorageError("opening", path, errno: errno) }
    defer { close(directory) }
    guard fsync(directory) == 0 else { throw StorageError("flushing", path, errno: errno) }
  }

  /// Makes the directory and those above it.
  package static func makeDirectories(_ path: String) throws(StorageError) {
    if mkdir(path, 0o755) == 0 || errno == EEXIST { return }
    guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash != path.startIndex else {
      throw StorageError("making", path, errno: errno)
    }
    try makeDirectories(String(path[..<slash]))
    guard mkdir(path, 0o755) == 0 || errno == EEXIST else {
      throw StorageError("making", path, errno: errno)
    }
  }

  /// Makes a directory that nobody had before.
  package static func makeNewDirectory(_ path: String) throws(StorageError) {
    guard mkdir(path, 0o755) == 0 else { throw StorageError("making", path, errno: errno) }
  }

  /// Gives a directory its final name. False when something stands there already: rename(2) does not replace
  /// a directory that has files in it.
  package static func rename(_ old: String, toFree new: String) throws(StorageError) -> Bool {
    if Glibc.rename(old, new) == 0 { return true }
    if errno == EEXIST || errno == ENOTEMPTY { return false }
    throw StorageError("renaming \(old) to", new, errno: errno)
  }

  /// Swaps two directories in one step, so that no moment is without either. False when the file system
  /// cannot do that.
  package static func exchange(_ one: String, _ other: String) throws(StorageError) -> Bool {
    if clinux_exchange_paths(one, other) == 0 { return true }
    if errno == EINVAL || errno == ENOSYS { return false }
    throw StorageError("exchanging \(one) with", other, errno: errno)
  }

  /// The names in a directory, sorted; nil when there is none.
  package static func names(in path: String) throws(StorageError) -> [String]? {
    guard let stream = opendir(path) else {
      if errno == ENOENT { return nil }
      throw StorageError("listing", path, errno: errno)
    }
    defer { closedir(stream) }
    var names: [String] = []
    errno = 0
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
      errno = 0
    }
    guard errno == 0 else { throw StorageError("listing", path, errno: errno) }
    return names.sorted()
  }

  /// Removes a directory of files (none of ours has directories in it).
  package static func removeDirectory(_ path: String) throws(StorageError) {
    for name in try names(in: path) ?? [] {
      guard unlink("\(path)/\(name)") == 0 || errno == ENOENT else {
        throw StorageError("removing", "\(path)/\(name)", errno: errno)
      }
    }
    guard rmdir(path) == 0 || errno == ENOENT else { throw StorageError("removing", path, errno: errno) }
  }
}
