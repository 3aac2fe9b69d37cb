import Glibc

/// Standard output or standard error, written to without a buffer in between: what was said is out when the process
/// ends, however it ends.
struct StandardStream: Sendable {
  let descriptor: Int32

  static let output = StandardStream(descriptor: STDOUT_FILENO)
  static let error = StandardStream(descriptor: STDERR_FILENO)

  var isTerminal: Bool { isatty(descriptor) == 1 }

  /// Writes all of it. A stream that is closed or full takes nothing, and there is nowhere to complain.
  func write(_ text: String) { _ = writeAll(text) }

  /// Writes a command's answer, all of it. Who closed the stream wants none; a full disk is told, because the exit
  /// status alone would pass for an answer that was given.
  func writeAnswer(_ text: String) throws(Failure) {
    let error = writeAll(text)
    if error == 0 || error == EPIPE || error == EBADF { return }
    throw Failure(.missing, "writing the answer to standard output: \(String(cString: strerror(error)))")
  }

  /// 0, or the errno of the write that failed.
  private func writeAll(_ text: String) -> Int32 {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 {
        if errno == EINTR { continue }
        return errno
      }
      bytes = bytes.dropFirst(count)
    }
    return 0
  }

  /// Columns of the terminal; 80 where it does not say (ioctl_tty(2), TIOCGWINSZ).
  var columns: Int {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }
}
