import Profiles
import SeccompModel
import Testing

@Suite("How a runtime reads a profile")
struct DialectTests {
  private static func profile(
    _ action: Action, _ entries: [Profile.Entry], architectures: [Architecture] = []
  ) -> Profile {
    Profile(defaultAction: action, architectures: architectures, entries: entries)
  }

  private static func translate(
    _ dialect: RuntimeDialect, _ profile: Profile
  ) throws -> RuntimeDialect.Translation {
    try dialect.translate(profile) { SyscallTable.x86_64.number(named: $0) != nil }
  }

  @Test(
    "drops an entry whose action is the default, and skips names nobody knows", arguments: RuntimeDialect.all)
  func dropped(_ dialect: RuntimeDialect) throws {
    let result = try Self.translate(
      dialect,
      Self.profile(
        .allow,
        [
          Profile.Entry(names: ["getcwd"], action: .allow),
          Profile.Entry(names: ["getcwd", "frobnicate"], action: .errno(77)),
        ]))
    #expect(result.rules == [Rule(name: "getcwd", action: .errno(77), entry: 1, position: 0)])
    #expect(result.clauses == [.equalToDefault(entry: 0), .unknownName("frobnicate", entry: 1)])
  }

  @Test("takes conditions on one argument apart, those on others too", arguments: RuntimeDialect.all)
  func alternatives(_ dialect: RuntimeDialect) throws {
    let low = Condition(index: 0, .greaterOrEqual, value: 5)
    let high = Condition(index: 0, .lessOrEqual, value: 9)
    let other = Condition(index: 1, .equal, value: 1)
    let range = try Self.translate(
      dialect,
      Self.profile(
        .allow, [Profile.Entry(names: ["dup3"], action: .errno(77), conditions: [low, high, other])]))
    #expect(range.rules.map(\.conditions) == [[low], [high], [other]])
    #expect(range.clauses == [.conditionsAreAlternatives(entry: 0)])
    let both = try Self.translate(
      dialect,
      Self.profile(.allow, [Profile.Entry(names: ["dup3"], action: .errno(77), conditions: [low, other])]))
    #expect(both.rules.map(\.conditions) == [[low, other]])
    #expect(both.clauses.isEmpty)
  }

  @Test("an empty name stops runc, and crun skips it")
  func emptyName() throws {
    let profile = Self.profile(.allow, [Profile.Entry(names: [""], action: .errno(77))])
    #expect(throws: RuntimeDialect.Refusal.emptyName(entry: 0)) { try Self.translate(.runc, profile) }
    #expect(try Self.translate(.crun, profile).clauses == [.unknownName("", entry: 0)])
  }

  @Test("the native architecture is always covered", arguments: RuntimeDialect.all)
  func native(_ dialect: RuntimeDialect) throws {
    let result = try Self.translate(dialect, Self.profile(.allow, [], architectures: [.x86]))
    #expect(Set(result.architectures) == [.x86, .x86_64])
    #expect(result.clauses == [.nativeArchitectureAdded])
  }

  @Test("only runc gives ENOSYS above the highest name, and not where the default lets calls through")
  func stub() throws {
    let entry = Profile.Entry(names: ["mkdir", "read"], action: .errno(77))
    for action in [Action.killProcess, .killThread, .errno(1), .trap(0)] {
      let profile = Self.profile(action, [entry], architectures: [.x86_64, .x86])
      #expect(try Self.translate(.runc, profile).stub == UnknownCallStub(x86_64: 83, i386: 39))
      #expect(try Self.translate(.crun, profile).stub == nil)
    }
    for action in [Action.allow, .log, .trace(1)] {
      #expect(try Self.translate(.runc, Self.profile(action, [entry])).stub == nil)
    }
    // An entry that is dropped counts as well.
    let dropped = Self.profile(.killProcess, [Profile.Entry(names: ["mkdir"], action: .killProcess)])
    #expect(try Self.translate(.runc, dropped).stub == UnknownCallStub(x86_64: 83))
  }

  @Test("the stub passes over numbers with the x32 bit on x86_64, and over no number on i386")
  func stubVerdicts() {
    let stub = UnknownCallStub(x86_64: 83, i386: 39)
    let enosys = Action.errno(38).verdict
    let cases: [(UInt32, UInt32, Verdict?)] = [
      (AuditToken.x86_64, 83, nil), (AuditToken.x86_64, 84, enosys), (AuditToken.x86_64, 231, enosys),
      (AuditToken.x86_64, 0x4000_0054, nil), (AuditToken.x86_64, 0xffff_ffff, nil),
      (AuditToken.x86_64, 0x8000_0000, enosys), (AuditToken.i386, 39, nil), (AuditToken.i386, 40, enosys),
      (AuditToken.i386, 0xffff_ffff, enosys), (0xc000_00b7, 500, nil),
    ]
    for (architecture, number, verdict) in cases {
      #expect(
        stub.verdict(for: SeccompData(number: number, architecture: architecture)) == verdict, "\(number)")
    }
    let x32 = UnknownCallStub(x86_64: 83, x32: 83)
    #expect(x32.verdict(for: SeccompData(number: 0x4000_0054, architecture: AuditToken.x86_64)) == enosys)
    #expect(x32.verdict(for: SeccompData(number: 0x4000_0053, architecture: AuditToken.x86_64)) == nil)
  }
}
