import Glibc
import ProfileFiles
import Profiles
import SeccompModel
import Testing

/// A directory that is removed when it goes out of scope.
private struct TemporaryDirectory: ~Copyable {
  let path: String

  init() throws {
    var template = Array("/tmp/profile-files-XXXXXX".utf8CString)
    path = try #require(mkdtemp(&template).map { String(cString: $0) })
  }

  deinit {
    for name in Repository.names(in: path, suffix: "") where name != "." && name != ".." {
      let file = "\(path)/\(name)"
      if unlink(file) != 0 { rmdir(file) }
    }
    rmdir(path)
  }
}

@Suite("Reading files", .timeLimit(.minutes(30)))
struct FileTests {
  private func failure(_ path: String) throws -> ProfileError {
    let error = try #require(throws: ProfileError.self) { try ProfileFile.read(path) }
    #expect(error.source == path)
    #expect(error.path == "$")
    return error
  }

  @Test("a file that is not there, or has no sound path, is one error")
  func missing() throws {
    let error = try failure("/tmp/there/is/no/such/profile.json")
    #expect(
      error.description
        == "/tmp/there/is/no/such/profile.json: expected a readable file, found No such file or directory")
    #expect(error.position == nil)
    #expect(try failure("").found == "an empty path")
    #expect(try failure("a\u{0}b").found == "a path with a NUL")
  }

  @Test("a directory, a FIFO without a writer and a device are refused at once")
  func notRegular() throws {
    let directory = try TemporaryDirectory()
    #expect(try failure(directory.path).found == "a directory")
    let fifo = directory.path + "/fifo"
    try #require(mkfifo(fifo, 0o600) == 0)
    #expect(try failure(fifo).found == "a FIFO")
    #expect(try failure("/dev/zero").found == "a character device")
  }

  @Test("a file of 50 MB is refused by its size, one of 16 MiB is read")
  func tooLarge() throws {
    let directory = try TemporaryDirectory()
    let file = directory.path + "/large.json"
    let descriptor = open(file, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
    try #require(descriptor >= 0)
    defer { close(descriptor) }

    let text = Array(#"{"defaultAction": "SCMP_ACT_ALLOW"}"#.utf8)
    try #require(write(descriptor, text, text.count) == text.count)
    var spaces = [UInt8](repeating: 0x20, count: ProfileReader.sizeLimit - text.count)
    try #require(write(descriptor, spaces, spaces.count) == spaces.count)
    #expect(try ProfileFile.read(file).profile == Profile(defaultAction: .allow))

    spaces = [0x20]
    try #require(write(descriptor, spaces, 1) == 1)
    #expect(try failure(file).found == "16777217 bytes")
    try #require(ftruncate(descriptor, 50_000_000) == 0)
    #expect(try failure(file).description.contains("at most 16777216 bytes (16 MiB), found 50000000 bytes"))
  }

  @Test("text beyond the limit is refused by the reader too")
  func tooLargeText() {
    let bytes = [UInt8](repeating: 0x20, count: ProfileReader.sizeLimit + 1)
    #expect(throws: ProfileError.self) { try ProfileReader.read(bytes, source: "bytes") }
  }

  @Test("an empty file is one error")
  func empty() throws {
    let directory = try TemporaryDirectory()
    let file = directory.path + "/empty.json"
    close(open(file, O_CREAT | O_RDWR | O_CLOEXEC, 0o600))
    #expect(try failure(file).found == "an empty file")
  }

  @Test("a file that cannot be opened or read is one error, with the system's words")
  func unreadable() throws {
    let directory = try TemporaryDirectory()
    let loop = directory.path + "/loop.json"
    try #require(symlink(loop, loop) == 0)
    #expect(try failure(loop).found == "Too many levels of symbolic links")
    #expect(try failure("/etc/passwd/profile.json").found == "Not a directory")
    // A regular file whose first page no process has mapped, so that reading it fails for root too.
    #expect(try failure("/proc/self/mem").found == "Input/output error")
  }
}
