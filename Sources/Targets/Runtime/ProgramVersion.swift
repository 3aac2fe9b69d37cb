internal import CLinux
internal import Glibc

/// What a program says of its version.
enum ProgramVersion {
  /// How long it may take to say it.
  private static let limit: Int64 = 5_000_000_000

  /// The answer to `--version`: the first word of the first line that begins with a digit; empty when there is none.
  static func of(_ path: String) -> String {
    parse(answer(of: path))
  }

  static func parse(_ text: String) -> String {
    let line = text.split(separator: "\n").first ?? ""
    for word in line.split(whereSeparator: { $0 == " " || $0 == "," }) {
      let number = word.first == "v" ? word.dropFirst() : word
      if number.first?.isNumber == true { return String(number) }
    }
    return ""
  }

  private static func answer(of path: String) -> String {
    let size = 4096
    let file = clinux_memfd("crosscheck-version", 0)
    guard file >= 0 else { return "" }
    defer { close(file) }
    var process: pid_t = 0
    var arguments = [strdup(path), strdup("--version"), nil]
    let spawned = clinux_spawn(path, &arguments, nil, [-1, file, -1], 3, &process)
    for argument in arguments { free(argument) }
    guard spawned == 0 else { return "" }
    let began = clinux_monotonic_time()
    var status: Int32 = 0
    while clinux_reap(process, 1, &status) == 0 {
      guard clinux_monotonic_time() - began < limit else {
        // It leads a process group of its own.
        kill(-process, SIGKILL)
        _ = clinux_kill_and_reap(process, &status)
        return ""
      }
      usleep(1000)
    }
    var text = [UInt8](repeating: 0, count: size)
    let count = pread(file, &text, size, 0)
    return String(decoding: text.prefix(max(0, count)), as: UTF8.self)
  }
}
