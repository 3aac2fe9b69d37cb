import Compilation
import Generation
import Probing
import ProfileFiles
import Profiles
import Proving
import SeccompModel
import Testing

@testable import Campaign

@Suite("Differences over all inputs", .timeLimit(.minutes(30)))
struct DiffTests {
  /// An edit of the containers profile, and what is to be said of the old beside the new.
  struct Edit: Sendable, CustomTestStringConvertible {
    var name: String
    var relation: SideDifference.Relation
    /// The condition of a difference that must be told, with one of its calls.
    var told: (call: String, condition: String)?
    var change: @Sendable (inout Profile) -> Void

    init(
      _ name: String, _ relation: SideDifference.Relation, _ told: (call: String, condition: String)? = nil,
      _ change: @escaping @Sendable (inout Profile) -> Void
    ) {
      self.name = name
      self.relation = relation
      self.told = told
      self.change = change
    }

    var testDescription: String { name }
  }

  private static let always = "whatever the arguments are"

  static let edits = [
    Edit("none", .equal) { _ in },
    Edit("another order", .equal) { $0.entries.reverse() },
    Edit("an entry twice", .equal) { $0.entries.append($0.entries[0]) },
    Edit("a rule that another covers", .equal) {
      $0.allow("mount", Condition(index: 0, .equal, value: 5))
    },
    Edit("a name less", .otherStricter, ("mount", always)) { $0.remove("mount") },
    Edit("a name more", .oneStricter, ("quotactl_fd", always)) { $0.allow("quotactl_fd") },
    Edit("a name less, a name more", .incomparable, ("mount", always)) {
      $0.remove("mount")
      $0.allow("quotactl_fd")
    },
    Edit("another errno by default", .sameAllowed, ("add_key", always)) { $0.defaultAction = .errno(77) },
    Edit("death by default", .sameAllowed, ("add_key", always)) { $0.defaultAction = .killProcess },
    Edit("ALLOW by default", .oneStricter, ("add_key", always)) { $0.defaultAction = .allow },
    Edit("LOG by default", .oneStricter, ("add_key", always)) { $0.defaultAction = .log },
    Edit("a value less", .otherStricter, ("personality", "a0 == 8 (PER_LINUX32)")) { profile in
      profile.entries.removeAll { $0.names == ["personality"] && $0.conditions.first?.value == 8 }
    },
    Edit("a value more", .oneStricter, ("personality", "a0 == 0x40000 (ADDR_NO_RANDOMIZE)")) {
      $0.allow("personality", Condition(index: 0, .equal, value: 0x40000))
    },
    Edit("a bit refused", .otherStricter, ("clone", "a0 & 0x10000000 (CLONE_NEWUSER) != 0")) {
      $0.remove("clone")
      $0.allow("clone", Condition(index: 0, .maskedEqual, value: 0x1000_0000, valueTwo: 0))
    },
    Edit("a socket family refused", .otherStricter, ("socket", "a0 == 0x26 (AF_ALG)")) {
      $0.remove("socket")
      $0.allow("socket", Condition(index: 0, .notEqual, value: 38))
    },
    Edit("a range allowed only", .otherStricter, ("prctl", "a0 < 4")) {
      $0.remove("prctl")
      $0.allow("prctl", Condition(index: 0, .greaterOrEqual, value: 4))
    },
    Edit("another errno for one call", .sameAllowed, ("kexec_load", always)) {
      $0.put("kexec_load", .errno(99))
    },
    Edit("TRACE in place of ALLOW", .otherStricter, ("mount", always)) { $0.put("mount", .trace(7)) },
    Edit("NOTIFY in place of ALLOW", .otherStricter, ("mount", always)) { $0.put("mount", .notify) },
    Edit("LOG in place of ALLOW", .sameAllowed, ("mount", always)) { $0.put("mount", .log) },
    Edit("KILL in place of ALLOW", .otherStricter, ("mount", always)) { $0.put("mount", .killProcess) },
    Edit("two rules that disagree", .equalButContested) { profile in
      profile.entries.append(
        .init(names: ["mount"], action: .errno(5), conditions: [Condition(index: 0, .equal, value: 5)]))
    },
    Edit("an answer left open in place of a refusal", .open) { profile in
      profile.allow("quotactl_fd", Condition(index: 0, .equal, value: 5))
      profile.entries.append(
        .init(
          names: ["quotactl_fd"], action: .errno(5),
          conditions: [Condition(index: 0, .lessOrEqual, value: 5)]))
    },
    Edit("one more architecture", .oneStricter, ("socketcall", always)) { $0.architectures.append(.x86) },
  ]

  @Test("of the containers profile and an edit of it", arguments: edits)
  func table(_ edit: Edit) throws {
    var old = try ProfileFile.read("/usr/share/containers/seccomp.json").profile
    old.architectures = [.x86_64]
    var new = old
    edit.change(&new)
    let bench = try ProofBench(ProofOptions())
    let comparison = try bench.compare(side("old", old, bench), side("new", new, bench))
    let difference = SideDifference(bench.report("old - new", [comparison]))
    #expect(difference.relation == edit.relation)
    #expect(comparison.unfinished == nil)
    for region in comparison.differences {
      #expect(region.isExact)
      let witness = region.witness
      #expect(witness.notMade != nil || witness.one?.isBorneOut == true, "\(region)")
      #expect(witness.notMade != nil || witness.other?.isBorneOut == true, "\(region)")
    }
    guard let told = edit.told else { return }
    let regions = comparison.differences.filter { $0.calls.contains { $0.names.contains(told.call) } }
    #expect(regions.map(\.condition) == [told.condition])
  }

  @Test("a direction is told only where it is the same whatever a text leaves open")
  func leaning() {
    func leanings(_ one: [Action], _ other: [Action]) -> [ProofReport.Leaning] {
      ProofReport.Leaning.possible(
        .init(one: one.map(\.verdict.rawValue), other: other.map(\.verdict.rawValue)))
    }
    #expect(leanings([.allow], [.errno(1)]) == [.oneAllows])
    #expect(leanings([.errno(1), .killProcess], [.trace(0), .allow]) == [.otherAllows])
    #expect(leanings([.errno(1)], [.errno(2), .killThread]) == [.alike])
    #expect(leanings([.errno(2), .allow], [.errno(1)]) == [.alike, .oneAllows])
    #expect(leanings([.trace(1)], [.errno(1), .allow]) == [.oneAllows, .otherAllows])
  }

  private func side(_ name: String, _ profile: Profile, _ bench: ProofBench) throws -> ProofSide {
    let layer = Layer(profile: profile)
    guard case .compiled(let compiled) = try bench.workbench.compile(layer) else {
      throw ProofError.noFilter(source: name, reason: "it does not compile")
    }
    return ProofSide(text: name, of: try PreparedFilter(layer, compiled))
  }
}

extension Profile {
  fileprivate mutating func remove(_ name: String) {
    for index in entries.indices { entries[index].names.removeAll { $0 == name } }
    entries.removeAll(where: \.names.isEmpty)
  }

  fileprivate mutating func allow(_ name: String, _ conditions: Condition...) {
    entries.append(.init(names: [name], action: .allow, conditions: conditions))
  }

  fileprivate mutating func put(_ name: String, _ action: Action) {
    remove(name)
    entries.append(.init(names: [name], action: action))
  }
}
