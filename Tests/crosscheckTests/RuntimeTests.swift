import Foundation
import Glibc
import Testing

/// Starting runtimes takes root, and the runtimes; `scripts/test` installs these.
private let isRoot = geteuid() == 0

@Suite(
  "runtime", .serialized, .enabled(if: isRoot, "starting a container runtime needs root"),
  .timeLimit(.minutes(30)))
struct RuntimeTests {
  private static let profiles = Repository.root + "/Corpus/profiles"

  @Test(
    "captures the filter, proves it and calls inside the container: nothing unexplained",
    arguments: ["runc", "crun", "bubblewrap"])
  func whole(_ runtime: String) async throws {
    let run = try await Tool.run(["runtime", runtime, "reboot-errno.json", "--json"], in: Self.profiles)
    #expect(run.status == 0, "\(run.errors)\(run.output.prefix(2000))")
    let report = try #require(try Report.all(run.output).first)
    #expect(report.outcome == "filtered")
    #expect(report.proof?.result == "same")
    #expect(report.differences.isEmpty)
    #expect(report.inside.reason == nil)
    #expect(report.inside.calls > 10_000)
    #expect(report.inside.executed > 500)
    #expect(report.tally.taggedCalls > 10_000)
    #expect(report.installations.contains { $0.errno == 0 })
  }

  @Test("explains runc's prologue by its name, with the calls that it changes")
  func prologue() async throws {
    let run = try await Tool.run(["runtime", "runc", "kill-default.json", "--json"], in: Self.profiles)
    #expect(run.status == 0, "\(run.errors)\(run.output.prefix(2000))")
    let report = try #require(try Report.all(run.output).first)
    let prologue = try #require(report.explanations.first { $0.clause == "runc-enosys-prologue" })
    #expect(prologue.calls > 0)
    #expect(prologue.witness?.filter == "ERRNO(38)")
    #expect(prologue.witness?.profile != "ERRNO(38)")
  }

  /// What two runtimes do otherwise, and the clause by which it is told.
  private static let contrasts: [(profile: String, kind: String, clause: String)] = [
    (
      #"{"defaultAction":"SCMP_ACT_ERRNO","defaultErrnoRet":77,"architectures":["SCMP_ARCH_X86_64"],"#
        + #""syscalls":[{"names":["mkdir","execve","exit_group"],"action":"SCMP_ACT_ALLOW"}]}"#,
      "answers", "runc-enosys-prologue"
    ),
    (
      #"{"defaultAction":"SCMP_ACT_ALLOW","#
        + #""syscalls":[{"names":["mkdir"],"action":"SCMP_ACT_KILL_PROCESS","errnoRet":1}]}"#,
      "outcome", "crun-errno-strictness"
    ),
    (
      #"{"defaultAction":"SCMP_ACT_ALLOW","flags":["SECCOMP_FILTER_FLAG_LOG"],"#
        + #""syscalls":[{"names":["mkdir"],"action":"SCMP_ACT_ERRNO"}]}"#,
      "outcome", "runc-flags-refused"
    ),
    (
      #"{"defaultAction":"SCMP_ACT_ALLOW","syscalls":[{"names":["mkdir"],"action":"SCMP_ACT_ERRNO"}]}"#,
      "installation", "crun-default-flags"
    ),
    (
      #"{"defaultAction":"SCMP_ACT_ALLOW","syscalls":[{"name":"mkdir","action":"SCMP_ACT_ERRNO"}]}"#,
      "outcome", "runc-singular-name-ignored"
    ),
  ]

  @Test("--compare finds by itself where runc and crun differ, and names the cause", arguments: contrasts)
  func compare(_ contrast: (profile: String, kind: String, clause: String)) async throws {
    let scratch = try Scratch()
    let profile = try scratch.file("p.json", contrast.profile)
    let run = try await Tool.run(["runtime", "--compare", "runc,crun", "--json", profile])
    #expect(run.status == 1, "\(run.errors)")
    let comparison = try #require(try Comparison.all(run.output).first)
    let found = comparison.differences.filter { $0.kind == contrast.kind }
    #expect(found.contains { $0.clauses.contains(contrast.clause) }, "\(comparison.differences)")
    let hasWitnesses = found.allSatisfy { $0.kind != "answers" || $0.witness != nil }
    #expect(hasWitnesses)
    #expect(comparison.reports.flatMap(\.differences).map(\.parties) == [], "\(run.output.prefix(3000))")
  }

  @Test("says that no filter is installed, and by status 1, when the container runs without one")
  func unfiltered() async throws {
    let scratch = try Scratch()
    _ = try scratch.file("p.json", "{}")
    let run = try await Tool.run(["runtime", "runc", "p.json"], in: scratch.path)
    #expect(run.status == 1)
    #expect(run.output.contains("NO FILTER INSTALLED"), "\(run.output)\(run.errors)")
  }

  @Test(
    "of a runtime that hangs, that is missing, that is unknown, that has no place for the bundle: a clear answer"
  )
  func badRuntimes() async throws {
    let scratch = try Scratch()
    let script = try scratch.file("sleeps for ever.sh", "#!/bin/sh\nexec sleep 1000\n")
    chmod(script, 0o755)
    let profile = Self.profiles + "/reboot-errno.json"
    let hanging = try await Tool.run([
      "runtime", "--command", "'\(script)' {bundle}", "--timeout", "1s", profile,
    ])
    #expect(hanging.status == 1, "\(hanging.errors)")
    #expect(hanging.output.contains("does not come to an end"))
    let missing = try await Tool.run(["runtime", "--command", "no-such-runtime {bundle}", profile])
    #expect(missing.status == 69)
    #expect(missing.errorLines.count == 1)
    #expect(missing.errors.contains("no-such-runtime"))
    let unknown = try await Tool.run(["runtime", "youki", profile])
    #expect(unknown.status == 64)
    #expect(unknown.errors.contains("runc, crun"))
    let placeless = try await Tool.run(["runtime", "--command", "runc run {id}", profile])
    #expect(placeless.status == 64)
    #expect(placeless.errors.contains("{bundle}"))
    let alone = try await Tool.run(["runtime", "runc"])
    #expect(alone.status == 64)
    let single = try await Tool.run(["runtime", "--compare", "runc", profile])
    #expect(single.status == 64)
    BadInputTests.expectRefusal(try await Tool.run(["runtime", "runc", "/nonexistent.json"]))
    BadInputTests.expectRefusal(
      try await Tool.run(["runtime", "runc", try scratch.file("text.json", "not JSON")]))
  }

  @Test("works where the directory of temporary files has a space in its name, and leaves nothing in it")
  func spaces() async throws {
    let scratch = try Scratch()
    let place = scratch.path + "/with a space"
    try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
    for words in [["runc"], ["crun"], ["--command", "crun --cgroup-manager=disabled run -b {bundle} {id}"]] {
      let run = try await Tool.run(
        ["runtime"] + words + ["reboot-errno.json"], environment: ["TMPDIR": place], in: Self.profiles)
      #expect(run.status == 0, "\(words): \(run.errors)\(run.output)")
      let left = try FileManager.default.contentsOfDirectory(atPath: place)
      #expect(left.isEmpty)
    }
  }

  @Test("killed in the middle of a run, leaves no process, mount, control group or file")
  func killed() async throws {
    let scratch = try Scratch()
    let mark = UUID().uuidString
    let script = try scratch.file("runtime-\(mark).sh", "#!/bin/sh\nwhile :; do sleep 1; done\n")
    chmod(script, 0o755)
    let place = scratch.path + "/tmp"
    try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
    let (mounts, groups) = (Machine.mounts, Machine.controlGroups)
    let process = Process()
    process.executableURL = URL(filePath: Tool.path)
    process.arguments = [
      "runtime", "--command", "\(script) {bundle}", Self.profiles + "/reboot-errno.json",
    ]
    process.environment = ProcessInfo.processInfo.environment.merging(["TMPDIR": place]) { $1 }
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    // Until the runtime runs, so that the kill comes in the middle.
    try await Machine.wait { Machine.processes(naming: mark).count > 1 }
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    try await Machine.wait { Machine.processes(naming: mark).isEmpty }
    try await Machine.wait { (try? FileManager.default.contentsOfDirectory(atPath: place))?.isEmpty ?? true }
    #expect(Machine.mounts == mounts)
    #expect(Machine.controlGroups.subtracting(groups).isEmpty)
  }
}

/// The parts of a report that tests look at.
private struct Report: Decodable {
  struct Proof: Decodable { var result: String }
  struct Inside: Decodable {
    var calls: Int
    var executed: Int
    var reason: String?
  }
  struct Installation: Decodable { var errno: Int }
  struct Explanation: Decodable {
    struct Witness: Decodable {
      var profile: String
      var filter: String
    }
    var clause: String
    var calls: Int
    var witness: Witness?
  }
  struct Difference: Decodable { var parties: String }

  var outcome: String
  var proof: Proof?
  var inside: Inside
  var tally: Tally
  var installations: [Installation]
  var explanations: [Explanation]
  var differences: [Difference]

  struct Tally: Decodable { var taggedCalls: Int }

  static func all(_ text: String) throws -> [Report] {
    try JSONDecoder().decode([Report].self, from: Data(text.utf8))
  }
}

private struct Comparison: Decodable {
  struct Difference: Decodable {
    var kind: String
    var clauses: [String]
    var witness: String?
  }
  var differences: [Difference]
  var reports: [Report]

  static func all(_ text: String) throws -> [Comparison] {
    try JSONDecoder().decode([Comparison].self, from: Data(text.utf8))
  }
}

/// What could be left behind.
private enum Machine {
  /// Processes whose command line holds `mark`.
  static func processes(naming mark: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return names.filter { name in
      guard Int(name) != nil, let data = FileManager.default.contents(atPath: "/proc/\(name)/cmdline") else {
        return false
      }
      return String(decoding: data, as: UTF8.self).contains(mark)
    }
  }

  static var mounts: String { (try? String(contentsOfFile: "/proc/mounts", encoding: .utf8)) ?? "" }

  /// The tool's own, by path; another test may be at work beside this one, whose groups are its own.
  static var controlGroups: Set<String> {
    let paths = FileManager.default.enumerator(atPath: "/sys/fs/cgroup")?.compactMap { $0 as? String } ?? []
    return Set(paths.filter { $0.contains("crosscheck-") && !$0.contains(".") })
  }

  static func wait(until condition: () -> Bool) async throws {
    for _ in 0..<600 {
      if condition() { return }
      try await Task.sleep(for: .milliseconds(50))
    }
    Issue.record("it did not happen within 30 seconds")
  }
}
