internal import Glibc

/// The file that a command's first word means, as a shell finds it.
enum CommandPath {
  static func find(_ name: String, path: String? = nil) throws(CountingError) -> String {
    guard !name.isEmpty else { throw .noCommand }
    if name.utf8.contains(UInt8(ascii: "/")) {
      if let reason = obstacle(to: name) { throw .notExecutable(path: name, reason: reason) }
      return name
    }
    let directories = path ?? getenv("PATH").map { String(cString: $0) } ?? "/usr/local/bin:/usr/bin:/bin"
    var found: (path: String, reason: String)?
    for directory in directories.split(separator: ":", omittingEmptySubsequences: false) {
      // An empty one is the working directory.
      let candidate = directory.isEmpty ? "./\(name)" : "\(directory)/\(name)"
      guard access(candidate, F_OK) == 0 else { continue }
      guard let reason = obstacle(to: candidate) else { return candidate }
      found = found ?? (candidate, reason)
    }
    if let found { throw .notExecutable(path: found.path, reason: found.reason) }
    throw .notFound(name)
  }

  /// Why the file is none to execute; nil when it is.
  private static func obstacle(to path: String) -> String? {
    var status = stat()
    guard stat(path, &status) == 0 else { return String(cString: strerror(errno)) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      return status.st_mode & S_IFMT == S_IFDIR ? "it is a directory" : "it is no regular file"
    }
    return access(path, X_OK) == 0 ? nil : "it is not executable: \(String(cString: strerror(errno)))"
  }
}
