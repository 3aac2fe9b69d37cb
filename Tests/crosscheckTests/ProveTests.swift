import Foundation
import Glibc
import Testing

/// Starting runtimes takes root.
private let isRoot = geteuid() == 0

@Suite("prove", .timeLimit(.minutes(30)))
struct ProveTests {
  /// Rules on one call with one action, of which libseccomp's program is not the union.
  static let union =
    #"{"defaultAction":"SCMP_ACT_ALLOW","syscalls":[{"names":["socket"],"action":"SCMP_ACT_ERRNO","errnoRet":42,"#
    + #""args":[{"index":0,"value":3,"op":"SCMP_CMP_LE"}]},{"names":["socket"],"action":"SCMP_ACT_ERRNO","#
    + #""errnoRet":42,"args":[{"index":0,"value":0,"op":"SCMP_CMP_LE"},{"index":2,"value":41,"op":"SCMP_CMP_GT"}]}]}"#

  @Test("of the containers profile, in both ways of arranging it: status 0, proved", arguments: ["1", "2"])
  func containers(level: String) async throws {
    let run = try await Tool.run(["prove", "--optimize", level, "/usr/share/containers/seccomp.json"])
    #expect(run.status == 0)
    #expect(run.output.hasPrefix("/usr/share/containers/seccomp.json: proved for all inputs.\n"))
    #expect(run.output.contains("\nthe policy - libseccomp's filter\n  the same for every input (proved)\n"))
  }

  @Test("of a wrong union: status 1, the condition, and what the kernel does with a call of it")
  func difference() async throws {
    let run = try await Tool.run(["prove", "-"], input: Self.union)
    #expect(run.status == 1)
    #expect(run.errors.isEmpty)
    #expect(run.output.hasPrefix("<stdin>: 1 difference.\n"))
    #expect(
      run.output.contains(
        """
          socket (x86_64)
            where: a0 == 0 (AF_UNSPEC) and 3 < a2 <= 0x29
            the policy: ERRNO(42)
            libseccomp's filter: ALLOW; on this kernel: let through
            for example: socket(0x0, 0x0, 0x4, 0x0, 0x0, 0x0) by syscall, rax = 0x29
        """), "\(run.output)")
    #expect(!run.output.contains("NOT that"))
  }

  @Test("as JSON says the same")
  func json() async throws {
    let run = try await Tool.run(["prove", "-", "--json"], input: Self.union)
    #expect(run.status == 1)
    let reports = try ProofAnswer.all(run.output)
    let comparison = try #require(reports.first?.comparisons.first)
    #expect(!comparison.isProved && comparison.unfinished == nil)
    let region = try #require(comparison.differences.first)
    #expect(comparison.differences.count == 1)
    #expect(region.condition == "a0 == 0 (AF_UNSPEC) and 3 < a2 <= 0x29")
    #expect(region.leaning == "otherAllows")
    #expect(region.witness.other?.isBorneOut == true)
  }

  @Test("in no time is not proved: status 1, never a pass")
  func limit() async throws {
    let run = try await Tool.run(
      ["prove", "--limit", "0.000001", "/usr/share/containers/seccomp.json"])
    #expect(run.status == 1)
    #expect(run.output.contains("not proved"))
    #expect(!run.output.contains("(proved)"))
    #expect(try await Tool.run(["prove", "--limit", "0", "x.json"]).status == 64)
  }

  @Test("shows an upper half that gets past a comparison of 64 bits: both calls, as the kernel answers them")
  func width() async throws {
    let profile =
      #"{"defaultAction":"SCMP_ACT_ALLOW","syscalls":[{"names":["socket"],"action":"SCMP_ACT_ERRNO","#
      + #""args":[{"index":0,"value":38,"op":"SCMP_CMP_EQ"}]}]}"#
    let run = try await Tool.run(["prove", "-"], input: profile)
    #expect(run.status == 0, "policy and filter agree on it")
    let text = run.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(
      text.contains(
        "socket (x86_64), argument 0: a set upper half gets past the filter: socket(0x100000026, 0x0, 0x0, 0x0, "
          + "0x0, 0x0) by syscall, rax = 0x29 ALLOW, on this kernel: let through; socket(0x26, 0x0, 0x0, 0x0, 0x0, "
          + "0x0) by syscall, rax = 0x29 ERRNO(1), on this kernel: failed with errno 1 (EPERM)"), "\(text)")
  }

  @Test("is a line of check's report, and its counterexample is among the calls")
  func check() async throws {
    let scratch = try Scratch()
    let equal = try await Tool.run(["check", "three-calls.json", "--no-live"], in: Self.profiles)
    #expect(equal.output.contains("\n  Proof     the filter means what the policy does, for all inputs\n"))
    let wrong = try await Tool.run(
      ["check", "-", "--no-live", "--output", scratch.path + "/run"], input: Self.union)
    #expect(wrong.status == 1)
    #expect(wrong.output.contains("\n  Proof     the filter differs from the policy, for one at socket("))
    #expect(wrong.output.contains("socket (x86_64)"))
  }

  private static let profiles = Repository.root + "/Corpus/profiles"

  @Test("of something that is no profile: status 65, one line")
  func input() async throws {
    BadInputTests.expectRefusal(try await Tool.run(["prove", "-"], input: "[]"))
    BadInputTests.expectRefusal(try await Tool.run(["prove", "/nonexistent.json"]))
  }

  @Test(
    "with crun's filter: the same; with runc's: other in its prologue's region only",
    .enabled(if: isRoot, "starting a container runtime needs root"), arguments: ["crun", "runc"])
  func runtime(_ name: String) async throws {
    let run = try await Tool.run(
      ["prove", "--runtime", name, "--json", "agent-allow-list.json"],
      in: Self.profiles)
    let comparisons = try #require(try ProofAnswer.all(run.output).first?.comparisons)
    #expect(comparisons.count == 3)
    #expect(!comparisons.contains { $0.unfinished != nil })
    #expect(comparisons[0].isProved)
    guard name == "runc" else {
      #expect(run.status == 0)
      #expect(!comparisons.contains { !$0.isProved })
      return
    }
    #expect(run.status == 1)
    for comparison in comparisons.dropFirst() {
      let region = try #require(comparison.differences.first)
      #expect(comparison.differences.count == 1)
      #expect(region.condition == "whatever the arguments are")
      #expect(region.one == ["ERRNO(1)"] && region.other == ["ERRNO(38)"])
      #expect(region.witness.other?.isBorneOut == true)
      // fchmodat2's predecessors: the highest number that the profile names.
      #expect(region.calls.first { $0.abis.contains("x86_64") }?.names == ["number > 450"])
      #expect(region.calls.first { $0.abis.contains("i386") }?.names == ["number > 450"])
    }
  }
}

/// What a test reads of a proof's JSON.
struct ProofAnswer: Decodable {
  var comparisons: [Comparison]

  struct Comparison: Decodable {
    var isProved: Bool
    var unfinished: String?
    var differences: [Region]
  }

  struct Region: Decodable {
    var calls: [Calls]
    var condition: String
    var one: [String]
    var other: [String]
    var leaning: String
    var witness: Witness
  }

  struct Calls: Decodable {
    var names: [String]
    var abis: [String]
  }

  struct Witness: Decodable {
    var call: String
    var one: Trial?
    var other: Trial?
  }

  struct Trial: Decodable {
    var outcome: String
    var isBorneOut: Bool
  }

  static func all(_ json: String) throws -> [ProofAnswer] {
    try JSONDecoder().decode([ProofAnswer].self, from: Data(json.utf8))
  }
}
