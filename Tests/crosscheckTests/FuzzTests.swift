import Foundation
import Glibc
import Subprocess
import SystemPackage
import Testing

@Suite("fuzz", .serialized, .timeLimit(.minutes(30)))
struct FuzzTests {
  @Test("runs the cases asked for, tells what it did, and leaves the run on disk")
  func summary() async throws {
    let scratch = try Scratch()
    let run = try await Tool.run(
      ["fuzz", "--seed", "7", "--cases", "40", "--jobs", "2", "--output", "run"], in: scratch.path)
    #expect(run.status == 0 || run.status == 1)
    #expect(run.errors == "crosscheck: seed 0x7, run in run\n")
    for words in [
      "40 random cases from seed 0x7", "all its cases were done", "filter - kernel", "--resume run",
    ] {
      #expect(run.output.contains(words), "\(run.output)")
    }
    // A new finding, and nothing else, makes the status 1.
    #expect((run.status == 1) == run.output.contains("  NEW  "))
    for file in ["journal.jsonl", "summary.json"] {
      #expect(FileManager.default.fileExists(atPath: "\(scratch.path)/run/\(file)"))
    }

    let again = try await Tool.run(
      ["fuzz", "--seed", "7", "--cases", "40", "--output", "run"], in: scratch.path)
    #expect(again.status == 64)
    #expect(again.errors.contains("--resume run"))

    let resumed = try await Tool.run(
      ["fuzz", "--resume", "run", "--cases", "60", "--json"], in: scratch.path)
    let object = try JSONSerialization.jsonObject(with: Data(resumed.output.utf8)) as? [String: Any]
    #expect(object?["seed"] as? Int == 7)
    #expect((object?["tally"] as? [String: Any])?["cases"] as? Int == 60)
  }

  @Test("--filters tries programs, tells what was reached, and goes on for what it is")
  func filters() async throws {
    let scratch = try Scratch()
    let run = try await Tool.run(
      ["fuzz", "--filters", "--seed", "7", "--cases", "60", "--output", "run"], in: scratch.path)
    #expect(run.status == 0, "\(run.output)")
    #expect(run.errors == "crosscheck: seed 0x7, run in run\n")
    for words in [
      "60 random cases from seed 0x7", "programs judged for load", "checker - kernel", "JSET X", "Refusals",
      "of 65536 codes",
    ] {
      #expect(run.output.contains(words), "\(run.output)")
    }
    let resumed = try await Tool.run(
      ["fuzz", "--resume", "run", "--cases", "80", "--json"], in: scratch.path)
    #expect(resumed.status == 0)
    let object = try JSONSerialization.jsonObject(with: Data(resumed.output.utf8)) as? [String: Any]
    let tally = object?["tally"] as? [String: Any]
    #expect(tally?["cases"] as? Int == 80)
    for words in [["--corpus", Repository.root + "/Corpus/profiles"], ["--libseccomp", "system"]] {
      let refused = try await Tool.run(["fuzz", "--resume", "run"] + words, in: scratch.path)
      #expect(refused.status == 64 && refused.errorLines.count == 1, "\(refused.errors)")
      #expect(refused.errors.contains(words[0]))
    }
    let counts = tally?["filters"] as? [String: Any]
    #expect((counts?["operations"] as? [Any])?.count == 41)
    #expect((counts?["refusals"] as? [String: Any])?.count == 13)
    #expect((counts?["codes"] as? [String: Any])?["count"] as? Int == 5 * 64)
  }

  @Test(
    "a run about histories that is resumed refuses what is about profiles",
    arguments: [
      ["--filters"], ["--strict"], ["--corpus", "p.json"], ["--known", "known"], ["--libseccomp", "system"],
      ["--fallback"],
    ])
  func resumedHistories(_ words: [String]) async throws {
    let scratch = try Scratch()
    try FileManager.default.createDirectory(atPath: scratch.path + "/run", withIntermediateDirectories: true)
    _ = try scratch.file(
      "run/journal.jsonl",
      #"{"event":"started","options":{"subject":"histories"},"seed":"0x1","versions":{"kernel":"6","libseccomp":"none","tool":"1"}}"#
        + "\n")
    let run = try await Tool.run(["fuzz", "--resume", "run", "--cases", "1"] + words, in: scratch.path)
    #expect(run.status == 64 && run.errorLines.count == 1, "\(run.errors)")
    #expect(run.errors.contains(words[0]) && run.errors.contains("histories"))
    #expect(run.output.isEmpty)
  }

  @Test("prints JSON and nothing else with --json")
  func json() async throws {
    let scratch = try Scratch()
    let run = try await Tool.run(
      ["fuzz", "--seed", "0x7", "--cases", "5", "--jobs", "1", "--output", "run", "--json"], in: scratch.path)
    #expect(run.errors.isEmpty)
    let object = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
    #expect(object?["ended"] as? String == "cases")
    #expect(object?["workers"] as? Int == 1)
    #expect((object?["tally"] as? [String: Any])?["refusedRules"] is [String: Any])
  }

  @Test("writes to a directory named after the seed, and to a free one when that exists")
  func directory() async throws {
    let scratch = try Scratch()
    for expected in ["crosscheck-run-2a", "crosscheck-run-2a-2", "crosscheck-run-2a-3"] {
      _ = try await Tool.run(["fuzz", "--quiet", "--seed", "42", "--cases", "1"], in: scratch.path)
      #expect(FileManager.default.fileExists(atPath: "\(scratch.path)/\(expected)/journal.jsonl"))
    }
  }

  @Test("says that it uses the fallback when it is told to")
  func fallback() async throws {
    let scratch = try Scratch()
    let run = try await Tool.run(
      ["fuzz", "--quiet", "--seed", "1", "--cases", "3", "--fallback", "--output", "run"], in: scratch.path)
    #expect(run.output.contains("Fallback:"))
    #expect(run.output.contains("asked for by --fallback"))
    #expect(run.errors.isEmpty)
  }

  @Test("ends with its summary at SIGINT and at SIGTERM", arguments: [SIGINT, SIGTERM])
  func signal(_ number: Int32) async throws {
    let scratch = try Scratch()
    let result = try await Subprocess.run(
      .path(FilePath(Tool.path)),
      arguments: ["fuzz", "--quiet", "--seed", "1", "--jobs", "1", "--output", "\(scratch.path)/run"],
      input: .none, output: .string(limit: 1 << 24), error: .string(limit: 1 << 20)
    ) { execution in
      // The journal's first line is written when the workers are about to start.
      while ((try? Data(contentsOf: URL(filePath: scratch.path + "/run/journal.jsonl")))?.count ?? 0) == 0 {
        try await Task.sleep(for: .milliseconds(20))
      }
      try execution.send(signal: number == SIGINT ? .interrupt : .terminate)
    }
    let run = Tool.Run(result.terminationStatus, output: result.standardOutput, errors: result.standardError)
    #expect(run.status == 0 || run.status == 1)
    #expect(run.errors.isEmpty)
    #expect(run.output.contains("it was interrupted"))
    #expect(FileManager.default.fileExists(atPath: scratch.path + "/run/summary.json"))
  }
}
