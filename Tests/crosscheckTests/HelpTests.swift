import Testing

@Suite("The help")
struct HelpTests {
  static let verbs = [
    "check", "fuzz", "replay", "minimize", "lint", "prove", "diff", "explain", "disasm", "dump", "runtime",
    "pod", "conform", "compare", "bench",
  ]

  @Test("of the whole command is the kept text")
  func root() async throws {
    let run = try await Tool.run(["--help"])
    #expect(run.status == 0)
    #expect(run.errors.isEmpty)
    try Snapshot.expect(run.output, "help.txt")
  }

  @Test("of each verb is the kept text, with an example", arguments: verbs)
  func verb(_ verb: String) async throws {
    let run = try await Tool.run([verb, "--help"])
    #expect(run.status == 0)
    #expect(run.errors.isEmpty)
    #expect(run.output.contains("EXAMPLE\n  crosscheck \(verb) "))
    try Snapshot.expect(run.output, "help-\(verb).txt")
  }

  @Test("says a sentence for every option", arguments: verbs)
  func options(_ verb: String) async throws {
    let run = try await Tool.run([verb, "--help"])
    let lines = run.output.split(separator: "\n", omittingEmptySubsequences: false)
    let options = lines.indices.filter { lines[$0].hasPrefix("  -") }
    #expect(options.count > 3)
    for index in options {
      // The meaning stands in the second column, or on the next line after an option that reaches into it.
      let isLong = lines[index].count <= 26 || lines[index].hasSuffix(">") || !lines[index].contains("   ")
      let meaning = isLong ? lines[index + 1] : lines[index].dropFirst(26)
      #expect(meaning.split(separator: " ").count > 1, "\(lines[index])")
    }
  }

  @Test("is what is printed when no verb is given")
  func nothing() async throws {
    let run = try await Tool.run([])
    #expect(run.status == 0)
    try Snapshot.expect(run.output, "help.txt")
  }

  @Test("The version is one line")
  func version() async throws {
    let run = try await Tool.run(["--version"])
    #expect(run.status == 0)
    #expect(run.output.wholeMatch(of: /crosscheck \d+\.\d+\.\d+\n/) != nil)
  }
}
