import Foundation
import Glibc
import Subprocess
import SystemPackage
import Testing

@Suite("bench with a command", .timeLimit(.minutes(30)))
struct BenchCommandTests {
  private static func scratch() throws -> Scratch {
    let scratch = try Scratch()
    _ = try scratch.file("p.json", #"{"defaultAction":"SCMP_ACT_ALLOW"}"#)
    return scratch
  }

  @Test("leaves Ctrl-C to the command while it is counted, and takes it for itself afterwards")
  func interrupt() async throws {
    let scratch = try Self.scratch()
    let script = """
      trap 'exit 0' INT; : > started; while :; do sleep 0.02; done
      """
    var options = PlatformOptions()
    options.processGroupID = 0
    let result = try await Subprocess.run(
      .path(FilePath(Tool.path)),
      arguments: ["bench", "--duration", "5m", "p.json", "--", "sh", "-c", script],
      workingDirectory: FilePath(scratch.path), platformOptions: options,
      input: .none, output: .string(limit: 1 << 24), error: .string(limit: 1 << 20)
    ) { execution in
      for _ in 0..<3000 where !FileManager.default.fileExists(atPath: scratch.path + "/started") {
        try await Task.sleep(for: .milliseconds(10))
      }
      // As the terminal does it: to everybody in its foreground.
      try execution.send(signal: .interrupt, toProcessGroup: true)
      // When the measurement begins there is a thread that waits for the signal, in which it is not blocked (sigwait(3)),
      // and all others block it.
      var masks: [UInt64] = []
      for _ in 0..<3000 where masks.count < 2 {
        try await Task.sleep(for: .milliseconds(10))
        masks = Self.blockedSignals(of: execution.processIdentifier.value)
      }
      #expect(masks.count >= 2)
      #expect(masks.count { $0 & 1 << (UInt64(SIGINT) - 1) == 0 } <= 1)
      try await Task.sleep(for: .seconds(6))
      try execution.send(signal: .interrupt)
    }
    let run = Tool.Run(result.terminationStatus, output: result.standardOutput, errors: result.standardError)
    if run.status == 69 {
      #expect(run.errors.contains("interrupted after "), "\(run.errors)")
      #expect(!run.errors.contains("interrupted after 0 rounds"))
    } else {
      #expect(run.status == 0, "\(run.errors)")
      #expect(run.output.hasPrefix("A call of sh -c "))
      #expect(run.output.contains("interrupted: "))
    }
  }

  /// Of each thread.
  private static func blockedSignals(of process: pid_t) -> [UInt64] {
    let directory = "/proc/\(process)/task"
    let tasks = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
    return tasks.compactMap { task in
      let status = try? String(contentsOfFile: "\(directory)/\(task)/status", encoding: .utf8)
      let line = status?.split(separator: "\n").first { $0.hasPrefix("SigBlk:") }
      return line.flatMap { UInt64($0.dropFirst("SigBlk:\t".count), radix: 16) }
    }
  }

  @Test("keeps the command's output out of the JSON, and says in it that the command failed")
  func json() async throws {
    let scratch = try Self.scratch()
    let run = try await Tool.run(
      ["bench", "--duration", "1s", "--json", "p.json", "--", "sh", "-c", "echo said; exit 3"],
      in: scratch.path)
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.errors.contains("said\n"))
    let object = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
    let skips = try #require(object?["skips"] as? [String])
    #expect(skips.contains("the workload: sh -c echo said; exit 3 ended with exit status 3"))
  }

  @Test("does not run the command for a processor that is not there")
  func processor() async throws {
    let scratch = try Self.scratch()
    let run = try await Tool.run(
      ["bench", "--cpu", "4000", "p.json", "--", "sh", "-c", ": > started"], in: scratch.path)
    #expect(run.status == 64)
    #expect(run.errors.contains("there is no processor 4000"))
    #expect(!FileManager.default.fileExists(atPath: scratch.path + "/started"))
  }

  @Test("has the comparison in the JSON too, tells each difference, and saves the measurement alone")
  func comparison() async throws {
    let scratch = try Self.scratch()
    _ = try scratch.file("trace.txt", "getpid 3\n")
    let words = ["bench", "--duration", "1s", "p.json", "--workload", "trace.txt"]
    let first = try await Tool.run(words + ["--save", "old.json"], in: scratch.path)
    #expect(first.status == 0, "\(first.errors)")
    // A kernel on which a call took a millisecond.
    let path = scratch.path + "/old.json"
    var old = try #require(
      try JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: path))) as? [String: Any])
    var figures = try #require(old["figures"] as? [[String: Any]])
    let native = try #require(figures.firstIndex { $0["id"] as? String == "native" })
    figures[native]["estimate"] = 1e6
    old["figures"] = figures
    try JSONSerialization.data(withJSONObject: old).write(to: URL(filePath: path))

    let second = try await Tool.run(
      words + ["--json", "--compare", "old.json", "--save", "new.json"], in: scratch.path)
    #expect(second.status == 1)
    #expect(second.errors.contains("crosscheck: differs: getppid without a filter: 1,000,000 → "))
    let both = try #require(
      try JSONSerialization.jsonObject(with: Data(second.output.utf8)) as? [String: Any])
    let rows = try #require((both["comparison"] as? [String: Any])?["rows"] as? [[String: Any]])
    #expect(rows.first { $0["id"] as? String == "native" }?["isDifferent"] as? Bool == true)
    #expect((both["figures"] as? [Any])?.isEmpty == false)
    let saved = try #require(
      try JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: scratch.path + "/new.json")))
        as? [String: Any])
    #expect(saved["comparison"] == nil)
    // What was printed is a measurement too.
    _ = try scratch.file("both.json", second.output)
    let third = try await Tool.run(words + ["--compare", "both.json"], in: scratch.path)
    #expect([0, 1].contains(third.status))
    #expect(third.output.contains("Against the older run: "))
  }
}
