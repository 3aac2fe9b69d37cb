import Foundation
import Glibc
import Testing

@Suite("Bad input")
struct BadInputTests {
  /// One line on standard error, nothing on standard output, status 65.
  static func expectRefusal(_ run: Tool.Run, sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(run.status == 65, sourceLocation: sourceLocation)
    #expect(run.output.isEmpty, sourceLocation: sourceLocation)
    #expect(run.errorLines.count == 1, "\(run.errors)", sourceLocation: sourceLocation)
    #expect(run.errors.hasPrefix("crosscheck: error: "), sourceLocation: sourceLocation)
  }

  @Test("There are at least 60 malformed profiles to try")
  func enough() {
    #expect(Repository.malformed.count >= 60)
  }

  @Test("A malformed profile is one line with the place", arguments: Repository.malformed)
  func malformed(_ name: String) async throws {
    let path = "\(Repository.root)/Corpus/malformed/\(name)"
    let run = try await Tool.run(["check", path])
    Self.expectRefusal(run)
    #expect(run.errors.contains("\(name):"))
  }

  @Test(
    "A profile that is no file with a profile in it is refused",
    arguments: ["check", "check --json", "disasm --profile"])
  func noProfile(_ verb: String) async throws {
    let scratch = try Scratch()
    let words = verb.split(separator: " ").map(String.init)
    let fifo = scratch.path + "/fifo"
    #expect(mkfifo(fifo, 0o600) == 0)
    let large = scratch.path + "/large.json"
    #expect(FileManager.default.createFile(atPath: large, contents: nil))
    #expect(truncate(large, 50 << 20) == 0)
    let empty = try scratch.file("empty.json", "")
    for (path, reason) in [
      (scratch.path, "a directory"), (fifo, "a FIFO"), (scratch.path + "/missing.json", "No such file"),
      (large, "52428800 bytes"), (empty, "an empty file"), ("/dev/null", "a character device"),
    ] {
      let run = try await Tool.run(words + [path])
      Self.expectRefusal(run)
      #expect(run.errors.contains(reason), "\(run.errors)")
    }
  }

  @Test("A profile on standard input is read, and refused as <stdin>")
  func standardInput() async throws {
    let refused = try await Tool.run(["disasm", "--profile", "-"], input: "[]")
    Self.expectRefusal(refused)
    #expect(refused.errors.contains("<stdin>:1:1"))
    let read = try await Tool.run(["disasm", "--profile", "-"], input: #"{"defaultAction": "SCMP_ACT_LOG"}"#)
    #expect(read.status == 0)
    #expect(read.output.contains("LOG"))
  }

  @Test("A corpus with a bad profile in it is refused before anything runs")
  func corpus() async throws {
    let scratch = try Scratch()
    _ = try scratch.file("bad.json", "{")
    let run = try await Tool.run(
      ["fuzz", "--corpus", scratch.path, "--output", scratch.path + "/run", "--cases", "1"])
    Self.expectRefusal(run)
    #expect(!FileManager.default.fileExists(atPath: scratch.path + "/run"))
  }

  @Test("A directory without profiles is no corpus")
  func emptyCorpus() async throws {
    let scratch = try Scratch()
    let run = try await Tool.run(["fuzz", "--corpus", scratch.path, "--cases", "1"], in: scratch.path)
    Self.expectRefusal(run)
    #expect(run.errors.contains("no .json files"))
  }

  @Test("A directory without a run cannot be resumed")
  func resume() async throws {
    let scratch = try Scratch()
    let run = try await Tool.run(["fuzz", "--resume", scratch.path, "--cases", "1"])
    Self.expectRefusal(run)
    #expect(run.errors.contains("no run to resume"))
  }

  @Test("A known list that does not exist is refused")
  func known() async throws {
    let scratch = try Scratch()
    let run = try await Tool.run(
      [
        "fuzz", "--quiet", "--known", scratch.path + "/none", "--output", scratch.path + "/run", "--cases",
        "1",
      ])
    Self.expectRefusal(run)
    #expect(run.errors.contains("no such directory"))
    #expect(!FileManager.default.fileExists(atPath: scratch.path + "/run"))
  }

  @Test("What is no saved case is refused by replay and by minimize", arguments: ["replay", "minimize"])
  func noCase(_ verb: String) async throws {
    let scratch = try Scratch()
    let sound = #"{"format": 99}"#
    for (path, reason) in [
      (scratch.path + "/none", "found nothing there"), (scratch.path, "minimized.json"),
      (try scratch.file("a.json", "{"), "a.json"), (try scratch.file("b.json", sound), "format 99"),
    ] {
      let run = try await Tool.run([verb, path])
      Self.expectRefusal(run)
      #expect(run.errors.contains(reason), "\(run.errors)")
    }
  }

  @Test("A saved case on a FIFO is refused at once")
  func caseOnFIFO() async throws {
    let scratch = try Scratch()
    let fifo = scratch.path + "/fifo"
    #expect(mkfifo(fifo, 0o600) == 0)
    let run = try await Tool.run(["replay", fifo])
    Self.expectRefusal(run)
    #expect(run.errors.contains("expected a regular file"))
  }

  @Test(
    "A saved case that asks nothing is refused and does not count as agreement",
    arguments: ["policy-filter", "filter-kernel", "policy-kernel", "library-library"])
  func caseWithoutWitness(_ kind: String) async throws {
    let scratch = try Scratch()
    let text = Self.savedCase(kind: kind, profiles: 1)
    let run = try await Tool.run(["replay", try scratch.file("case.json", text)])
    Self.expectRefusal(run)
    #expect(run.errors.contains("no witness"), "\(run.errors)")
  }

  @Test("A saved case with more filters than a stack holds is refused")
  func caseOfManyProfiles() async throws {
    let scratch = try Scratch()
    let text = Self.savedCase(kind: "compiler-error", profiles: 200)
    let run = try await Tool.run(["replay", try scratch.file("case.json", text)])
    Self.expectRefusal(run)
    #expect(run.errors.contains("200 filters"), "\(run.errors)")
  }

  private static func savedCase(kind: String, profiles: Int) -> String {
    let profile = #"{"defaultAction": "SCMP_ACT_ALLOW", "syscalls": []}"#
    let all = Array(repeating: profile, count: profiles).joined(separator: ", ")
    return """
      {"format": 1, "kind": "\(kind)", "profiles": [\(all)],
       "versions": {"kernel": "6.18", "libseccomp": "2.5.4", "tool": "0.1.0"}}
      """
  }

  @Test("A filter of broken length is refused")
  func brokenFilter() async throws {
    let scratch = try Scratch()
    let run = try await Tool.run(["disasm", try scratch.file("f.bpf", [6, 0, 0])])
    Self.expectRefusal(run)
    #expect(run.errors.contains("3 bytes"))
  }
}
