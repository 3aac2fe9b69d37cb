import Foundation
import Testing

@testable import Targets

/// Programs that play the runtime, and payloads, built by cc(1) when first asked for.
enum TestPrograms {
  /// A static payload without a C library.
  static func payload(_ payload: Payload) throws -> String { "\(try directory.get())/\(payload.rawValue)" }

  /// A runtime that does what it is told: its modes stand in `runtimeSource`.
  static func runtime(_ mode: String) throws -> RuntimeProgram {
    try RuntimeProgram.command("\(try directory.get())/runtime \(mode) {bundle}")
  }

  private static let directory = Result { try build() }

  private static func build() throws -> String {
    // Not for exit tests, which are processes of their own: one that is killed would leave it.
    let directory = "/tmp/crosscheck-test-programs.\(ProcessInfo.processInfo.processIdentifier)"
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    atexit {
      try? FileManager.default.removeItem(
        atPath: "/tmp/crosscheck-test-programs.\(ProcessInfo.processInfo.processIdentifier)")
    }
    try payloadSource.write(toFile: "\(directory)/payload.c", atomically: true, encoding: .utf8)
    for payload in Payload.allCases {
      try run(
        "cc", "-static", "-nostdlib", "-ffreestanding", "-fno-stack-protector", "-O1", "-Wall", "-Werror",
        "-DMAIN=\(payload.rawValue)", "-o", "\(directory)/\(payload.rawValue)", "\(directory)/payload.c")
    }
    try runtimeSource.write(toFile: "\(directory)/runtime.c", atomically: true, encoding: .utf8)
    // At a fixed low address, so that 32-bit calls can reach its data.
    try run(
      "cc", "-no-pie", "-fno-pie", "-pthread", "-O1", "-Wall", "-Werror", "-o", "\(directory)/runtime",
      "\(directory)/runtime.c")
    return directory
  }
}

enum Payload: String, CaseIterable {
  /// Writes "payload" and exits with 0.
  case exits
  /// Sleeps until it is killed.
  case sleeps
  /// Forks a child that makes one mkdir(2), and exits with the errno that the child got.
  case forks
  /// Exits with the first byte of descriptor 3; 255 when there is none.
  case reads
  /// Exits with its process id.
  case counts
  /// Writes its process id, the first byte of descriptor 3 (256: there is none), and the errno that a child got from
  /// one mkdir(2): "1 256 99", for runtimes that do not pass an exit status on.
  case tells
}

private let payloadSource = """
  static long call(long n, long a, long b, long c) {
    long result;
    __asm__ volatile("syscall" : "=a"(result) : "a"(n), "D"(a), "S"(b), "d"(c) : "rcx", "r11", "memory");
    return result;
  }
  enum { READ = 0, WRITE = 1, PAUSE = 34, GETPID = 39, FORK = 57, WAIT4 = 61, MKDIR = 83, EXIT = 231 };
  int exits(void) { call(WRITE, 1, (long)"payload", 7); return 0; }
  int sleeps(void) { for (;;) call(PAUSE, 0, 0, 0); }
  int forks(void) {
    if (!call(FORK, 0, 0, 0)) return (int)-call(MKDIR, 0, 0, 0);
    int status = 0;
    call(WAIT4, -1, (long)&status, 0);
    return status & 0x7f ? 128 + (status & 0x7f) : status >> 8;
  }
  int reads(void) { unsigned char byte; return call(READ, 3, (long)&byte, 1) == 1 ? byte : 255; }
  int counts(void) { return (int)call(GETPID, 0, 0, 0); }
  static void tell(int number, char last) {
    char text[8];
    int begin = 7;
    text[begin] = last;
    do text[--begin] = (char)('0' + number % 10); while (number /= 10);
    call(WRITE, 1, (long)(text + begin), 8 - begin);
  }
  int tells(void) {
    unsigned char byte;
    tell(counts(), ' ');
    tell(call(READ, 3, (long)&byte, 1) == 1 ? byte : 256, ' ');
    tell(forks(), '\\n');
    return 0;
  }
  void start(void) { call(EXIT, MAIN(), 0, 0); }
  __asm__(".globl _start\\n_start: and $-16, %rsp\\n call start\\n");

  """

private let runtimeSource = """
  #define _GNU_SOURCE
  #include <errno.h>
  #include <linux/filter.h>
  #include <linux/seccomp.h>
  #include <pthread.h>
  #include <sched.h>
  #include <signal.h>
  #include <stdint.h>
  #include <stdio.h>
  #include <stdlib.h>
  #include <string.h>
  #include <sys/mman.h>
  #include <sys/prctl.h>
  #include <sys/syscall.h>
  #include <sys/wait.h>
  #include <unistd.h>

  static char payload[4096];
  static struct sock_filter allow[3], kill_seccomp[4], large[5000];
  static struct { uint16_t len; uint32_t filter; } narrow;

  // "ld [4]; ld [4]; ret ALLOW" tells programs apart by what it loads.
  static struct sock_fprog numbered(int number) {
    allow[0] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 0);
    allow[1] = (struct sock_filter)BPF_STMT(BPF_ALU | BPF_ADD | BPF_K, number);
    allow[2] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    return (struct sock_fprog){3, allow};
  }
  static void install(int number, int flags) {
    struct sock_fprog program = numbered(number);
    if (flags < 0 ? prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program)
                  : syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, &program)) exit(90);
  }
  static long int80(long n, long a, long b, long c) {
    long result;
    __asm__ volatile("int $0x80" : "=a"(result) : "a"(n), "b"(a), "c"(b), "d"(c) : "memory", "r8", "r9", "r10", "r11");
    return (int)result;
  }
  static void start(void) {
    char *words[] = {payload, NULL};
    execv(payload, words);
    exit(91);
  }

  // Filters by both calls and with flags, the payload under all of them.
  static void stack(void) {
    install(1, 0);
    install(2, SECCOMP_FILTER_FLAG_LOG);
    install(3, -1);
    start();
  }
  // The same by way of the 32-bit entry.
  static void entry32(void) {
    struct sock_fprog program = numbered(4);
    narrow.len = program.len;
    narrow.filter = (uint32_t)(uintptr_t)program.filter;
    if (int80(354, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_LOG, (long)&narrow)) exit(92);
    numbered(5);
    if (int80(172, PR_SET_SECCOMP, SECCOMP_MODE_FILTER, (long)&narrow)) exit(93);
    start();
  }
  // What the kernel refuses, and a question without a program.
  static void refused(void) {
    struct sock_fprog program = numbered(6);
    syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 1 << 20, &program);
    syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, (void *)8);
    program.filter = (void *)8;
    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
    program = (struct sock_fprog){5000, large};
    syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program);
    syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, NULL);
    start();
  }
  // A filter that kills the next installation.
  static void killed(void) {
    kill_seccomp[0] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 0);
    kill_seccomp[1] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_seccomp, 0, 1);
    kill_seccomp[2] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS);
    kill_seccomp[3] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    struct sock_fprog program = {4, kill_seccomp};
    if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program)) exit(94);
    install(7, 0);
  }
  static void *thread(void *number) {
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    pthread_mutex_lock(&lock);
    install(100 + (int)(long)number, 0);
    pthread_mutex_unlock(&lock);
    // The last one starts the payload, although it is not the first thread.
    static int left = 16;
    if (__atomic_sub_fetch(&left, 1, __ATOMIC_SEQ_CST) == 0) start();
    for (;;) pause();
    return NULL;
  }
  static void threads(void) {
    pthread_t id;
    for (long i = 0; i < 16; i++) pthread_create(&id, NULL, thread, (void *)i);
    for (;;) pause();
  }
  // Stops itself, as a job would be, while its child sends a signal and lets it go on. Exits with the number of
  // signals that came.
  static volatile int came;
  static void count(int number) { came += number == SIGUSR1; }
  static void stops(void) {
    struct sigaction action = {.sa_handler = count};
    sigaction(SIGUSR1, &action, NULL);
    pid_t parent = getpid();
    volatile int *resumed = mmap(NULL, sizeof *resumed, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    for (int i = 0; i < 20; i++) {
      pid_t child = fork();
      if (!child) {
        char path[64], state = 0;
        snprintf(path, sizeof path, "/proc/%d/stat", parent);
        while (state != 'T' && state != 't') {
          FILE *file = fopen(path, "r");
          if (!file || fscanf(file, "%*d %*s %c", &state) != 1) _exit(95);
          fclose(file);
        }
        kill(parent, SIGUSR1);
        // Until it goes on: a tracer's own stop may have looked like the one that is to come.
        do {
          kill(parent, SIGCONT);
          usleep(1000);
        } while (*resumed <= i);
        _exit(0);
      }
      raise(SIGSTOP);
      *resumed = i + 1;
      waitpid(child, NULL, 0);
    }
    exit(came);
  }
  // Ends while a process that no tracer may follow goes on, in a session of its own.
  static void untraced(void) {
    if (!syscall(SYS_clone, CLONE_UNTRACED, 0, 0, 0, 0)) {
      setsid();
      if (!fork()) for (;;) pause();
      for (;;) pause();
    }
    exit(3);
  }
  // Many short processes, by every call that makes one.
  static void storm(void) {
    for (int i = 0; i < 200; i++) {
      if (i % 3 == 0 && !vfork()) { execl("/bin/true", "true", NULL); _exit(1); }
      if (i % 3 == 1 && !fork()) _exit(0);
      if (i % 3 == 2 && !syscall(SYS_clone, 0, 0, 0, 0, 0)) _exit(0);
    }
    while (waitpid(-1, NULL, __WALL) > 0) {}
    install(8, 0);
    start();
  }
  // Installs and never comes to the payload.
  static void dawdles(void) { install(9, 0); for (;;) pause(); }
  static void hangs(void) { for (;;) pause(); }
  static void babbles(void) { for (;;) puts("and on and on"); }
  static void detaches(void) { if (!fork()) { install(10, 0); start(); } sleep(1); exit(0); }

  #define MODE(name) {#name, name}
  static const struct { const char *name; void (*run)(void); } modes[] = {
    MODE(stack), MODE(entry32), MODE(refused), MODE(killed), MODE(threads), MODE(stops), MODE(untraced), MODE(storm),
    MODE(dawdles), MODE(hangs), MODE(babbles), MODE(detaches),
  };
  int main(int count, char **words) {
    if (count != 3) return 96;
    snprintf(payload, sizeof payload, "%s/rootfs/probe", words[2]);
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++)
      if (!strcmp(words[1], modes[i].name)) modes[i].run();
    return 97;
  }

  """

struct ProgramFailure: Error {
  var words: [String]
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
  // No #require: its error is silent where it is thrown again, as that of a shared result is.
  guard process.terminationStatus == 0 else { throw ProgramFailure(words: words) }
  return String(decoding: text, as: UTF8.self)
}
