import Foundation
import Subprocess
import SystemPackage
import Testing

@Suite("bench", .timeLimit(.minutes(30)))
struct BenchTests {
  @Test("measures, saves, holds an older run against itself, and keeps limits")
  func general() async throws {
    let scratch = try Scratch()
    let first = try await Tool.run(
      [
        "bench", "--duration", "3s", "--save", "old.json", "--html", "page.html", "--plots", "plots",
        "--assert", "native<1ms",
      ],
      in: scratch.path)
    #expect(first.status == 0, "\(first.errors)")
    #expect(first.output.hasPrefix("A filter costs "))
    #expect(first.output.contains("holds: native<1ms"))
    #expect(
      try String(contentsOfFile: scratch.path + "/page.html", encoding: .utf8).hasPrefix("<!DOCTYPE html>"))
    let plots = try FileManager.default.contentsOfDirectory(atPath: scratch.path + "/plots")
    #expect(plots.contains("by-length.svg"))
    #expect(plots.count > 5)
    let second = try await Tool.run(
      ["bench", "--duration", "3s", "--compare", "old.json", "--assert", "entry>1ms"], in: scratch.path)
    #expect(second.status == 1)
    #expect(second.output.contains("Against the older run: "))
    #expect(second.output.contains("fails: entry>1ms"))
  }

  @Test("judges by what it has when it is interrupted")
  func interrupted() async throws {
    let scratch = try Scratch()
    let result = try await Subprocess.run(
      .path(FilePath(Tool.path)),
      arguments: ["bench", "--duration", "10m", "--save", "\(scratch.path)/part.json"],
      input: .none, output: .string(limit: 1 << 24), error: .string(limit: 1 << 20)
    ) { execution in
      // Some twenty seconds are enough for twelve rounds, if not on every machine.
      try await Task.sleep(for: .seconds(20))
      try execution.send(signal: .interrupt)
    }
    let run = Tool.Run(result.terminationStatus, output: result.standardOutput, errors: result.standardError)
    if run.status == 69 {
      #expect(run.errors.contains("interrupted after "))
    } else {
      #expect(run.status == 0, "\(run.errors)")
      #expect(run.output.contains("interrupted: "))
      #expect(run.output.contains("distributions: interrupted before the clock alone"))
      #expect(FileManager.default.fileExists(atPath: scratch.path + "/part.json"))
    }
  }

  @Test("measures a workload that is counted, and one from a file")
  func workloads() async throws {
    let scratch = try Scratch()
    let profile = "\(Repository.root)/Corpus/profiles/reboot-errno.json"
    let counted = try await Tool.run(
      ["bench", "--duration", "1s", profile, "--", "/bin/true"], in: scratch.path)
    #expect(counted.status == 0, "\(counted.errors)")
    #expect(counted.output.contains("A call of /bin/true costs "))
    _ = try scratch.file("trace.txt", "getpid 3\nreboot 1\n")
    let read = try await Tool.run(
      ["bench", "--duration", "1s", "--json", profile, "--workload", "trace.txt"], in: scratch.path)
    #expect(read.status == 0, "\(read.errors)")
    #expect(read.output.contains("\"ERRNO\""))
  }

  @Test(
    "says what is wrong with what it is given",
    arguments: [
      (["--compare", "none.json"], 65, "--compare none.json: the file cannot be read"),
      (
        ["--compare", "bad.json"], 65,
        "bad.json: expected the results of 'crosscheck bench --save': .format is missing"
      ),
      (
        ["--compare", "newer.json"], 65,
        "newer.json: expected results of format 2, found format 99: it was saved by another version of crosscheck"
      ),
      (["profile.json"], 64, "a profile is measured with a workload"),
      (["--workload", "trace.txt"], 64, "a workload and --runtime go with a profile"),
      (["--assert", "entry"], 64, "--assert"),
      (["--assert", "nope<3"], 64, "there is no figure 'nope'; there are native, "),
      (["--cpu", "4000"], 64, "there is no processor 4000"),
      (["--confidence", "100"], 64, "--confidence is 50 to 99.9"),
      (["none.json", "--workload", "trace.txt"], 65, "none.json"),
      (["p.json", "--workload", "broken.txt"], 65, "broken.txt:1: expected"),
      (["p.json", "--", "./no-such-program"], 69, "no-such-program"),
    ] as [([String], Int32, String)])
  func wrong(words: [String], status: Int32, message: String) async throws {
    let scratch = try Scratch()
    _ = try scratch.file("bad.json", "{}")
    _ = try scratch.file("newer.json", #"{"format":99,"figures":{}}"#)
    _ = try scratch.file("broken.txt", "getpid many\n")
    _ = try scratch.file("p.json", #"{"defaultAction":"SCMP_ACT_ALLOW"}"#)
    let run = try await Tool.run(["bench"] + words, in: scratch.path)
    #expect(run.status == status)
    #expect(run.errors.contains(message), "\(run.errors)")
    #expect(run.errors.split(separator: "\n").count == 1)
    #expect(run.output.isEmpty)
  }
}
