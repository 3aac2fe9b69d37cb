import ClassicBPF
import Foundation
import SeccompModel
import Testing

@testable import Overhead

// One after the other: strace, started by another way, would inherit that the terminal's keys are ignored meanwhile.
@Suite("Counting a command's calls", .serialized, .timeLimit(.minutes(30)))
struct CallCounterTests {
  private func count(
    _ mode: String, keeping masks: ArgumentMasks = .none, limit: Duration = .seconds(60),
    combinations: Int = 64
  ) throws -> CountedCommand {
    try CallCounter.count(
      command: [try WorkloadProgram.path(), mode], keeping: masks, limit: limit, combinations: combinations)
  }

  private func calls(_ counted: CountedCommand) -> [String: UInt64] {
    var calls: [String: UInt64] = [:]
    for entry in counted.workload.entries {
      calls["\(entry.abi):\(entry.name ?? String(entry.number, radix: 16))", default: 0] += entry.count
    }
    return calls
  }

  private let many: [String: UInt64] = [
    "x86_64:getpid": 1000, "i386:getpid": 10, "x32:getpid": 5, "x86_64:3e7": 3, "x86_64:3fff0000": 2,
    "x86_64:ffffffff": 2, "x86_64:exit_group": 1, "x86_64:execve": 1,
  ]

  @Test("finds each that it makes by every ABI, from its exec to its exit, and no other")
  func exact() throws {
    let counted = try count("many")
    #expect(calls(counted) == many)
    #expect(counted.workload.total == 1024)
    #expect(counted.ending == .exited(7))
    #expect(counted.cut == nil)
    #expect(counted.tasks == 1)
    #expect(counted.workload.entries.allSatisfy { $0.arguments == Arguments() })
    #expect(counted.workload.source.hasSuffix("calls many"))
  }

  @Test("follows its children and their programs")
  func fork() throws {
    let counted = try count("fork")
    var expected = many
    expected["x86_64:getuid"] = 20
    expected["x86_64:fork"] = 1
    expected["x86_64:wait4"] = 1
    expected["x86_64:execve"] = 2
    expected["x86_64:exit_group"] = 2
    #expect(calls(counted) == expected)
    #expect(counted.ending == .exited(0))
    #expect(counted.tasks == 2)
  }

  @Test("follows its threads, and one that takes the process over by an exec")
  func threads() throws {
    let threaded = try count("thread")
    #expect(calls(threaded)["x86_64:getpid"] == 50)
    #expect(threaded.tasks == 2)
    let replaced = try count("exec")
    #expect(calls(replaced)["x86_64:getpid"] == 1050)
    #expect(calls(replaced)["x86_64:execve"] == 2)
    #expect(replaced.ending == .exited(7))
  }

  @Test("keeps the halves of arguments that a filter looks at")
  func arguments() throws {
    let looksAtLow = try ArgumentMasks([
      Filter([
        .load(.number), .jump(equal: 110, then: 0, otherwise: 1), .load(.low(argument: 0)), .returnA,
      ])
    ])
    #expect(looksAtLow.words(.x86_64, 110) == DataWordSet(.low(argument: 0)))
    #expect(looksAtLow.words(.x86_64, 39) == [])
    let counted = try count("row", keeping: looksAtLow)
    let kinds = counted.workload.entries.filter { $0.number == 110 }
    #expect(kinds.map(\.count) == [300, 100])
    #expect(kinds.map(\.arguments) == [Arguments(5), Arguments(6)])
    #expect(counted.workload.undistinguished == 0)
  }

  @Test("tells how many calls had more combinations of arguments than are told apart")
  func combinations() throws {
    let looks = try ArgumentMasks([
      Filter([.load(.high(argument: 0)), .copyAToX, .load(.low(argument: 0)), .operation(.addX), .returnA])
    ])
    let counted = try count("row", keeping: looks, combinations: 3)
    let kinds = counted.workload.entries.filter { $0.number == 110 }
    // 5; the first two others; the 98 that are left count as the most frequent.
    #expect(kinds.map(\.count) == [398, 1, 1])
    #expect(kinds.first?.arguments == Arguments(5))
    #expect(counted.workload.undistinguished == 98)
    #expect(counted.workload.total == 402)
  }

  @Test("keeps all 64 bits of the registers of int 0x80, as a filter sees them")
  func compat() throws {
    let looks = try ArgumentMasks([Filter([.load(.high(argument: 0)), .returnA])])
    let counted = try count("many", keeping: looks)
    let compat = counted.workload.entries.filter { $0.abi == .i386 }
    #expect(compat.map(\.arguments) == [Arguments(0x5_0000_0000)])
  }

  @Test("is not confused by filters that the command installs itself")
  func filtered() throws {
    let counted = try count("seccomp")
    #expect(counted.ending == .exited(0), "the filter acts as without a tracer")
    #expect(calls(counted)["x86_64:getpid"] == 10)
    #expect(calls(counted)["x86_64:getppid"] == 10)
  }

  @Test("lets a stopped process stay stopped until it is told to go on")
  func groupStop() throws {
    #expect(try count("group").ending == .exited(0))
  }

  @Test("reports the signal that ended the command")
  func killed() throws {
    let counted = try count("killed")
    #expect(counted.ending == .signalled(SIGUSR2))
    #expect(counted.cut == nil)
    #expect(calls(counted)["x86_64:kill"] == 1)
  }

  @Test("ends one that runs too long, even if it ignores SIGTERM")
  func limit() throws {
    let counted = try count("ignores", limit: .milliseconds(300))
    #expect(counted.ending == .signalled(SIGKILL))
    #expect(counted.cut == .limit)
    #expect(calls(counted)["x86_64:pause"] == 1)
  }

  @Test("ends what the command left behind when the time is up, and tells the command's own end")
  func leftBehind() throws {
    let counted = try CallCounter.count(
      command: ["/bin/sh", "-c", "sleep 1000 & echo $! >/dev/null; exit 3"], limit: .milliseconds(500))
    #expect(counted.ending == .exited(3))
    #expect(counted.cut == .limit)
    #expect(counted.tasks == 2)
  }

  @Test(
    "leaves the command the signals as they were, although the terminal's keys are ignored here meanwhile")
  func signals() throws {
    let before = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    let ignored = try #require(before.split(separator: "\n").first { $0.hasPrefix("SigIgn:") })
    let mask = try #require(UInt64(ignored.dropFirst("SigIgn:".count).trimmingPrefix("\t"), radix: 16))
    let script = "exit $((0x$(sed -n 's/^SigIgn:.//p' /proc/self/status) & 6))"
    #expect(try CallCounter.count(command: ["sh", "-c", script]).ending == .exited(Int32(mask & 6)))
  }

  @Test("hands on what is sent to the counter")
  func handedOn() throws {
    let script = "trap 'exit 5' USR1; kill -USR1 $PPID; while :; do sleep 0.05; done"
    let counted = try CallCounter.count(command: ["sh", "-c", script], limit: .seconds(60))
    #expect(counted.ending == .exited(5))
    #expect(counted.cut == nil)
  }

  @Test("ends the rest at a signal when the command itself has ended")
  func interrupted() throws {
    let script = "c=$PPID; (sleep 0.3; kill -TERM $c; sleep 1000) & exit 4"
    let counted = try CallCounter.count(command: ["sh", "-c", script], limit: .seconds(60))
    #expect(counted.ending == .exited(4))
    #expect(counted.cut == .interrupted)
  }

  @Test("says which file cannot be started, and why")
  func notStarted() throws {
    func message(_ command: [String]) -> String? {
      #expect(throws: CountingError.self) { try CallCounter.count(command: command) }?.description
    }
    #expect(message([]) == "expected a command whose system calls are to be counted, found none")
    #expect(message([""]) == "expected a command whose system calls are to be counted, found none")
    #expect(
      message(["no-such-command-here"])
        == "cannot count the calls of no-such-command-here: there is no program of that name in PATH")
    #expect(message(["/no/such"]) == "cannot count the calls of /no/such: No such file or directory")
    #expect(message(["/"]) == "cannot count the calls of /: it is a directory")
    #expect(
      message(["/etc/passwd"])
        == "cannot count the calls of /etc/passwd: it is not executable: Permission denied")
    let directory = FileManager.default.temporaryDirectory
      .appending(path: "crosscheck-counting-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    func script(_ name: String, _ text: String) throws -> String {
      let path = directory.appending(path: name).path
      try text.write(toFile: path, atomically: true, encoding: .utf8)
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
      return path
    }
    let orphan = try script("orphan", "#!/no/such/interpreter\n")
    #expect(
      message([orphan])
        == "cannot count the calls of \(orphan): it does not start: No such file or directory (the interpreter or loader that it names is not there)"
    )
    let plain = try script("plain", "echo\n")
    #expect(
      message([plain])
        == "cannot count the calls of \(plain): it does not start: Exec format error (it is no program, and no script whose first line begins with #!)"
    )
  }

  @Test("leaves nothing running when the process that asked for it is killed")
  func driverKilled() async throws {
    let file = "/tmp/crosscheck-counting-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: file) }
    await #expect(processExitsWith: .signal(SIGKILL)) { [file = file as String] in
      Thread.detachNewThread {
        let script = "trap '' TERM; sleep 1000 & echo $$ $! $PPID >\(file).new; mv \(file).new \(file); wait"
        _ = try? CallCounter.count(command: ["sh", "-c", script])
      }
      while access(file, F_OK) != 0 { usleep(10_000) }
      kill(getpid(), SIGKILL)
    }
    let ids = try String(contentsOfFile: file, encoding: .utf8).split(whereSeparator: \.isWhitespace)
      .compactMap { Int32($0) }
    #expect(ids.count == 3)
    // The kernel ends them one after the other.
    for id in ids {
      for _ in 0..<500 where isRunning(id) { usleep(10_000) }
      #expect(!isRunning(id), "process \(id)")
    }
  }

  /// Whether it is there and more than a zombie.
  private func isRunning(_ id: Int32) -> Bool {
    guard let status = try? String(contentsOfFile: "/proc/\(id)/stat", encoding: .utf8) else { return false }
    return status.split(separator: ")").last?.split(separator: " ").first != "Z"
  }

  private static let strace = "/usr/bin/strace"

  @Test(
    "comes to what strace counts, but for calls that do not return",
    .enabled(
      if: FileManager.default.isExecutableFile(atPath: strace), "needs strace: apt-get install strace"))
  func comparedWithStrace() throws {
    let file = "/tmp/crosscheck-strace-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: file) }
    let command = ["/bin/sh", "-c", "/bin/true; for i in 1 2 3; do /bin/ls / >/dev/null; done"]
    let process = Process()
    process.executableURL = URL(filePath: Self.strace)
    process.arguments = ["-f", "-c", "-o", file] + command
    try process.run()
    process.waitUntilExit()
    let expected = try Workload.read(path: file)
    let counted = try CallCounter.count(command: command)
    let returning = counted.workload.entries.filter { $0.name != "exit_group" }
    #expect(returning.count == counted.workload.entries.count - 1)
    #expect(Set(returning) == Set(expected.entries))
  }
}
