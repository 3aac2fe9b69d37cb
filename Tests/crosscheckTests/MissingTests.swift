import Glibc
import Subprocess
import SystemPackage
import Testing

@Suite("Something missing")
struct MissingTests {
  /// What is taken away, by environment or option, and what the line must name.
  static let cases: [(environment: [String: String], options: [String], names: [String])] = [
    (
      ["CROSSCHECK_COMPILER": "/nowhere/compiler"], [],
      ["/nowhere/compiler", "swift build", "CROSSCHECK_COMPILER"]
    ),
    (["CROSSCHECK_PROBE": "/nowhere/probe"], [], ["/nowhere/probe", "swift build", "CROSSCHECK_PROBE"]),
    ([:], ["--libseccomp", "/nowhere/libseccomp.so"], ["/nowhere/libseccomp.so"]),
    ([:], ["--libseccomp", "/etc/passwd"], ["/etc/passwd"]),
  ]

  @Test("is one line that says what, and status 69", arguments: cases.indices)
  func missing(_ index: Int) async throws {
    let missing = Self.cases[index]
    let scratch = try Scratch()
    let run = try await Tool.run(
      ["fuzz", "--quiet", "--cases", "1", "--output", scratch.path + "/run"] + missing.options,
      environment: missing.environment)
    #expect(run.status == 69)
    #expect(run.output.isEmpty)
    #expect(run.errorLines.count == 1, "\(run.errors)")
    for name in missing.names { #expect(run.errors.contains(name), "\(run.errors)") }
  }

  @Test(
    "room for the answer: a full standard output is one line and status 69, not an answer",
    arguments: ["disasm --profile p.json", "lint p.json --quiet"])
  func fullOutput(_ words: String) async throws { try await Self.expectFull(words) }

  @Test(
    "room for the answer, where it takes root",
    .enabled(if: geteuid() == 0, "other processes and runtimes take root"),
    arguments: [
      "dump $$", "dump $$ --json", "runtime runc p.json --quiet", "runtime runc p.json --json",
      "runtime --compare runc,crun p.json --quiet", "runtime --compare runc,crun p.json --json",
    ])
  func fullOutputAsRoot(_ words: String) async throws { try await Self.expectFull(words) }

  private static func expectFull(_ words: String) async throws {
    let scratch = try Scratch()
    _ = try scratch.file("p.json", #"{"defaultAction": "SCMP_ACT_LOG"}"#)
    let result = try await Subprocess.run(
      .path("/bin/sh"), arguments: ["-c", "\"$0\" \(words) >/dev/full", Tool.path],
      workingDirectory: FilePath(scratch.path), output: .string(limit: 1 << 16),
      error: .string(limit: 1 << 16))
    let run = Tool.Run(
      result.terminationStatus, output: result.standardOutput, errors: result.standardError)
    #expect(run.status == 69)
    #expect(run.errorLines.count == 1, "\(run.errors)")
    #expect(run.errors.contains("standard output"), "\(run.errors)")
  }

  @Test("An empty variable names nothing: the program is looked for in its places")
  func emptyVariables() async throws {
    let scratch = try Scratch()
    let run = try await Tool.run(
      ["fuzz", "--quiet", "--cases", "1", "--output", scratch.path + "/run"],
      environment: ["CROSSCHECK_COMPILER": "", "CROSSCHECK_PROBE": ""])
    #expect(run.status == 0, "\(run.errors)")
  }

  @Test("A directory that cannot be written is named, with status 69")
  func unwritable() async throws {
    let run = try await Tool.run(["fuzz", "--quiet", "--cases", "1", "--output", "/proc/crosscheck-run"])
    #expect(run.status == 69)
    #expect(run.errorLines.count == 1, "\(run.errors)")
    #expect(run.errors.contains("/proc/crosscheck-run"))
  }
}
