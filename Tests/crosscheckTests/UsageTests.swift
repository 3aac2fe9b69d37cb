import Testing

@Suite("Wrong usage")
struct UsageTests {
  static let wrong: [[String]] = [
    ["nonsense"],
    ["--bogus"],
    ["fuzz", "--bogus"],
    ["fuzz", "extra"],
    ["fuzz", "--seed"],
    ["fuzz", "--seed", "seven"],
    ["fuzz", "--seed", "-1"],
    ["fuzz", "--seed", "0x10000000000000000"],
    ["fuzz", "--duration", "0s"],
    ["fuzz", "--duration", "soon"],
    ["fuzz", "--cases", "0"],
    ["fuzz", "--cases", "-1"],
    ["fuzz", "--jobs", "0"],
    ["fuzz", "--jobs", "1025"],
    ["fuzz", "--resume", "run", "--seed", "1"],
    ["fuzz", "--resume", "run", "--output", "other"],
    ["fuzz", "--output", ""],
    ["fuzz", "--libseccomp", ""],
    ["fuzz", "--libseccomp", "a.so", "--libseccomp", "a.so"],
    ["fuzz", "--filters", "--corpus", "profiles"],
    ["fuzz", "--filters", "--libseccomp", "system"],
    ["fuzz", "--histories", "--libseccomp", "system"],
    ["fuzz", "--histories", "--fallback"],
    ["bench", "--optimize", "2"],
    ["check"],
    ["check", "a.json", "b.json"],
    ["check", "a.json", "--output", ""],
    ["check", "a.json", "--optimize", "0"],
    ["replay"],
    ["minimize"],
    ["minimize", "a", "b"],
    ["minimize", "a", "--attempts", "0"],
    ["disasm"],
    ["disasm", "a", "b"],
    ["disasm", "--profile", "p.json", "--optimize", "3"],
    ["disasm", "--profile", "p.json", "--optimize", "two"],
    ["disasm", "--profile", "p.json", "--bad-architecture", "MAIM"],
    ["disasm", "--profile", "p.json", "--capability", "CAP_FLY"],
    ["disasm", "--profile", "p.json", "--kernel", "six"],
    ["disasm", "a.bpf", "--kernel", "6.1"],
    ["disasm", "a.bpf", "--libseccomp", "a.so"],
    ["dump", "1", "--bad-architecture", "LOG"],
    ["dump", "1", "--libseccomp", "a.so"],
    ["runtime", "runc", "--suite", "--verbatim"],
    ["runtime", "runc", "--suite", "--new-privileges"],
    ["runtime", "runc", "--suite", "--no-inside"],
    ["runtime", "runc", "--suite", "--known", "known"],
    ["runtime", "runc", "--suite", "--capability", "CAP_SYS_ADMIN"],
    ["runtime", "runc", "--suite", "--optimize", "2"],
    ["dump"],
    ["dump", "self"],
    ["dump", "0"],
    ["dump", "--", "-1"],
    ["dump", "1", "--raw", ""],
    ["pod"],
    ["pod", "a.yaml", "b.yaml"],
    ["pod", "a.yaml", "--print-profile", "--json"],
    ["pod", "a.yaml", "--profile-root", ""],
    ["pod", "a.yaml", "--container", ""],
    ["pod", "a.yaml", "--default-capability", "CAP_FLY"],
  ]

  @Test("is one line that names the help, and status 64", arguments: wrong)
  func usage(_ words: [String]) async throws {
    let run = try await Tool.run(words)
    #expect(run.status == 64)
    #expect(run.output.isEmpty)
    #expect(run.errorLines.count == 1, "\(run.errors)")
    #expect(run.errors.hasPrefix("crosscheck: error: "))
    #expect(run.errors.contains(" --help')\n"))
  }
}
