import Foundation
import SeccompModel
import Testing

@testable import Campaign

@Suite struct FindingsKnownTests {
  static let sound = """
    {"id": "union", "title": "same-action rules are no union", "kind": "policy-filter",
     "signatures": ["policy-filter/missed/2 rules/*/64-bit"], "holds": {"libseccomp": "2.5.4...2.6.1"},
     "why": "because", "evidence": "repro.c", "reported": null}
    """

  private func directory(_ files: [String: String]) throws -> Scratch {
    let scratch = try Scratch()
    for (name, text) in files {
      try text.write(toFile: "\(scratch.path)/\(name)", atomically: false, encoding: .utf8)
    }
    return scratch
  }

  private func finding(_ change: (inout SavedCase) -> Void = { _ in }) -> Finding {
    var minimized = Samples.missed
    change(&minimized)
    return Finding(original: minimized, minimized: minimized)
  }

  @Test("an entry covers its family on its versions, and nothing else")
  func covers() throws {
    let scratch = try directory(["b.json": Self.sound, "README.md": "not read"])
    let known = try KnownDisagreements(directory: scratch.path)
    #expect(known.match(finding())?.id == "union")
    #expect(known.match(finding { $0.versions.libseccomp = "2.6.1" }) != nil)
    #expect(known.match(finding { $0.versions.libseccomp = "2.6.2" }) == nil)
    #expect(known.match(finding { $0.versions.libseccomp = "2.5.3" }) == nil)
    #expect(known.match(finding { $0 = Samples.extra }) == nil)
    #expect(known.match(finding { $0.kind = .policyKernel }) == nil)
    #expect(known.match(finding { $0.witness?.entry = 1 }) == nil)
    #expect(KnownDisagreements().match(finding()) == nil)
  }

  @Test(
    "stars stand for any text",
    arguments: [
      ("*", true), ("policy-filter/*", true), ("*64-bit", true), ("*/missed/*ordered a]/*", true),
      ("policy-filter/missed*missed*", false), ("policy-filter", false), ("*32-bit", false),
      ("*/64-bit/*", false),
    ])
  func wildcards(pattern: String, matches: Bool) {
    let entry = KnownDisagreements.Entry(
      id: "x", title: "", kind: .policyFilter, signatures: [pattern], holds: [:], why: "", evidence: "",
      reported: nil)
    #expect(entry.covers(finding()) == matches)
    let exact = KnownDisagreements.Entry(
      id: "x", title: "", kind: .policyFilter, signatures: [finding().fingerprint.signature], holds: [:],
      why: "",
      evidence: "", reported: nil)
    #expect(exact.covers(finding()))
  }

  @Test(
    "a bad file is refused with its name, the place and what was expected",
    arguments: [
      ("\"union\"", "\"\"", ".id is empty"),
      ("policy-filter\",", "policy\",", ".kind"),
      ("\"policy-filter/missed/2 rules/*/64-bit\"", "", ".signatures is empty"),
      ("\"policy-filter/missed/2 rules/*/64-bit\"", "\"*\"", "does not start with \"policy-filter/\""),
      ("2.5.4...2.6.1", "recent", "\"recent\" is no version"),
      ("\"libseccomp\"", "\"glibc\"", ".holds.glibc"),
      ("\"why\"", "\"because\"", ".why is missing"),
      ("null}", "null", "not valid JSON"),
    ])
  func badFiles(old: String, new: String, told: String) throws {
    #expect(Self.sound.contains(old))
    let scratch = try directory(["a.json": Self.sound.replacing(old, with: new, maxReplacements: 1)])
    let error = #expect(throws: StorageError.self) { try KnownDisagreements(directory: scratch.path) }
    let text = try #require(error?.description)
    #expect(text.contains("a.json") && text.contains(told), "\(text)")
  }

  @Test("two files may not have one id, and the directory must be there")
  func directoryErrors() throws {
    let scratch = try directory(["a.json": Self.sound, "b.json": Self.sound])
    let error = #expect(throws: StorageError.self) { try KnownDisagreements(directory: scratch.path) }
    #expect(error?.description.contains("b.json") == true)
    #expect(throws: StorageError.self) { try KnownDisagreements(directory: scratch.path + "/none") }
  }

  @Test("the directory is the one asked for, or found from the executable or the current directory")
  func search() throws {
    let scratch = try Scratch()
    let corpus = scratch.path + "/checkout/Corpus/known"
    try FileManager.default.createDirectory(atPath: corpus, withIntermediateDirectories: true)
    let executable = scratch.path + "/checkout/.build/debug/crosscheck"
    let nowhere = scratch.path
    #expect(KnownDisagreements.directory(asked: "/x", executable: executable) == "/x")
    #expect(KnownDisagreements.directory(executable: executable, currentDirectory: nowhere) == corpus)
    #expect(KnownDisagreements.directory(currentDirectory: scratch.path + "/checkout") == corpus)
    #expect(KnownDisagreements.directory(executable: nowhere + "/bin/x", currentDirectory: nowhere) == nil)
    let bundled = scratch.path + "/checkout/.build/debug/seccomp-crosscheck_Campaign.resources/known"
    try FileManager.default.createDirectory(atPath: bundled, withIntermediateDirectories: true)
    #expect(KnownDisagreements.directory(executable: executable, currentDirectory: nowhere) == bundled)
  }

  @Test(
    "version ranges",
    arguments: [
      ("2.5.4", "2.5.4", true), ("2.5.4", "2.5.40", false), ("2.5", "2.5.0", true),
      ("2.5.4...", "2.10", true),
      ("...2.6", "2.6.1", false), ("1.0, 2.5.4...2.6.1", "2.6.0", true),
      ("6.18", "6.18.0-7-cloud-amd64", true),
      ("2.5.4...2.6.1", "unknown", false),
    ])
  func versions(range: String, version: String, holds: Bool) throws {
    #expect(try #require(VersionRange(range)).contains(version) == holds)
  }

  @Test("words that are no range", arguments: ["", "x", "...", "2..5", "2.5.4...x", "1,", "-1", "2.5.4 …"])
  func notRanges(text: String) { #expect(VersionRange(text) == nil) }
}
