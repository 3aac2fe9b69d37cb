import Foundation

/// A program without a C library that makes known calls, built by cc(1) when first asked for. Its first argument says which.
enum WorkloadProgram {
  static func path() throws -> String { try built.get() }

  private static let built = Result { try build() }

  private static var directory: String {
    "/tmp/crosscheck-workload-program.\(ProcessInfo.processInfo.processIdentifier)"
  }

  private static func build() throws -> String {
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    atexit { try? FileManager.default.removeItem(atPath: WorkloadProgram.directory) }
    let (source, program) = ("\(directory)/calls.c", "\(directory)/calls")
    try text.write(toFile: source, atomically: true, encoding: .utf8)
    let compiler = Process()
    compiler.executableURL = URL(filePath: "/usr/bin/env")
    compiler.arguments = [
      "cc", "-static", "-nostdlib", "-ffreestanding", "-fno-stack-protector", "-fno-pie", "-no-pie", "-O1",
      "-Wall", "-Werror", "-o", program, source,
    ]
    try compiler.run()
    compiler.waitUntilExit()
    // No #require: its error is silent where it is thrown again, as that of a shared result is.
    guard compiler.terminationStatus == 0 else { throw NotBuilt(source: source) }
    return program
  }

  struct NotBuilt: Error { var source: String }

  private static let text = """
    static long call(long n, long a, long b, long c, long d, long e) {
      register long r10 __asm__("r10") = d;
      register long r8 __asm__("r8") = e;
      long result;
      __asm__ volatile("syscall" : "=a"(result) : "a"(n), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8)
                       : "rcx", "r11", "memory");
      return result;
    }
    static long compat(long n, long a) {
      long result;
      __asm__ volatile("int $0x80" : "=a"(result) : "a"(n), "b"(a) : "memory");
      return result;
    }
    static void repeat(int count, long n) {
      for (int i = 0; i < count; i++) call(n, i, 0, 0, 0, 0);
    }
    static volatile int is_done;
    static char **words;
    static char stack[65536] __attribute__((aligned(16)));
    static void exec_many(void) {
      char *others[] = {words[0], "many", 0};
      call(59, (long)words[0], (long)others, 0, 0, 0);
    }
    static void thread(void) {
      repeat(50, 39);
      if (words[1][0] == 'e') exec_many();
      is_done = 1;
      for (;;) call(60, 0, 0, 0, 0, 0);
    }
    // CLONE_VM | FS | FILES | SIGHAND | THREAD | SYSVSEM
    static void start_thread(void) {
      long *top = (long *)(stack + sizeof stack) - 2;
      *top = (long)thread;
      long result;
      __asm__ volatile("syscall; test %%rax, %%rax; jnz 1f; ret; 1:" : "=a"(result)
                       : "a"(56L), "D"(0x50f00L), "S"(top), "d"(0L) : "rcx", "r11", "memory");
    }
    // getpid: ERRNO 99; getppid: TRACE; all else: ALLOW.
    static int filtered(void) {
      struct { unsigned short code; unsigned char yes, no; unsigned k; } program[] = {
          {0x20, 0, 0, 0}, {0x15, 2, 0, 39}, {0x15, 2, 0, 110}, {6, 0, 0, 0x7fff0000}, {6, 0, 0, 0x50063},
          {6, 0, 0, 0x7ff00000}};
      struct { unsigned short length; void *program; } whole = {6, program};
      call(157, 38, 1, 0, 0, 0);
      if (call(317, 1, 0, (long)&whole, 0, 0)) return 1;
      for (int i = 0; i < 10; i++)
        if (call(39, 0, 0, 0, 0, 0) != -99 || call(110, 0, 0, 0, 0, 0) != -38) return 2;
      return 0;
    }
    // A child stops itself, is seen to be stopped, and goes on.
    static int stopped(void) {
      long child = call(57, 0, 0, 0, 0, 0);
      if (!child) {
        call(62, call(39, 0, 0, 0, 0, 0), 19, 0, 0, 0);
        call(231, 6, 0, 0, 0, 0);
      }
      int status = 0;
      if (call(61, child, (long)&status, 2, 0, 0) != child || status != 0x137f) return 1;
      call(62, child, 18, 0, 0, 0);
      if (call(61, child, (long)&status, 0, 0, 0) != child || status != 6 << 8) return 2;
      return 0;
    }
    static int act(void) {
      long child;
      switch (words[1][0]) {
      case 'm': // many
        repeat(1000, 39);
        for (int i = 0; i < 10; i++) compat(20, 0x500000000 + i);
        repeat(5, 0x40000027);
        repeat(3, 999);
        repeat(2, 0x3fff0000);
        repeat(2, -1);
        return 7;
      case 'r': // row: 300 times with 5, 100 others
        for (int i = 0; i < 300; i++) call(110, 5, i, 0, 0, 0);
        for (int i = 0; i < 100; i++) call(110, 0x100000000 * i + 6, 0, 0, 0, 0);
        return 0;
      case 't': // thread
      case 'e': // a thread that execs
        start_thread();
        while (!is_done) __asm__ volatile("pause");
        return 0;
      case 'f': // fork
        child = call(57, 0, 0, 0, 0, 0);
        if (!child) {
          repeat(20, 102);
          exec_many();
        }
        call(61, child, 0, 0, 0, 0);
        return 0;
      case 'k': // killed
        call(62, call(39, 0, 0, 0, 0, 0), 12, 0, 0, 0);
        return 0;
      case 's': return filtered();
      case 'g': return stopped();
      case 'i': { // ignores SIGTERM
        struct { void *handler; long flags; void *restorer; long mask; } ignore = {(void *)1, 0, 0, 0};
        call(13, 15, (long)&ignore, 0, 8, 0);
        for (;;) call(34, 0, 0, 0, 0, 0);
      }
      }
      return 99;
    }
    __attribute__((used)) static void begin(long *top) {
      words = (char **)(top + 1);
      call(231, act(), 0, 0, 0, 0);
    }
    __asm__(".globl _start; _start: mov %rsp, %rdi; and $-16, %rsp; call begin");
    """
}
