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

    @Test("sends each process one SIGTERM, however many threads it has")
    func once() throws {
      defer { remove() }
      let (source, program) = (
        directory.appending(path: "threads.c").path, directory.appending(path: "threads").path
      )
      try """
      #include <pthread.h>
      #include <signal.h>
      #include <unistd.h>
      static volatile sig_atomic_t signals;
      static void count(int number) { signals = signals + 1; }
      static void *wait_here(void *unused) { for (;;) pause(); }
      int main(void) {
        signal(SIGTERM, count);
        for (int i = 0; i < 16; i++) {
          pthread_t thread;
          if (pthread_create(&thread, 0, wait_here, 0)) return 99;
        }
        while (!signals) usleep(1000);
        usleep(500000);
        _exit(signals);
      }
      """.write(toFile: source, atomically: true, encoding: .utf8)
      let compiler = try run("cc", ["-pthread", "-O1", "-o", program, source])
      compiler.waitUntilExit()
      try #require(compiler.terminationStatus == 0)
      let counted = try CallCounter.count(command: [program], limit: .milliseconds(1000))
      #expect(counted.tasks == 17)
      #expect(counted.cut == .limit)
      #expect(counted.ending == .exited(1))
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
