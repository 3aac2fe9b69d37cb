import Foundation
import Testing

@Suite("lint", .timeLimit(.minutes(30)))
struct LintTests {
  private static let profiles = Repository.root + "/Corpus/profiles"

  @Test("of a sound profile: status 0, and notes at most")
  func clean() async throws {
    let run = try await Tool.run(["lint", "reboot-errno.json"], in: Self.profiles)
    #expect(run.status == 0)
    #expect(run.errors.isEmpty)
    #expect(run.output.hasPrefix("reboot-errno.json: 1 note.\n"))
  }

  @Test("of the clone example: status 1, the place, the fix, and what the kernel did")
  func inverted() async throws {
    let run = try await Tool.run(["lint", "clone-masked.json"], in: Self.profiles)
    #expect(run.status == 1)
    #expect(run.errors.isEmpty)
    #expect(run.output.contains("\n9:9: error [inverted-mask] $.syscalls[0].args[0]\n"))
    #expect(run.output.contains("  Fix: give one entry for each bit"))
    #expect(run.output.contains("clone(0x10000000) by syscall, rax 0x38: meant ERRNO(1)"))
    #expect(!run.output.contains("NOT what the remark says"))
  }

  @Test("as JSON and as SARIF: one object each, the same remarks")
  func formats() async throws {
    let json = try await Tool.run(["lint", "--json", "agent-allow-list.json"], in: Self.profiles)
    let sarif = try await Tool.run(["lint", "--sarif", "agent-allow-list.json"], in: Self.profiles)
    #expect(json.status == 1)
    #expect(sarif.status == 1)
    let report = try #require(
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    let remarks = try #require(report["remarks"] as? [[String: Any]])
    let log = try #require(try JSONSerialization.jsonObject(with: Data(sarif.output.utf8)) as? [String: Any])
    #expect(log["version"] as? String == "2.1.0")
    let run = try #require((log["runs"] as? [[String: Any]])?.first)
    let results = try #require(run["results"] as? [[String: Any]])
    #expect(results.map { $0["ruleId"] as? String } == remarks.map { $0["rule"] as? String })
    #expect(results.map { $0["level"] as? String } == remarks.map { $0["severity"] as? String })
    let driver = (run["tool"] as? [String: Any])?["driver"] as? [String: Any]
    let ids = Set((driver?["rules"] as? [[String: Any]] ?? []).compactMap { $0["id"] as? String })
    #expect(ids.isSuperset(of: results.compactMap { $0["ruleId"] as? String }))
  }

  @Test("for one runtime leaves out the other")
  func runtime() async throws {
    let runc = try await Tool.run(["lint", "getcwd-i386.json", "--runtime", "runc"], in: Self.profiles)
    #expect(runc.output.contains("runc ignores \"name\""))
    #expect(!runc.output.contains("crun"))
    let other = try await Tool.run(["lint", "getcwd-i386.json", "--runtime", "lxc"], in: Self.profiles)
    #expect(other.status == 64)
    #expect(other.errors.contains("runc"))
  }

  @Test("of standard input; of something that is no profile: status 65, one line; of two formats: status 64")
  func input() async throws {
    let read = try await Tool.run(["lint", "-"], input: #"{"defaultAction": "SCMP_ACT_ALLOW"}"#)
    #expect(read.status == 1)
    #expect(read.output.hasPrefix("<stdin>: 1 warning, 1 note.\n"), "\(read.output)")
    BadInputTests.expectRefusal(try await Tool.run(["lint", "-"], input: "[]"))
    BadInputTests.expectRefusal(try await Tool.run(["lint", "/nonexistent.json"]))
    BadInputTests.expectRefusal(try await Tool.run(["lint", "-"], input: #"{"linux": {}}"#))
    // Refused before anything is read: an input would be written to a closed pipe.
    #expect(try await Tool.run(["lint", "-", "--json", "--sarif"]).status == 64)
  }

  @Test("for nobody, and by the fallback, gives the same remarks with the same outcomes")
  func unprivileged() async throws {
    let tool = try ToolForNobody()
    try FileManager.default.copyItem(
      atPath: Self.profiles + "/agent-allow-list.json", toPath: tool.directory + "/agent-allow-list.json")
    let own = try await Tool.run(["lint", "agent-allow-list.json", "--json"], in: Self.profiles)
    let fallback = try await Tool.run(
      ["lint", "agent-allow-list.json", "--json", "--fallback"], in: Self.profiles)
    let nobody = try await tool.run(["lint", "agent-allow-list.json", "--json"])
    let remarks = try [own, fallback, nobody].map { run in
      #expect(run.status == 1, "\(run.errors)")
      let object = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
      return try #require(object?["remarks"] as? NSArray)
    }
    #expect(remarks[0].count > 10)
    #expect(remarks[0] == remarks[1])
    #expect(remarks[0] == remarks[2])
  }
}
