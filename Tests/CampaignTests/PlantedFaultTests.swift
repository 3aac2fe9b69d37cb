import ClassicBPF
import Compilation
import Foundation
import Generation
import Glibc
import Prediction
import Probing
import Proving
import SeccompModel
import Testing

@testable import Campaign

@Suite(
  "Planted faults", .enabled(if: geteuid() == 0, "live calls need root for namespaces of their own"),
  .timeLimit(.minutes(30)))
struct PlantedFaultTests {
  /// Which side is wrong: the kernel's, or the one that predicts.
  enum Side: String, CaseIterable, Sendable { case installed, interpreted }

  /// What became of the mutants.
  struct Counts {
    var taggingReported = 0
    var verdictsReported = 0
    var liveReported = 0
    /// Of the reported: another return is reached, but it answers the same.
    var reportedThoughAlike = 0
    /// Not reported, although some call is answered otherwise.
    var missed = 0
    /// Not reported, and proved to answer every call as the original does.
    var equivalent = 0
    /// Not reported, and proved to do so for a process with one thread, as the probe's are: by name.
    var needThreads: [String] = []
    /// Mutants that walk and solver judged alike, as far as the walk decides.
    var judgedTwice = 0

    var line: String {
      """
      \(taggingReported + verdictsReported + liveReported) reported (\(taggingReported) by return sites, \
      \(verdictsReported) by verdicts, \(liveReported) by live calls; \(reportedThoughAlike) of them reach another return that answers the same), \(equivalent) equivalent, \
      \(needThreads.count) that only a second thread could tell (KILL_THREAD or KILL_PROCESS), \(missed) missed; \
      \(judgedTwice) judged by a walk over both programs and by the solver, which agree
      """
    }
  }

  @Test("of 1000 different mutants every one that changes an answer is reported", arguments: Side.allCases)
  func mutants(side: Side) throws {
    let features = try FeatureProbe.detect()
    let bench = try Workbench(Workbench.Options(), features: features)
    let subjects = try Subject.all(bench)
    let drawn = Mutant.draw(
      Self.setting("CROSSCHECK_MUTANTS") ?? 1000, seed: Self.setting("CROSSCHECK_SEED") ?? 5, from: subjects)
    #expect(Set(drawn.map(\.subject)).count == subjects.count, "every subject has a mutant")
    let mutants = drawn.enumerated().filter { ($0.offset / 5) % 2 == (side == .installed ? 0 : 1) }.map(
      \.element)
    var counts = Counts()
    // The solver takes minutes for all of them: scripts/planted-faults has that time. Here it judges every one that nobody
    // reported, and a tenth of the rest.
    let judgesAll = Self.setting("CROSSCHECK_MUTANTS") != nil
    var asked = 0
    for (index, mutant) in mutants.enumerated() {
      let subject = subjects[mutant.subject]
      let what = "\(side): \(mutant.mutation) in \(subject.name)"
      let report = try bench.report(of: mutant.filter, plantedIn: subject, side)
      let answer = try bench.compare(subject.prepared.filter, mutant.filter, .effect)
      if judgesAll || report == nil || index.isMultiple(of: 10) {
        asked += 1
        if try bench.solverAgrees(answer, subject.prepared.filter, mutant.filter, .effect, what) {
          counts.judgedTwice += 1
        }
      }
      switch (report, answer) {
      case (_, .undecided(let reason)): Issue.record("\(what): not decided: \(reason)")
      case (.none, .equivalent): counts.equivalent += 1
      case (.none, .different(let witness)):
        let onOneThread = try bench.compare(subject.prepared.filter, mutant.filter, .effectOnOneThread)
        _ = try bench.solverAgrees(
          onOneThread, subject.prepared.filter, mutant.filter, .effectOnOneThread, what)
        if onOneThread == .equivalent {
          counts.needThreads.append(
            "\(side) filter, \(subject.name), instruction \(mutant.mutation.programCounter): "
              + "\(mutant.filter.evaluate(witness)) instead of \(subject.prepared.filter.evaluate(witness))")
        } else {
          counts.missed += 1
          Issue.record(
            """
            \(what): missed; \(witness) is answered \(mutant.filter.evaluate(witness)), \
            not \(subject.prepared.filter.evaluate(witness))
            """)
        }
      case (.returnSites, _): counts.taggingReported += 1
      case (.verdicts, .equivalent), (.liveCalls, .equivalent):
        Issue.record("\(what): reported by what a call did, and proved alike")
      case (.verdicts, _): counts.verdictsReported += 1
      case (.liveCalls, _): counts.liveReported += 1
      }
      if report == .returnSites, answer == .equivalent { counts.reportedThoughAlike += 1 }
    }
    #expect(counts.judgedTwice == asked)
    print("planted faults, fault in the \(side) filter: \(mutants.count) mutants: \(counts.line)")
    for name in counts.needThreads { print("planted faults, told by a second thread only: \(name)") }
  }

  /// For longer runs: scripts/planted-faults.
  private static func setting(_ name: String) -> Int? {
    ProcessInfo.processInfo.environment[name].flatMap { Int($0) }
  }

  @Test("filters without a fault are reported by nobody")
  func noFault() throws {
    let bench = try Workbench(Workbench.Options(), features: try FeatureProbe.detect())
    for subject in try Subject.all(bench) {
      let report = try bench.report(of: subject.prepared.filter, plantedIn: subject, .installed)
      #expect(report == nil, "\(subject.name)")
      let blind = try subject.returnsWithoutHarmlessCall(bench)
      #expect(blind.isEmpty, "\(subject.name)")
    }
  }
}

/// Which comparison noticed a fault.
enum FaultReport { case returnSites, verdicts, liveCalls }

extension Workbench {
  /// Checks with `mutant` in place of the subject's filter, on one side only. The calls are the original's: nobody
  /// who looks for a fault knows it.
  func report(
    of mutant: Filter, plantedIn subject: Subject, _ side: PlantedFaultTests.Side
  ) throws -> FaultReport? {
    var interpreted = subject.prepared
    if side == .interpreted {
      interpreted = try PreparedFilter(
        subject.prepared.layer, installed: mutant, oracle: subject.prepared.oracle)
    }
    let installed = side == .installed ? mutant : subject.prepared.filter
    var tally = Tally()
    var differences = DifferenceList(limit: 1)
    for start in stride(from: 0, to: subject.calls.count, by: Probe.batchCapacity) {
      let count = min(Probe.batchCapacity, subject.calls.count - start)
      _ = probe.calls.update(fromContentsOf: subject.calls[start..<(start + count)])
      predict(&interpreted, count: count)
      try compareTagging(
        interpreted, installed: installed, layer: 0, count: count, tally: &tally, differences: &differences)
      guard tally.taggedDiffered == 0, differences.kept.isEmpty else { return .returnSites }
    }
    #expect(tally.taggedCalls == subject.calls.count)
    try compareReturns(
      &interpreted, installed: installed, calls: subject.callsByReturn, tally: &tally,
      differences: &differences)
    try compareVacant(
      &interpreted, installed: installed, calls: subject.vacantCalls, tally: &tally, differences: &differences
    )
    guard tally.realDiffered == 0, differences.kept.isEmpty else { return .verdicts }
    let live = try LiveRun.run(stack: [installed], entryPaths: [.syscall, .int80])
    compareLive(live, interpreted, tally: &tally, differences: &differences)
    #expect(tally.liveCalls > 800)
    return tally.liveDiffered == 0 && differences.kept.isEmpty ? nil : .liveCalls
  }

  /// Whether two filters mean the same for every call that a process of this kernel can make from the probe's code.
  func compare(
    _ one: Filter, _ other: Filter, _ reading: FilterEquivalence.Reading
  ) throws -> FilterEquivalence.Answer {
    try FilterEquivalence(reach: reach, reading: reading).compare(one, other)
  }

  /// Whether the solver says the same of two filters as the walk over both did; it is a failure when not.
  func solverAgrees(
    _ walk: FilterEquivalence.Answer, _ one: Filter, _ other: Filter, _ reading: FilterEquivalence.Reading,
    _ what: String
  ) throws -> Bool {
    let proof = try Prover().compare(one, other, reading: reading, within: reach)
    switch (walk, proof) {
    case (.equivalent, .proved), (.different, .differs): return true
    case (let walk, let proof):
      Issue.record("\(what): the walk says \(walk), the solver \(proof)")
      return false
    }
  }
}
