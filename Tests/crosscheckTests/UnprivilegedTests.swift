import Foundation
import Testing

@Suite("Without privilege", .serialized, .timeLimit(.minutes(30)))
struct UnprivilegedTests {
  private static func object(_ run: Tool.Run) throws -> [String: Any] {
    try #require(
      try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any], "\(run.errors)")
  }

  /// `EPERM` of asm-generic/errno-base.h: what PTRACE_SETOPTIONS answers without CAP_SYS_ADMIN.
  private static let notPermitted = 1

  @Test("check works for nobody by the fallback, really kills, and says what it could not do")
  func check() async throws {
    let tool = try ToolForNobody()
    let profile = tool.directory + "/kill.json"
    try FileManager.default.copyItem(
      atPath: Repository.root + "/Corpus/profiles/kill-default.json", toPath: profile)
    let json = try Self.object(try await tool.run(["check", profile, "--json"]))
    let environment = try #require(json["environment"] as? [String: Any])
    #expect(environment["suspendsSeccomp"] as? Bool == false)
    #expect(environment["suspendErrno"] as? Int == Self.notPermitted)
    let tally = try #require(json["tally"] as? [String: Any])
    #expect(tally["taggedCalls"] as? Int ?? 0 > 15_000)
    #expect(tally["kills"] as? Int ?? 0 > 500)
    #expect(tally["realDiffered"] as? Int == 0 && tally["taggedDiffered"] as? Int == 0)
    let skipped = try #require(json["skipped"] as? [String])
    #expect(skipped.contains { $0.contains("killing verdicts beyond") })
    #expect(skipped.contains { $0.contains("live calls") && $0.contains("root") })

    let text = try await tool.run(["check", "kill.json"])
    #expect(text.status == 0, "\(text.output)\(text.errors)")
    for words in [
      "kill.json: the answers agree", "Fallback", "PTRACE_O_SUSPEND_SECCOMP", "EPERM", "live calls",
    ] {
      #expect(text.output.contains(words), "\(text.output)")
    }
  }

  @Test("fuzz works for nobody by the fallback, and says so")
  func fuzz() async throws {
    let tool = try ToolForNobody()
    let words = ["fuzz", "--seed", "3", "--cases", "60", "--jobs", "2"]
    let json = try await tool.run(words + ["--output", "one", "--json"])
    #expect(json.status == 0 || json.status == 1, "\(json.errors)")
    let object = try Self.object(json)
    let environment = try #require(object["environment"] as? [String: Any])
    #expect(environment["suspendsSeccomp"] as? Bool == false)
    #expect(environment["suspendErrno"] as? Int == Self.notPermitted)
    let tally = try #require(object["tally"] as? [String: Any])
    #expect(tally["cases"] as? Int == 60)
    #expect(tally["kills"] as? Int ?? 0 > 0)
    #expect(tally["realDiffered"] as? Int == 0 && tally["taggedDiffered"] as? Int == 0)

    let text = try await tool.run(words + ["--output", "two"])
    for words in ["Fallback", "PTRACE_O_SUSPEND_SECCOMP", "EPERM"] {
      #expect(text.output.contains(words), "\(text.output)")
    }
  }

  @Test("the fallback and the way of root come to the same counts")
  func same() async throws {
    let tool = try ToolForNobody()
    let corpus = tool.directory + "/corpus"
    try FileManager.default.copyItem(atPath: Repository.root + "/Corpus/profiles", toPath: corpus)
    let words = ["fuzz", "--seed", "4", "--cases", "40", "--jobs", "1", "--json", "--corpus", corpus]
    let nobody = try Self.object(try await tool.run(words + ["--output", "nobody"]))
    let scratch = try Scratch()
    let root = try Self.object(try await Tool.run(words + ["--output", "root"], in: scratch.path))
    let tallies = try [nobody, root].map { try #require($0["tally"] as? [String: Any]) }
    for counter in [
      "cases", "compiled", "instructions", "instructionsExecuted", "taggedCalls", "policyDiffered",
    ] {
      #expect(tallies[0][counter] as? Int == tallies[1][counter] as? Int, "\(counter)")
    }
  }
}
