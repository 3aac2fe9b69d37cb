import Prediction
import Probing
import Scripts
import Synchronization
import Testing

@testable import Conformance

/// A stage on which every script comes to the same.
private struct FixedStage: ScriptStage {
  var results: [StepResult]

  func play(_ script: Script, patience: Int64) -> [StepOutcome] {
    script.steps.indices.map { StepOutcome($0 < results.count ? results[$0] : .notTaken) }
  }
}

/// One on which the first play hangs.
private final class SlowStage: ScriptStage {
  private let patiences = Mutex<[Int64]>([])
  private let hangs: Int

  init(hangs: Int) { self.hangs = hangs }

  var plays: [Int64] { patiences.withLock { $0 } }

  func play(_ script: Script, patience: Int64) -> [StepOutcome] {
    let count = patiences.withLock {
      $0.append(patience)
      return $0.count
    }
    return script.steps.map { _ in StepOutcome(count <= hangs ? .hung : .returned(7)) }
  }
}

@Suite("The kernel suite", .timeLimit(.minutes(30)))
struct KernelSuiteRunTests {
  private static let positive = Scenario("sample", "a call returns a number above 0") {
    $0.call(.getpid, .positive)
  }
  private static let facts = KernelFacts.assumed(KernelVersion(6, 18))

  private func run(_ scenario: Scenario, on stage: some ScriptStage, _ facts: KernelFacts = Self.facts) throws
    -> SuiteReport.Result
  {
    try KernelSuite(scenarios: [scenario]).run(on: stage, facts: facts, audit: nil, properties: []).results[0]
  }

  @Test("passes on this kernel, but for what it says is missing here")
  func here() throws {
    let report = try KernelSuite().runHere()
    for result in report.results where result.verdict.isFailure {
      Issue.record("\(result.name): \(result.diagnostics.joined(separator: "; "))")
    }
    #expect(report.results.map(\.name) == Scenario.table.map(\.name))
    for result in report.results where result.verdict == .skip {
      #expect(!result.reason.isEmpty, "\(result.name)")
    }
    #expect(report.count(of: .pass) >= 320)
    #expect(
      report.properties.contains { $0.name == "kernel" } && report.properties.contains { $0.name == "facts" })
  }

  @Test("fails a scenario on a kernel that does otherwise, with the step")
  func failure() throws {
    let result = try run(Self.positive, on: FixedStage(results: [.returned(-38)]))
    #expect(result.verdict == .fail)
    #expect(result.diagnostics.count == 2)
    #expect(
      result.reason.hasPrefix("step 0, actor 0: getpid() by syscall: expected a number above 0, found: "))
  }

  @Test("fails a scenario with which the model does not agree, whatever the kernel does")
  func contradiction() throws {
    let wrong = Scenario("sample", "a call returns 0") { $0.call(.getpid, .returns(0)) }
    let result = try run(wrong, on: FixedStage(results: [.returned(0)]))
    #expect(result.verdict == .fail)
    #expect(result.reason.contains("the model says: "))
  }

  @Test("skips a scenario whose needs are not met, and says which")
  func skip() throws {
    var needy = Self.positive
    needy.needs = [.privilege]
    var facts = Self.facts
    facts.others.remove(.privilege)
    let result = try run(needy, on: FixedStage(results: []), facts)
    #expect(result.verdict == .skip)
    #expect(result.reason == KernelFact.privilege.reasonForSkip)
    needy.needs = [.since(7, 9, "something")]
    #expect(try run(needy, on: FixedStage(results: [])).reason == "new in 7.9: something")
    needy.needs = [.feature(.x32Calls)]
    #expect(try run(needy, on: FixedStage(results: [])).verdict == .skip)
  }

  @Test("plays a scenario that hung once more, with more patience, and only then calls it hung")
  func hung() throws {
    let once = SlowStage(hangs: 1)
    #expect(try run(Self.positive, on: once).verdict == .pass)
    #expect(once.plays.count == 2 && once.plays[0] < once.plays[1])
    let always = SlowStage(hangs: .max)
    #expect(try run(Self.positive, on: always).verdict == .timeout)
    #expect(always.plays.count == 2)
  }

  @Test("takes checks that are no scripts")
  func native() throws {
    func scenario(_ check: @escaping @Sendable () throws -> [String]) -> Scenario {
      Scenario(name: "sample", claim: "it holds", needs: [], covers: [], kind: .native(check))
    }
    #expect(try run(scenario { [] }, on: FixedStage(results: [])).verdict == .pass)
    #expect(try run(scenario { ["one", "two"] }, on: FixedStage(results: [])).verdict == .fail)
    #expect(
      try run(scenario { throw KernelSuiteError.noScenario("x") }, on: FixedStage(results: [])).verdict
        == .error)
  }

  @Test("reads a release's first two numbers")
  func releases() {
    #expect(KernelVersion(release: "6.18.44-fc-v595") == KernelVersion(6, 18))
    #expect(KernelVersion(release: "5.10-rc1") == KernelVersion(5, 10))
    #expect(KernelVersion(release: "unknown") == KernelVersion(0, 0))
  }
}
