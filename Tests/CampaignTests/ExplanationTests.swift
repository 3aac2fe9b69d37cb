import ClassicBPF
import Proving
import SeccompModel
import Testing

@testable import Campaign

@Suite("Explanations", .timeLimit(.minutes(30)))
struct ExplanationTests {
  private static func explanation(of filter: Filter, call: String? = nil) throws -> Explanation {
    try Explanation(of: ProofSide("test", [filter]), call: call, limits: ProofLimits())
  }

  @Test(
    "tell verdicts that a program computes, whatever they are", arguments: [1, 0x100, 0x7001] as [UInt32])
  func computed(action: UInt32) throws {
    let filter = Filter([
      .load(.number), .jump(equal: 39, then: 1, otherwise: 0), .return(.allow), .load(immediate: action),
      .operation(.shiftLeftK, 16), .returnA,
    ])
    let explanation = try Self.explanation(of: filter)
    #expect(explanation.unfinished == nil)
    let verdict = Verdict(rawValue: action << 16)
    let answer = try #require(explanation.answers.first { $0.verdicts == ["\(verdict)"] })
    #expect(answer.regions.flatMap(\.calls).contains { $0.names.contains("getpid") })
  }

  @Test("of one call tell every ABI that has it, also where one region holds its numbers")
  func oneCall() throws {
    let explanation = try Self.explanation(of: Filter([.return(.allow)]), call: "read")
    let calls = explanation.answers.flatMap(\.regions).flatMap(\.calls)
    #expect(Set(calls.flatMap(\.names)) == ["read"])
    #expect(Set(calls.flatMap(\.abis)) == ["x86_64", "x32", "i386"])
  }

  @Test("name all that is missing")
  func missing() throws {
    var explanation = try Self.explanation(of: Filter([.return(.allow)]))
    explanation.leaveOut(nil)
    #expect(explanation.unfinished == nil)
    explanation.leaveOut("one thread")
    explanation.leaveOut("another")
    #expect(explanation.unfinished == "one thread; another")
  }

  @Test("name clone's flags where x86 has them: in the first argument")
  func cloneFlags() {
    func name(_ argument: Int) -> String? {
      ArgumentNames.name(of: 0x1000_0000, isMask: true, argument: argument, calls: ["clone"])
    }
    #expect(name(0) == "CLONE_NEWUSER")
    #expect(name(1) == nil)
  }
}
