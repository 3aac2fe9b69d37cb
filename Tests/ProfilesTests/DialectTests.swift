import Profiles
import SeccompModel
import Testing

/// A text, and what runc 1.1.5 and crun 1.8.1 were seen to make of it: for each of these texts both were started, and
/// the program that they installed was the one that libseccomp makes of the rules given here, byte for byte (runc's
/// prologue apart, which was evaluated for every number).
struct DialectRow: Sendable, CustomTestStringConvertible {
  var subject: Subject
  var runc: String
  var crun: String

  init(_ subject: Subject, runc: String, crun: String) {
    self.subject = subject
    self.runc = runc
    self.crun = crun
  }

  enum Subject: Sendable {
    case text(String)
    /// `syscalls` of a profile that allows everything else.
    case entries(String)
    /// A field of such a profile with one rule.
    case field(String)
    /// The conditions of that rule.
    case conditions(String)
    /// The only names that a profile allows, which kills for everything else; `architectures` without prefix.
    case allowing([String], on: [String]?)
  }

  var text: String {
    let start = #"{"defaultAction":"SCMP_ACT_ALLOW","#
    let rule = #"{"names":["mkdir"],"action":"SCMP_ACT_ERRNO","errnoRet":99"#
    switch subject {
    case .text(let text): return text
    case .entries(let entries): return start + #""syscalls":["# + entries + "]}"
    case .field(let field): return start + field + #","syscalls":["# + rule + "}]}"
    case .conditions(let conditions):
      return start + #""syscalls":["# + rule + #","args":["# + conditions + "]}]}"
    case .allowing(let names, let architectures):
      let list = architectures.map { #""architectures":["# + quoted($0, "SCMP_ARCH_") + "]," } ?? ""
      return #"{"defaultAction":"SCMP_ACT_KILL_PROCESS","# + list + #""syscalls":[{"names":["# + quoted(names)
        + #"],"action":"SCMP_ACT_ALLOW"}]}"#
    }
  }

  private func quoted(_ words: [String], _ prefix: String = "") -> String {
    words.map { "\"\(prefix)\($0)\"" }.joined(separator: ",")
  }

  var testDescription: String { text }

  static let all = text + types + numbers + words + rules + stubs
}

@Suite("How a runtime reads a profile")
struct DialectTests {
  /// Whether libseccomp 2.5.4 knows a name of the table.
  static func isKnown(_ name: String) -> Bool {
    name != "mseal"
      && (SyscallTable.x86_64.number(named: name) != nil || SyscallTable.i386.number(named: name) != nil)
  }

  static func read(_ text: String, _ dialect: RuntimeDialect) throws -> RuntimeReading {
    try dialect.read(Array(text.utf8), source: "test", isKnown: isKnown)
  }

  @Test("runc and crun make of a text what they were seen to make of it", arguments: DialectRow.all)
  func table(_ row: DialectRow) throws {
    #expect(summary(try Self.read(row.text, .runc), .runc) == row.runc, "runc")
    #expect(summary(try Self.read(row.text, .crun), .crun) == row.crun, "crun")
  }

  @Test("every clause that a measured runtime can have is in the table")
  func coverage() throws {
    var seen: Set<String> = []
    for row in DialectRow.all {
      for dialect in RuntimeDialect.all {
        for clause in try Self.read(row.text, dialect).clauses { seen.insert(clause.name) }
      }
    }
    let runcOnly: [RuntimeClause.Kind] = [
      .letterCase, .leftoverValue, .wrongTypeRefused, .flagsRefused, .errnoIgnored, .emptyNameRefused,
      .enosysPrologue, .prologueHidesRules, .notifyDefaultRefused, .notifyWriteRefused, .listenerIgnored,
    ]
    let crunOnly: [RuntimeClause.Kind] = [
      .wrongType, .negativeNumber, .missingFieldRefused, .unknownFlagRefused, .defaultFlags, .flagsDropped,
      .flagsConflictRefused, .architectureSpelling, .errnoStrictness, .argumentsCut, .notifyWithoutListener,
      .listenerWithoutNotify,
    ]
    // Only later versions of runc have it; only libseccomp and the kernel can tell.
    let elsewhere: [RuntimeClause.Kind] = [.threadSyncIgnored, .ruleRefused, .programRefused]
    var expected: Set<String> = []
    for kind in RuntimeClause.Kind.allCases where !elsewhere.contains(kind) {
      if !crunOnly.contains(kind) { expected.insert("runc-\(kind.rawValue)") }
      if !runcOnly.contains(kind) { expected.insert("crun-\(kind.rawValue)") }
    }
    #expect(seen == expected, "\(seen.symmetricDifference(expected))")
  }

  @Test("only what is no JSON is an error", arguments: ["", "{", "{} x", "{'a':1}", "[1,]", "\u{feff}{}"])
  func noJSON(_ text: String) {
    for dialect in RuntimeDialect.all {
      #expect(throws: ProfileError.self) { try Self.read(text, dialect) }
    }
  }
}
