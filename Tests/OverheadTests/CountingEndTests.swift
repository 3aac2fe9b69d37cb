import Foundation
import Testing

@testable import Overhead

// In that suite, so that only one counting goes on at a time: the terminal's keys are ignored meanwhile.
extension CallCounterTests {
  @Suite("The end of a counting")
  struct CountingEndTests {
    private let directory = FileManager.default.temporaryDirectory
      .appending(path: "crosscheck-counting-end-\(UUID().uuidString)")

    init() throws {
      try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    }

    private func remove() { try? FileManager.default.removeItem(at: directory) }

    private func run(_ program: String, _ words: [String]) throws -> Process {
      let process = Process()
      process.executableURL = URL(filePath: "/usr/bin/env")
      process.arguments = [program] + words
      try process.run()
      return process
    }

    @Test("waits for a counter that was stopped until after its time was up, and has what it counted")
    func stopped() throws {
      defer { remove() }
      let file = directory.appending(path: "counter").path
      // Nobody whom the counter traces can do this: they stop with it.
      let script = """
        while ! test -s "$1"; do sleep 0.05; done; read -r counter < "$1"
        kill -STOP "$counter"; sleep 4; kill -CONT "$counter"
        """
      let helper = try run("sh", ["-c", script, "sh", file])
      defer { helper.waitUntilExit() }
      let counted = try CallCounter.count(
        command: ["sh", "-c", "echo $PPID > \(file).new; mv \(file).new \(file); exec sleep 1000"],
        limit: .milliseconds(1000), slack: .zero)
      #expect(counted.cut == .limit)
      #expect(counted.ending == .signalled(SIGTERM))
    }

    // By the counter's own code alone: signals that are pending are one, so that a process that is sent too many mostly
    // notices nothing.
    @Test("sends each process one signal, however many threads it has, even if its first one has ended")
    func once() throws {
      defer { remove() }
      let (source, program) = (
        directory.appending(path: "threads.c").path, directory.appending(path: "threads").path
      )
      try """
      #define _GNU_SOURCE
      #include <pthread.h>
      #include <signal.h>
      #include <stdlib.h>
      #include <sys/syscall.h>
      #include <sys/wait.h>
      #include <unistd.h>
      #include "memory.h"
      #include "tasks.h"
      struct clinux_counter_header *header;
      void report_failure(int error, const char *what) { abort(); }
      static pid_t sent[100];
      static int count;
      int __wrap_kill(pid_t id, int signal) { sent[count++] = id; return 0; }
      static int ends[2];
      static void *say_id(void *unused) {
        pid_t id = (pid_t)syscall(SYS_gettid);
        if (write(ends[1], &id, sizeof id) != sizeof id) abort();
        for (;;) pause();
      }
      int main(void) {
        header = calloc(1, sizeof *header);
        if (pipe(ends)) return 90;
        pid_t process = fork();
        if (!process) {
          pthread_t thread;
          for (int i = 0; i < 5; i++)
            if (pthread_create(&thread, 0, say_id, 0)) _exit(1);
          syscall(SYS_exit, 0);
        }
        know_task(process);
        for (int i = 0; i < 5; i++) {
          pid_t id;
          if (read(ends[0], &id, sizeof id) != sizeof id) return 91;
          know_task(id);
        }
        // Its first thread is a zombie then.
        usleep(100000);
        know_task(getpid());
        signal_processes(SIGTERM);
        syscall(SYS_kill, process, SIGKILL);
        waitpid(process, 0, 0);
        return count == 2 && sent[0] == process && sent[1] == getpid() ? 0 : count;
      }
      """.write(toFile: source, atomically: true, encoding: .utf8)
      let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Sources")
      let counter = root.appending(path: "CrosscheckCounter").path
      let compiler = try run(
        "cc",
        [
          "-pthread", "-O1", "-Wl,--wrap=kill", "-I", counter, "-I",
          root.appending(path: "CLinux/include").path, "-o", program, source, "\(counter)/tasks.c",
        ])
      compiler.waitUntilExit()
      try #require(compiler.terminationStatus == 0)
      let harness = try run(program, [])
      harness.waitUntilExit()
      #expect(harness.terminationStatus == 0)
    }

    @Test(
      "is not brought about by a signal to the counter that the command handles",
      arguments: ["ALRM", "RTMIN", "RTMAX"])
    func handedOn(signal: String) throws {
      defer { remove() }
      let script = "trap 'exit 5' \(signal); kill -\(signal) $PPID; while :; do sleep 0.05; done"
      let counted = try CallCounter.count(command: ["bash", "-c", script], limit: .seconds(60))
      #expect(counted.ending == .exited(5))
      #expect(counted.cut == nil)
    }
  }
}
