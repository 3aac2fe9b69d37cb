import ClassicBPF
import Foundation
import Testing

@Suite("Claims about seccomp", .timeLimit(.minutes(30)))
struct ClaimTests {
  /// Claims whose tests are functions of their own.
  private static let others = [
    "kill-exit-status", "kill-in-a-child", "eperm-shows-the-filter", "status-file",
  ]

  @Test("Every row has a section and a test of its name, and the other way round")
  func names() throws {
    let document = try ClaimsDocument.shared.get()
    #expect(document.rows.count >= 25)
    #expect(document.rows.map(\.name) == document.sections)
    let tested = Set(Claim.all.map(\.name)).union(RuntimeClaim.all.map(\.name)).union(Self.others)
    #expect(Set(document.sections) == tested)
    #expect(Set(document.sections).count == document.sections.count)
    #expect(Set(Claim.all.map(\.name)).count == Claim.all.count)
  }

  @Test("Every verdict is one of three, and every section has a command")
  func shape() throws {
    let document = try ClaimsDocument.shared.get()
    for row in document.rows { #expect(["true", "half true", "false"].contains(row.verdict), "\(row.name)") }
    let shown = Set(document.commands.map(\.claim))
    for section in document.sections { #expect(shown.contains(section), "\(section)") }
  }

  @Test("Every profile of the claims is in a claim, and every profile named is there")
  func profiles() throws {
    let document = try ClaimsDocument.shared.get()
    let files = try FileManager.default.contentsOfDirectory(atPath: ClaimsDocument.corpus)
    let named = Set(document.commands.flatMap(\.words).filter { $0.hasPrefix("Corpus/claims/") })
    #expect(named == Set(files.filter { $0.hasSuffix(".json") }.map { "Corpus/claims/" + $0 }))
  }

  @Test(
    "A command prints what the document shows", arguments: ClaimsDocument.commands.filter { !$0.needsRuntime }
  )
  func command(_ command: ClaimsDocument.Command) async throws {
    let scratch = try Scratch()
    let output = command.words.first == "check" ? ["--output", scratch.path + "/findings"] : []
    let run = try await Tool.run(command.words + output, in: Repository.root)
    #expect(run.status == command.status, "\(run.errors)")
    let missing = command.missing(in: run.output + run.errors)
    #expect(missing == nil, "\(run.output)\(run.errors)")
  }

  @Test("The filter of a claim's profile answers what the document says", arguments: Claim.all)
  func filter(_ claim: Claim) async throws {
    let run = try await Tool.run([
      "disasm", "--profile", "--json", "\(ClaimsDocument.corpus)/\(claim.profile).json",
    ])
    if let refusal = claim.refusal {
      BadInputTests.expectRefusal(run)
      #expect(run.errors.contains(refusal), "\(run.errors)")
      return
    }
    #expect(run.status == 0, "\(run.errors)")
    let filter = try DumpTests.filter(fromListing: run.output)
    #expect(!claim.answers.isEmpty)
    for asked in claim.answers { asked.expect(of: filter) }
  }

  @Test(
    "What is shown is compared line by line",
    arguments: [
      (["a", "b"], "a\nb\n", true), (["a"], "a\nb\n", false), (["a", "b"], "a\n", false),
      (["a", "…"], "a\nb\n", true),
      (["…", "b"], "a\nb\n", true), (["…", "a"], "a\nb\n", false), (["a…c"], "abbc\n", true),
      (["a…c"], "ab\n", false),
      (["a…b…c"], "a c\n", false), (["…", "b", "…", "d", "…"], "a\nb\nc\nd\ne\n", true),
      (["b…b"], "b\n", false),
    ])
  func pattern(_ shown: [String], _ output: String, _ isMet: Bool) {
    let command = ClaimsDocument.Command(claim: "", words: [], shown: shown, status: 0)
    #expect((command.missing(in: output) == nil) == isMet)
  }
}

extension ClaimsDocument.Command {
  /// Whether it starts a container, or looks into one.
  var needsRuntime: Bool { words.first == "runtime" || words.contains("PID") }
}
