import Profiles
import SeccompModel
import Testing

@Suite("The versions that a dialect describes")
struct DialectVersionTests {
  private static let cases:
    [(name: String, version: String, described: String?, isExact: Bool, isMeasured: Bool)] = [
      ("runc", "1.1.5+ds1", "runc 1.1.5", true, true), ("runc", "1.1.5", "runc 1.1.5", true, true),
      ("runc", "1.0.3", "runc 1.1.5", false, true), ("runc", "1.1.7", "runc 1.1.5", false, true),
      ("runc", "1.1.8", "runc 1.1.8", true, false), ("runc", "1.1.14", "runc 1.1.8", false, false),
      ("runc", "1.1.15", "runc 1.1.15", true, false), ("runc", "1.2.0-rc.1", "runc 1.2.0", true, false),
      ("runc", "1.3.3", "runc 1.2.0", false, false), ("runc", "1.5.1", "runc 1.4.1", false, false),
      ("runc", "", "runc 1.1.5", false, true), ("runc", "unknown", "runc 1.1.5", false, true),
      ("crun", "1.8.1", "crun 1.8.1", true, true), ("crun", "1.8.1-1", "crun 1.8.1", true, true),
      ("crun", "1.14.4", "crun 1.8.1", false, true), ("crun", "0.17", "crun 1.8.1", false, true),
      ("youki", "0.4", nil, false, false), ("RUNC", "1.1.5", nil, false, false),
    ]

  @Test("a program's name and version find the nearest description", arguments: cases.indices)
  func describing(index: Int) {
    let (name, version, described, isExact, isMeasured) = Self.cases[index]
    let found = RuntimeDialect.describing(name: name, version: version)
    #expect(found?.dialect.name == described)
    #expect(found?.isExact ?? false == isExact)
    #expect(found?.dialect.isMeasured ?? false == isMeasured)
  }

  private func reading(_ text: String, version: String) throws -> String {
    let dialect = try #require(RuntimeDialect.describing(name: "runc", version: version)).dialect
    return summary(try DialectTests.read(text, dialect), .runc)
  }

  @Test(
    "runc's later sources take more architectures, stubs and flags",
    arguments: [("1.1.5", 0), ("1.1.8", 1), ("1.1.15", 2), ("1.2.0", 3), ("1.4.1", 4)])
  func later(version: String, stage: Int) throws {
    let riscv = DialectRow(.field(#""architectures":["SCMP_ARCH_RISCV64"]"#), runc: "", crun: "").text
    #expect(try reading(riscv, version: version).hasPrefix("refused") == (stage < 1))
    let loongarch = DialectRow(.field(#""architectures":["SCMP_ARCH_LOONGARCH64"]"#), runc: "", crun: "").text
    #expect(try reading(loongarch, version: version).hasPrefix("refused") == (stage < 4))
    let unlisted = DialectRow(.allowing(["mkdir"], on: ["X86"]), runc: "", crun: "").text
    #expect(try reading(unlisted, version: version).contains(stage < 2 ? "stub -/39/-" : "stub 83/39/-"))
    let none = DialectRow(.allowing(["mkdir"], on: nil), runc: "", crun: "").text
    #expect(try reading(none, version: version).contains("stub 83/-/-") == (stage >= 2))
    #expect(try reading(none, version: version).contains("; seccomp 4") == (stage >= 3))
    #expect(try reading(none, version: version).contains("default-flags") == (stage >= 3))
  }

  @Test("runc 1.2 knows flags, and builds a tree of many names")
  func flags() throws {
    func flags(_ words: String...) throws -> String {
      let list = words.map { "\"SECCOMP_FILTER_FLAG_\($0)\"" }.joined(separator: ",")
      return try reading(
        DialectRow(.field("\"flags\":[\(list)]"), runc: "", crun: "").text, version: "1.2.0")
    }
    #expect(try flags() == "ALLOW; mkdir=ERRNO(99)")
    #expect(try flags("LOG", "SPEC_ALLOW") == "ALLOW; mkdir=ERRNO(99); seccomp 6")
    #expect(try flags("TSYNC") == "ALLOW; mkdir=ERRNO(99) | tsync-ignored")
    #expect(try flags("FOO") == "refused unknown-flag-refused $.flags[0]: is not known to runc")
    #expect(try flags("WAIT_KILLABLE_RECV").hasPrefix("refused flags-conflict-refused"))

    for (count, isTree) in [(32, false), (33, true)] {
      let names = Array(repeating: "mkdir", count: count)
      let text = DialectRow(.allowing(names, on: nil), runc: "", crun: "").text
      #expect(try reading(text, version: "1.2.0").contains("optimize 2") == isTree, "\(count)")
      #expect(try !reading(text, version: "1.1.5").contains("optimize"))
    }
  }

  @Test("what follows from sources alone says so")
  func source() throws {
    let dialect = try #require(RuntimeDialect.describing(name: "runc", version: "1.2.3")).dialect
    #expect(dialect.description == "runc 1.2.0 (not measured)")
    let clauses = try DialectTests.read("{}", dialect).clauses
    #expect(
      clauses.map(\.source) == ["runc 1.2.0, libcontainer/specconv/spec_linux.go, SetupSeccomp; not measured"]
    )
  }
}
