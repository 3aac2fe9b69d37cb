import Glibc
public import Profiles

/// Reads profiles from files. A room of its own, because Profiles does no I/O.
public enum ProfileFile {
  /// The name that means standard input.
  public static let standardInput = "-"

  /// Reads the profile at `path`, or standard input when it is `-`. Whatever is wrong with the file, and
  /// whatever is wrong with its text, is one error.
  public static func read(
    _ path: String, context: ResolutionContext = ResolutionContext()
  ) throws(ProfileError) -> ProfileDocument {
    try ProfileReader.read(try bytes(of: path), source: name(of: path), context: context)
  }

  /// The bytes at `path`: a regular file, or standard input, which may be a pipe. At most
  /// ``ProfileReader/sizeLimit`` of them.
  public static func bytes(of path: String) throws(ProfileError) -> [UInt8] {
    try bytes(of: path, what: "a profile")
  }

  /// - Parameters:
  ///   - what: what the file should hold, for errors.
  ///   - limit: how many bytes it may have.
  package static func bytes(
    of path: String, what: String, limit: Int = ProfileReader.sizeLimit
  ) throws(ProfileError) -> [UInt8] {
    if path == standardInput {
      return try contents(of: STDIN_FILENO, path: path, what: what, limit: limit, sizeHint: 0)
    }

    guard !path.isEmpty, !path.utf8.contains(0) else {
      throw failure(path, "the path of \(what)", path.isEmpty ? "an empty path" : "a path with a NUL")
    }
    // O_NONBLOCK: opening a FIFO that nobody writes to would otherwise wait for ever. O_NOCTTY: the path may be
    // a terminal. open(2)
    let descriptor = retrying { open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY) }
    guard descriptor >= 0 else { throw failure(path, "a readable file", message(of: errno)) }
    defer { close(descriptor) }

    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failure(path, "a readable file", message(of: errno)) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw failure(path, "a regular file", kind(of: status.st_mode))
    }
    guard status.st_size <= limit else {
      throw failure(path, expectation(of: limit), "\(status.st_size) bytes")
    }
    return try contents(
      of: descriptor, path: path, what: what, limit: limit, sizeHint: Int(status.st_size))
  }

  /// Reads to the end; the size may differ from what `fstat` said (a growing file, /proc).
  private static func contents(
    of descriptor: Int32, path: String, what: String, limit: Int, sizeHint: Int
  ) throws(ProfileError) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(sizeHint + 1)
    var chunk = [UInt8](repeating: 0, count: 64 * 1024)
    while true {
      let count = retrying { Glibc.read(descriptor, &chunk, chunk.count) }
      guard count >= 0 else { throw failure(path, "a readable file", message(of: errno)) }
      if count == 0 { break }
      bytes.append(contentsOf: chunk[..<count])
      guard bytes.count <= limit else {
        throw failure(path, expectation(of: limit), "more")
      }
    }
    guard !bytes.isEmpty else { throw failure(path, what, "an empty file") }
    return bytes
  }

  // MARK: Words

  private static func expectation(of limit: Int) -> String {
    "at most \(limit) bytes (\(limit >> 20) MiB)"
  }

  /// How errors and reports call `path`.
  package static func name(of path: String) -> String { path == standardInput ? "<stdin>" : path }

  private static func failure(_ path: String, _ expected: String, _ found: String) -> ProfileError {
    ProfileError(source: name(of: path), path: "$", position: nil, expected: expected, found: found)
  }

  /// What the system answered, such as "No such file or directory".
  private static func message(of code: Int32) -> String {
    var buffer = [CChar](repeating: 0, count: 256)
    guard strerror_r(code, &buffer, buffer.count) == 0 else { return "errno \(code)" }
    return String(
      decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  private static func kind(of mode: mode_t) -> String {
    switch mode & S_IFMT {
    case S_IFDIR: "a directory"
    case S_IFIFO: "a FIFO"
    case S_IFSOCK: "a socket"
    case S_IFCHR: "a character device"
    case S_IFBLK: "a block device"
    default: "something else"
    }
  }

  /// Repeats `call` while a signal interrupts it.
  private static func retrying<Result: SignedInteger>(_ call: () -> Result) -> Result {
    while true {
      let result = call()
      if result >= 0 || errno != EINTR { return result }
    }
  }
}
