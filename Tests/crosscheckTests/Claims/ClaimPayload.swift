import Foundation
import Testing

/// Static programs without a C library that run in a container, built by cc(1) when first asked for.
enum ClaimPayload: String, CaseIterable {
  /// Says that it started.
  case exits
  /// Makes one mkdir(2).
  case makesCall
  /// Lets a child make it, says what became of that, and ends with status 0.
  case childMakesCall
  /// Exits with the errno of a mount(2).
  case mounts
  /// Sleeps until it is killed.
  case sleeps

  /// Its path, in a directory that is removed when the tests end.
  func path() throws -> String { try Self.built.get().path + "/" + rawValue }

  private static let built = Result { () throws -> Scratch in
    let scratch = try Scratch()
    let source = try scratch.file("payload.c", text)
    for payload in allCases {
      let compiler = Process()
      compiler.executableURL = URL(filePath: "/usr/bin/env")
      compiler.arguments = [
        "cc", "-static", "-nostdlib", "-ffreestanding", "-fno-stack-protector", "-O1",
        "-DMAIN=\(payload.rawValue)",
        "-o", "\(scratch.path)/\(payload.rawValue)", source,
      ]
      try compiler.run()
      compiler.waitUntilExit()
      try #require(compiler.terminationStatus == 0, "cc does not build the payloads")
    }
    directory = scratch.path
    // A static value has no end of its own.
    atexit { try? FileManager.default.removeItem(atPath: ClaimPayload.directory) }
    return scratch
  }
  nonisolated(unsafe) private static var directory = ""

  private static let text = """
    static long call(long n, long a, long b, long c, long d, long e) {
      long result;
      register long r10 __asm__("r10") = d;
      register long r8 __asm__("r8") = e;
      __asm__ volatile("syscall" : "=a"(result) : "a"(n), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8)
        : "rcx", "r11", "memory");
      return result;
    }
    enum { WRITE = 1, PAUSE = 34, FORK = 57, WAIT4 = 61, MKDIR = 83, MOUNT = 165, EXIT = 231 };
    static void say(const char *text, long length) { call(WRITE, 1, (long)text, length, 0, 0); }
    static int exits(void) { say("started\\n", 8); return 0; }
    static int makesCall(void) { call(MKDIR, 0, 0, 0, 0, 0); return 0; }
    static int childMakesCall(void) {
      if (!call(FORK, 0, 0, 0, 0, 0)) { call(MKDIR, 0, 0, 0, 0, 0); return 0; }
      int status = 0;
      call(WAIT4, -1, (long)&status, 0, 0, 0);
      char text[] = "killed by 00\\n";
      text[10] += (status & 0x7f) / 10;
      text[11] += (status & 0x7f) % 10;
      say(text, 13);
      return 0;
    }
    static int mounts(void) { return (int)-call(MOUNT, (long)"none", (long)"/", (long)"tmpfs", 0, 0); }
    static int sleeps(void) { for (;;) call(PAUSE, 0, 0, 0, 0, 0); }
    int (*const all[])(void) = {exits, makesCall, childMakesCall, mounts, sleeps};
    void start(void) { call(EXIT, MAIN(), 0, 0, 0, 0); }
    __asm__(".globl _start\\n_start: and $-16, %rsp\\n call start\\n");

    """
}
