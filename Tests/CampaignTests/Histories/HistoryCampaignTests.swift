import ClassicBPF
import Foundation
import Generation
import Prediction
import Probing
import Scripts
import SeccompModel
import Testing

@testable import Campaign

@Suite("Campaigns of histories", .timeLimit(.minutes(30)))
struct HistoryCampaignTests {
  private func directory() -> String { NSTemporaryDirectory() + "crosscheck-histories-\(UUID().uuidString)" }

  @Test("the kernel does what the model says; the run is counted, journalled and resumed")
  func agreement() throws {
    let place = directory()
    defer { try? FileManager.default.removeItem(atPath: place) }
    var options = HistoryOptions(seed: 3, directory: place, workers: 2)
    options.cases = 200
    let summary = try HistoryCampaign(options).run { _ in }
    #expect(summary.agrees, "\(summary.families)")
    #expect(summary.tally.histories == 200)
    #expect(summary.ended == "cases")
    #expect(summary.tally.judged > 1000)
    #expect(try HistoryCampaign.owns(place))
    #expect(throws: CampaignError.self) { _ = try HistoryCampaign(options) }
    options.resumes = true
    options.cases = 300
    let resumed = try HistoryCampaign(options).run { _ in }
    #expect(resumed.tally.histories == 300)
    #expect(resumed.tally.judged > summary.tally.judged)
    let written = try JSONDecoder().decode(
      HistorySummary.self, from: Data(contentsOf: URL(fileURLWithPath: place + "/summary.json")))
    #expect(written == resumed)
  }

  @Test("a fault of the model is found, made small, saved and played again")
  func plantedFault() throws {
    let place = directory()
    defer { try? FileManager.default.removeItem(atPath: place) }
    let stage = try Stage()
    var rules = KernelRules.linux
    rules.errnoCap = 3000
    let features = try FeatureProbe.detect(on: stage)
    let model = ScriptModel(
      features: features, rules: rules, isPrivileged: try FeatureProbe.isPrivileged(on: stage))
    let journal = try Journal(openingRun: place)
    let state = CampaignState<HistoryTally, HistorySummary.Family>(
      next: 0, gaps: [], counts: HistoryTally(), limit: 256)
    HistoryWorker(
      index: 0, player: HistoryPlayer(stage: stage, model: model), generator: HistoryGenerator(seed: 5),
      seed: 5,
      kernel: "test", state: state, journal: journal, store: try HistoryStore(openingRun: place)
    ).work()
    #expect(state.failure == nil)
    let family = try #require(state.families.first)
    let saved = try HistoryStore.load(family.path + "/minimized.json")
    // An installation and the call; no_new_privs where there is no privilege.
    #expect(saved.script.steps.count <= 3, "\(saved.script.steps)")
    #expect(saved.isSteady)
    #expect(saved.fingerprint.id == family.fingerprint)
    let replayed = try HistoryPlayer(stage: stage, model: model).play(saved.script)
    #expect(replayed.difference == saved.step)
    // The right model agrees with the kernel.
    #expect(try !HistoryReplay.run(saved).reproduced)
    for name in ["case.json", "repro.c", "report.md"] {
      #expect(FileManager.default.fileExists(atPath: "\(family.path)/\(name)"))
    }
    #expect(try SavedHistory(json: saved.json()) == saved)
  }

  @Test("of many threads with histories of one family the smallest history stays, whoever is last")
  func smallestStays() async throws {
    for round in 0..<8 {
      let place = directory()
      defer { try? FileManager.default.removeItem(atPath: place) }
      let store = try HistoryStore(openingRun: place)
      // What was not seen again is one family, however many steps lead to it.
      let saved = (1...5).map { count in
        SavedHistory(
          HistoryResult(
            script: Script(steps: Array(repeating: Step(0, .call(.getpid)), count: count)),
            predictions: Array(repeating: .exactly(.returned(1)), count: count),
            outcomes: Array(repeating: StepOutcome(.returned(1)), count: count - 1) + [
              StepOutcome(.returned(2))
            ]),
          origin: nil, isSteady: false, kernel: "test")
      }
      #expect(Set(saved.map(\.fingerprint)).count == 1)
      try await withThrowingTaskGroup(of: Void.self) { group in
        for history in saved.reversed() { group.addTask { _ = try store.save(history, history) } }
        try await group.waitForAll()
      }
      let kept = try HistoryStore.load(store.path(of: saved[0].fingerprint.id) + "/minimized.json")
      #expect(kept.script == saved[0].script, "round \(round)")
    }
  }

  @Test("a history of another format is refused with both numbers")
  func otherFormat() throws {
    var saved = SavedHistory(
      HistoryResult(
        script: Script(steps: [Step(0, .call(.getpid))]), predictions: [.exactly(.returned(1))],
        outcomes: [StepOutcome(.returned(2))]), origin: nil, isSteady: true, kernel: "test")
    saved.format = 2
    let bytes = try saved.json()
    let error = #expect(throws: DecodingError.self) { try SavedHistory(json: bytes) }
    #expect(error.map { explain($0) } == "format 2 is not the one this version reads, 1")
  }

  @Test("what is not judged is counted with its reason, what comes after it is not judged")
  func open() throws {
    let script = Script(
      filters: [Filter([.load(.instructionPointerLow), .return(.allow)])],
      steps: [
        Step(0, .spin), Step(0, .call(.setNoNewPrivileges)), Step(0, .call(.install(0))),
        Step(0, .call(.getpid)),
        Step(0, .status),
      ])
    let stage = try Stage()
    let model = ScriptModel(features: try FeatureProbe.detect(on: stage), isPrivileged: true)
    let result = try HistoryPlayer(stage: stage, model: model).play(script)
    #expect(result.judged == 3)
    var tally = HistoryTally()
    tally.count(result)
    #expect(tally.steps == 5 && tally.judged == 3 && tally.differing == 0)
    #expect(Array(tally.reasons.values) == [1])
    #expect(HistoryTally(journalled: tally.journalled) == tally)
  }
}
