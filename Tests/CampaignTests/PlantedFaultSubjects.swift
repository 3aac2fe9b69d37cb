import ClassicBPF
import Compilation
import Foundation
import Generation
import Prediction
import Probing
import ProfileFiles
import Profiles
import SeccompModel

@testable import Campaign

/// Files of this repository, found from this source file's place.
enum Seeds {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

  /// From the package golang-github-containers-common.
  static let containers = "/usr/share/containers/seccomp.json"

  static func corpus() throws -> [String] {
    let directory = root + "/Corpus/profiles"
    return try FileManager.default.contentsOfDirectory(atPath: directory).filter { $0.hasSuffix(".json") }
      .sorted().map { directory + "/" + $0 }
  }
}

/// A compiled filter to plant faults in, with the calls that `check` makes of it.
struct Subject {
  let name: String
  let prepared: PreparedFilter
  let calls: [Call]
  /// A few of ``calls`` for each return.
  let callsByReturn: [Call]
  /// The same of calls that may be made without a shield.
  let vacantCalls: [Call]
  /// Its mutations by what they change: constants, jumps, returns.
  let mutations: [[FilterMutation]]

  init(_ name: String, _ layer: Layer, _ compiled: CompiledFilter, _ workbench: Workbench) throws {
    self.name = name
    var prepared = try PreparedFilter(layer, compiled)
    calls = try Checking.enumeration(for: layer, filter: prepared.filter).calls.calls
    callsByReturn = workbench.callsByReturn(of: &prepared, among: calls, each: Checking.callsPerReturn)
    vacantCalls = workbench.vacantCallsByReturn(of: &prepared, among: calls, each: Checking.callsPerReturn)
    self.prepared = prepared
    let all = FilterMutation.all(of: prepared.filter)
    mutations = [
      all.filter { if case .constant = $0.kind { true } else { false } },
      all.filter { if case .jump = $0.kind { true } else { false } },
      all.filter { if case .returnValue = $0.kind { true } else { false } },
    ]
  }

  /// Returns that let calls through, none of which may be made without a shield: there, an unknown action weaker than
  /// the shield would not show.
  func returnsWithoutHarmlessCall(_ workbench: Workbench) throws -> [Int] {
    var evaluator = prepared.evaluator
    func sites(_ calls: [Call]) -> Set<Int> {
      Set(
        calls.map { evaluator.evaluate(workbench.data(of: $0)) }.filter {
          $0.verdict.kind == .allow || $0.verdict.kind == .log
        }
        .map(\.site))
    }
    let all = sites(calls)
    return all.subtracting(sites(vacantCalls)).subtracting(
      sites(LiveTable.calls(.syscall) + LiveTable.calls(.int80))
    )
    .sorted()
  }

  /// A profile with each action that a rule can ask for.
  static let everyAction = Profile(
    defaultAction: .errno(38),
    entries: [
      .init(names: ["getpid"], action: .trace(5)), .init(names: ["getuid"], action: .trap(6)),
      .init(names: ["getgid"], action: .notify), .init(names: ["geteuid"], action: .killThread),
      .init(names: ["getegid"], action: .killProcess), .init(names: ["socket"], action: .log),
      .init(
        names: ["personality"], action: .allow,
        conditions: [Condition(index: 0, .equal, value: 0xffff_ffff)]),
      .init(
        names: ["lseek"], action: .allow,
        conditions: [Condition(index: 1, .greaterOrEqual, value: 0x1_0000_0010)]),
    ])

  /// The containers profile, then all of Corpus/profiles and one of every action; each as a list and as a tree where
  /// that is another program.
  static func all(_ workbench: Workbench) throws -> [Subject] {
    var profiles = try ([Seeds.containers] + Seeds.corpus()).map { path in
      (URL(filePath: path).lastPathComponent, try ProfileFile.read(path).profile)
    }
    profiles.append(("every action", everyAction))
    var subjects: [Subject] = []
    for (name, given) in profiles {
      var profile = given
      profile.architectures = profile.filteredArchitectures()
      for level in [1, 2] {
        var settings = FilterSettings()
        settings.optimizeLevel = level
        let layer = Layer(profile: profile, settings: settings)
        guard case .compiled(let compiled) = try workbench.compile(layer) else { continue }
        if subjects.contains(where: { $0.prepared.filter == compiled.filter }) { continue }
        subjects.append(try Subject("\(name), optimise \(level)", layer, compiled, workbench))
      }
    }
    return subjects
  }
}

/// A fault in one of the subjects.
struct Mutant: Sendable {
  var subject: Int
  var mutation: FilterMutation
  var filter: Filter

  /// `count` different ones: of five two change a constant, two a jump, one a return; half of them in the first two
  /// subjects, the containers profile's.
  static func draw(_ count: Int, seed: Int, from subjects: [Subject]) -> [Mutant] {
    struct Identity: Hashable {
      var subject: Int
      var mutation: FilterMutation
    }
    var random = RandomSource(seed: UInt64(truncatingIfNeeded: seed))
    var seen: Set<Identity> = []
    var mutants: [Mutant] = []
    var turn = 0
    while mutants.count < count {
      turn += 1
      let subject = turn % 2 == 0 ? turn / 2 % 2 : 2 + turn / 2 % (subjects.count - 2)
      let mutations = subjects[subject].mutations[[0, 1, 0, 1, 2][mutants.count % 5]]
      guard !mutations.isEmpty else { continue }
      let mutation = mutations[random.below(mutations.count)]
      guard let filter = try? mutation.applied(to: subjects[subject].prepared.filter),
        seen.insert(Identity(subject: subject, mutation: mutation)).inserted
      else { continue }
      mutants.append(Mutant(subject: subject, mutation: mutation, filter: filter))
    }
    return mutants
  }
}
