import ProfileFiles
import Profiles
import SeccompModel
import Testing

@Suite("The rules of lint")
struct LintRuleTests {
  /// Rule and the path that it remarks on in its bad profile.
  static let expected: [(rule: String, path: String)] = {
    let bytes = (try? ProfileFile.bytes(of: Repository.root + "/Corpus/lint/expected.tsv")) ?? []
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").compactMap { line in
      let fields = line.split(separator: "\t").map(String.init)
      return fields.count == 2 ? (fields[0], fields[1]) : nil
    }
  }()

  private func subject(_ rule: String, _ kind: String, _ runtime: LintRuntime? = nil) throws -> LintSubject {
    let path = "\(Repository.root)/Corpus/lint/\(rule).\(kind).json"
    return try LintSubject.read(try ProfileFile.bytes(of: path), source: rule, runtime: runtime)
  }

  @Test("each has a bad and a good profile, and an id and a sentence of its own")
  func complete() {
    let ids = LintRule.all.map(\.id)
    #expect(ids.sorted() == Self.expected.map(\.rule).sorted())
    #expect(Set(ids).count == ids.count)
    #expect(Set(LintRule.all.map(\.summary)).count == ids.count)
    #expect(
      Repository.names(in: Repository.root + "/Corpus/lint", suffix: ".json").count == 2 * ids.count)
  }

  @Test("each remarks on its bad profile, at the place of the fault", arguments: expected)
  func bad(rule id: String, path: String) throws {
    let rule = try #require(LintRule.all.first { $0.id == id })
    let remarks = rule.remarks(on: try subject(id, "bad"))
    #expect(remarks.contains { $0.path == path }, "\(remarks.map(\.path))")
    for remark in remarks {
      #expect(remark.rule == id)
      #expect(!remark.message.isEmpty && !remark.fix.isEmpty)
      // Either calls that show it, or the reason why there are none.
      #expect(remark.witnesses.isEmpty == (remark.withoutWitness != nil))
    }
  }

  @Test("each is silent on its good profile", arguments: expected.map(\.rule))
  func good(rule id: String) throws {
    let rule = try #require(LintRule.all.first { $0.id == id })
    #expect(rule.remarks(on: try subject(id, "good")) == [])
  }

  @Test("remarks come in the order of the text, with the position of the value at fault")
  func order() throws {
    let text = """
      {"defaultAction": "SCMP_ACT_ERRNO", "syscalls": [
        {"names": ["read", "ptrace"], "action": "SCMP_ACT_ALLOW"},
        {"names": ["clone", "nosuchcall"],
         "action": "SCMP_ACT_ALLOW"}]}
      """
    let remarks = LintRule.remarks(on: try LintSubject.read(Array(text.utf8), source: "text"))
    let places = remarks.map { ($0.position.line, $0.position.column) }
    #expect(zip(places, places.dropFirst()).allSatisfy { $0 <= $1 })
    let found = remarks.filter { $0.rule == "dangerous-call" || $0.rule == "unknown-name" }
    #expect(found.map(\.position.description) == ["2:22", "3:23"])
  }

  @Test("a runtime that is asked for leaves out what is said of the other")
  func runtime() throws {
    for (runtime, word, other) in [(LintRuntime.runc, "runc", "crun"), (.crun, "crun", "runc")] {
      for rule in ["singular-name", "unused-errno", "notify-without-listener"] {
        let remarks = LintRule.remarks(on: try subject(rule, "bad", runtime)).filter { $0.rule == rule }
        #expect(remarks.count == 1)
        #expect(remarks.allSatisfy { $0.message.contains(word) && !$0.message.contains(other) }, "\(remarks)")
      }
    }
    let flags = LintRule.remarks(on: try subject("unsupported-flags", "bad", .crun))
    #expect(!flags.contains { $0.rule == "unsupported-flags" })
  }

  @Test("a misspelled name is answered with the nearest one, if any is near")
  func nearest() throws {
    for (name, expected) in [
      ("reboott", "reboot"), ("Mkdir", "mkdir"), ("ptrce", "ptrace"), ("open_at", "openat"),
      ("completely_unlike_it", nil),
    ] {
      let text =
        #"{"defaultAction": "SCMP_ACT_ALLOW", "syscalls": [{"names": ["\#(name)"], "action": "SCMP_ACT_ERRNO"}]}"#
      let remarks = LintRule.remarks(on: try LintSubject.read(Array(text.utf8), source: name))
      let unknown = try #require(remarks.first { $0.rule == "unknown-name" })
      #expect(unknown.fix == (expected.map { "write \"\($0)\"" } ?? "leave it out"))
      #expect(unknown.witnesses.map(\.name) == (expected.map { [$0] } ?? []))
    }
  }

  @Test("a 32-bit argument is found to get past rules on several arguments, which only its neighbour shows")
  func wideNeighbour() throws {
    let text = """
      {"defaultAction": "SCMP_ACT_ERRNO", "syscalls": [
        {"names": ["socket"], "action": "SCMP_ACT_ALLOW", "args": [{"index": 0, "value": 16, "op": "SCMP_CMP_NE"}]},
        {"names": ["socket"], "action": "SCMP_ACT_ALLOW", "args": [{"index": 2, "value": 9, "op": "SCMP_CMP_NE"}]}]}
      """
    let remarks = LintRule.remarks(on: try LintSubject.read(Array(text.utf8), source: "text"))
      .filter { $0.rule == "wide-argument" }
    #expect(remarks.map(\.path) == ["$.syscalls[0].args[0]", "$.syscalls[1].args[0]"])
    #expect(
      remarks.flatMap(\.witnesses).map(\.call.arguments) == [
        Arguments(0x1_0000_0010, 0, 9), Arguments(16, 0, 0x1_0000_0009),
      ])
  }

  @Test("what no runtime can read is still refused, with the place")
  func refused() throws {
    for (text, path) in [
      (#"{"defaultAction": "ERRNO"}"#, "$.defaultAction"), ("[]", "$"),
      (#"{"linux": {}}"#, "$.linux.seccomp"),
      (
        #"{"defaultAction": "SCMP_ACT_ALLOW", "syscalls": [{"action": "SCMP_ACT_LOG"}]}"#,
        "$.syscalls[0].names"
      ),
    ] {
      let error = #expect(throws: ProfileError.self) {
        try LintSubject.read(Array(text.utf8), source: "text")
      }
      #expect(error?.path == path)
    }
  }

  @Test(
    "every malformed profile that lint reads, runtimes read too: an errno too many, a profile beside its place"
  )
  func malformed() throws {
    var read: [String] = []
    for name in Repository.names(in: Repository.malformed, suffix: ".json") {
      guard let bytes = try? ProfileFile.bytes(of: "\(Repository.malformed)/\(name)") else { continue }
      if let subject = try? LintSubject.read(bytes, source: name) {
        #expect(LintRule.remarks(on: subject).contains { $0.severity > .note }, "\(name)")
        read.append(name)
      }
    }
    #expect(
      read == [
        "config-singular-name.json", "default-errno-on-allow.json", "errno-on-allow.json",
        "errno-on-kill-process.json", "wrapped-in-seccomp.json",
      ])
  }
}
