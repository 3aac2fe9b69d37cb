import Glibc

/// The descriptors 0, 1 and 2 of this process.
enum StandardDescriptors {
  /// Opens /dev/null in the place of each that is closed (`<&-`), as if it had been given: otherwise the next file that
  /// is opened becomes standard input, and what is handed on to child processes is not there. To be called before any file is
  /// opened.
  static func fill() {
    for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) < 0 {
      // The lowest number that is free: this one, as those below it are open.
      _ = open("/dev/null", O_RDWR)
    }
  }
}
