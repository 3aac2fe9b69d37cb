import Foundation
import Testing

/// Static programs without a C library, built by cc(1) when first asked for.
enum Payload: String, CaseIterable {
  /// Writes "payload" and exits with 0.
  case exits
  /// Sleeps until it is killed.
  case sleeps
  /// Forks a child that makes one mkdir(2), and exits with the errno that the child got.
  case forks
  /// Exits with the first byte of descriptor 3; 255 when there is none.
  case reads

  /// Its path, in a directory that this process's tests share.
  func path() throws -> String { try Self.built.get()[self] ?? "" }

  private static let built = Result { try build() }

  private static func build() throws -> [Payload: String] {
    let directory = FileManager.default.temporaryDirectory.appending(
      path: "crosscheck-payloads.\(ProcessInfo.processInfo.processIdentifier)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    atexit { Payload.remove() }
    let source = directory.appending(path: "payload.c").path
    try text.write(toFile: source, atomically: true, encoding: .utf8)
    var paths: [Payload: String] = [:]
    for payload in allCases {
      let path = directory.appending(path: payload.rawValue).path
      try run(
        "cc", "-static", "-nostdlib", "-ffreestanding", "-fno-stack-protector", "-O1",
        "-DMAIN=\(payload.rawValue)", "-o", path, source)
      paths[payload] = path
    }
    return paths
  }

  private static func remove() {
    for path in (try? built.get())?.values.prefix(1) ?? [:].values.prefix(1) {
      try? FileManager.default.removeItem(at: URL(filePath: path).deletingLastPathComponent())
    }
  }

  private static let text = """
    static long call(long n, long a, long b, long c) {
      long result;
      __asm__ volatile("syscall" : "=a"(result) : "a"(n), "D"(a), "S"(b), "d"(c) : "rcx", "r11", "memory");
      return result;
    }
    enum { READ = 0, WRITE = 1, PAUSE = 34, FORK = 57, WAIT4 = 61, MKDIR = 83, EXIT = 231 };
    static int exits(void) { call(WRITE, 1, (long)"payload", 7); return 0; }
    static int sleeps(void) { for (;;) call(PAUSE, 0, 0, 0); }
    static int forks(void) {
      if (!call(FORK, 0, 0, 0)) return (int)-call(MKDIR, 0, 0, 0);
      int status = 0;
      call(WAIT4, -1, (long)&status, 0);
      return status & 0x7f ? 128 + (status & 0x7f) : status >> 8;
    }
    static int reads(void) { unsigned char byte; return call(READ, 3, (long)&byte, 1) == 1 ? byte : 255; }
    int (*const all[])(void) = {exits, sleeps, forks, reads};
    void start(void) { call(EXIT, MAIN(), 0, 0); }
    __asm__(".globl _start\\n_start: and $-16, %rsp\\n call start\\n");

    """
}

/// Runs a program of PATH to its end; its standard output.
@discardableResult
func run(_ words: String...) throws -> String {
  let process = Process()
  process.executableURL = URL(filePath: "/usr/bin/env")
  process.arguments = words
  let output = Pipe()
  process.standardOutput = output
  process.standardInput = FileHandle.nullDevice
  try process.run()
  let text = try output.fileHandleForReading.readToEnd() ?? Data()
  process.waitUntilExit()
  try #require(process.terminationStatus == 0, "\(words.joined(separator: " ")) failed")
  return String(decoding: text, as: UTF8.self)
}
