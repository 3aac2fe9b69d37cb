import Foundation
import Testing

@Suite("--html", .timeLimit(.minutes(30)))
struct PageTests {
  private static let profile = "\(Repository.root)/Corpus/profiles/reboot-errno.json"

  private static func text(_ path: String) throws -> String {
    try String(contentsOfFile: path, encoding: .utf8)
  }

  @Test("of check writes a page with the answer and every call, and prints the same as without")
  func check() async throws {
    let scratch = try Scratch()
    let run = try await Tool.run(["check", Self.profile, "--html", "page.html"], in: scratch.path)
    #expect(run.status == 0)
    #expect(run.errors.isEmpty)
    #expect(run.output.contains(": the answers agree.\n"))
    let page = try Self.text(scratch.path + "/page.html")
    #expect(page.hasPrefix("<!DOCTYPE html>"))
    #expect(page.contains("The answers agree."))
    #expect(page.contains("reboot\nsyscall: ERRNO(1)"))
    #expect(page.contains("read\nsyscall: ALLOW"))
  }

  @Test("the JSON of check has the verdicts by call and ABI")
  func answers() async throws {
    let run = try await Tool.run(["check", "--json", Self.profile])
    let object = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
    let answers = try #require(object?["answers"] as? [[String: Any]])
    #expect(answers.count > 400)
    #expect(answers.first?["name"] as? String == "read")
    #expect(answers.last?["name"] as? String == "(no name)")
    let reboot = try #require(
      answers.first { $0["name"] as? String == "reboot" }?["verdicts"] as? [String: [String]])
    #expect(reboot["x86_64"] == ["ERRNO(1)"])
    #expect(Set(reboot.keys).isSubset(of: ["x86_64", "x32", "i386"]))
  }

  @Test(
    "of fuzz writes a page, for profiles, programs and histories",
    arguments: [[], ["--filters"], ["--histories"]])
  func fuzz(kind: [String]) async throws {
    let scratch = try Scratch()
    let run = try await Tool.run(
      ["fuzz", "--seed", "1", "--cases", "5", "--output", "run", "--html", "page.html"] + kind,
      in: scratch.path)
    #expect([0, 1].contains(run.status))
    let page = try Self.text(scratch.path + "/page.html")
    #expect(page.contains("seed 0x1"))
    #expect(page.contains("crosscheck fuzz --resume run"))
  }

  @Test("of conform writes a page; JUnit beside it")
  func conform() async throws {
    let scratch = try Scratch()
    let run = try await Tool.run(
      ["conform", "--filter", "errno-*", "--html", "page.html", "--junit", "report.xml"], in: scratch.path)
    #expect(run.status == 0)
    #expect(try Self.text(scratch.path + "/page.html").contains("checks that ran passed."))
    #expect(FileManager.default.fileExists(atPath: scratch.path + "/report.xml"))
    let list = try await Tool.run(["conform", "--list", "--html", "page.html"])
    #expect(list.status == 64)
  }

  @Test(
    "a place where no page can be is told before the run, in one line, status 69",
    arguments: ["none/page.html", "."])
  func unusable(place: String) async throws {
    let scratch = try Scratch()
    for words in [
      ["check", Self.profile], ["conform", "--filter", "errno-0"],
      ["fuzz", "--cases", "3", "--output", "run"],
      ["fuzz", "--histories", "--cases", "3", "--output", "run"],
    ] {
      let run = try await Tool.run(words + ["--html", place], in: scratch.path)
      #expect(run.status == 69)
      #expect(run.output.isEmpty)
      #expect(run.errorLines.count == 1)
      #expect(run.errors.contains("--html \(place): "))
      #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path).isEmpty)
    }
    let empty = try await Tool.run(["check", Self.profile, "--html", ""])
    #expect(empty.status == 64)
  }

  @Test(
    "and so is one where no other file of results can be",
    arguments: [
      (["conform", "--filter", "errno-0"], "--junit"),
      (["conform", "--filter", "errno-0", "--write-baseline"], "--baseline"),
      (["runtime", "--suite", "--command", "/bin/false {bundle} {id}"], "--junit"),
      (["bench", "--duration", "1s"], "--save"),
    ] as [([String], String)])
  func unusableFile(words: [String], option: String) async throws {
    let scratch = try Scratch()
    for place in ["none/file", "."] {
      let run = try await Tool.run(words + [option, place], in: scratch.path)
      #expect(run.status == 69)
      #expect(run.output.isEmpty)
      #expect(run.errorLines.count == 1)
      #expect(run.errors.contains("\(option) \(place): "))
      #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path).isEmpty)
    }
  }

  @Test("a page that cannot be written costs nobody the answer: it is printed, then the error, status 69")
  func full() async throws {
    let check = try await Tool.run(["check", Self.profile, "--html", "/dev/full"])
    #expect(check.status == 69)
    #expect(check.output.contains(": the answers agree.\n"))
    #expect(check.errorLines.count == 1)
    #expect(check.errors.contains("writing /dev/full: "))
    let conform = try await Tool.run(["conform", "--filter", "errno-0", "--html", "/dev/full"])
    #expect(conform.status == 69)
    #expect(conform.output.contains("\nok 1 errno-0\n"))
    // A device is written to, and not replaced by a file.
    let attributes = try FileManager.default.attributesOfItem(atPath: "/dev/full")
    #expect(attributes[.type] as? FileAttributeType == .typeCharacterSpecial)
  }

  @Test("only the suite of runtime has a page")
  func runtime() async throws {
    let run = try await Tool.run(["runtime", "runc", Self.profile, "--html", "page.html"])
    #expect(run.status == 64)
    #expect(run.errors.contains("--html goes with --suite"))
  }
}
