import ClassicBPF
import Probing
import SeccompModel
import Testing

@testable import Overhead

@Suite("A session", .timeLimit(.minutes(30)))
struct SessionTests {
  private static func options(_ seconds: Double = 0.2) -> Session.Options {
    Session.Options(seconds: seconds, processor: Processors.allowed[0])
  }

  @Test("times every condition in every round, and a longer filter takes longer")
  func rounds() throws {
    let conditions = [
      Plan.allowed("none"), Plan.allowed("long", under: [SyntheticFilters.length(4000)]),
    ]
    let data = try Session(conditions, Self.options()).run()
    #expect(data.rounds >= Session.leastRounds)
    #expect(data.samples["none"]?.count == data.rounds)
    let judge = Judge(data, controls: [], bootstrap: Bootstrap())
    let difference = try #require(judge.result(Figure("d", "d", .length, ["long": 1, "none": -1])))
    #expect(difference.estimate > 0)
  }

  @Test("does not time a call that comes to something else")
  func unexpected() throws {
    let task = MeterTask(
      Plan.uncalibrated, rax: MeterTask.getppid, under: [SyntheticFilters.always(.errno(7))])
    #expect(throws: OverheadError.unexpected(condition: "denied", "expected success, found -7")) {
      _ = try Session([Condition("denied", task, .succeeds)], Self.options()).run()
    }
  }

  @Test("of the same profile twice finds no difference; a workload's calls are not carried out")
  func workload() throws {
    let workload = try #require(
      Workload(
        source: "test",
        entries: [
          .init(.x86_64, 39, count: 5), .init(.x86_64, 231, count: 1), .init(.x86_64, 62, count: 2),
          .init(.i386, 20, count: 1),
        ]))
    // Looks at an argument of everything; exit_group (231) is denied.
    let filter = Filter([
      .load(absolute: 16), .load(.number), .jump(equal: 231, then: 0, otherwise: 1), .return(.errno(5)),
      .return(.allow),
    ])
    var options = Bench.Options(extent: "test", seconds: 0.5, tool: "test")
    options.processor = Processors.allowed[0]
    let report = try Bench(options).run(
      workload, under: [Variant("allow-all", [SyntheticFilters.allowAll]), Variant("profile", [filter])],
      profile: "test")
    let subject = try #require(report.subject)
    #expect(subject.calls == 9)
    let answers = Dictionary(
      subject.rows.map { ($0.call, $0.costs.map(\.answer)) }, uniquingKeysWith: { first, _ in first })
    #expect(answers["getpid"] == ["cached", "allowed"])
    #expect(answers["exit_group"] == ["cached", "ERRNO"])
    #expect(answers["i386:getpid"] == ["cached", "allowed"])
    #expect(subject.rows.allSatisfy { $0.costs.allSatisfy { $0.figure != nil } })
    #expect(report.figures.contains { $0.id == "mean.profile" })
  }
}

@Suite("A session that is interrupted", .timeLimit(.minutes(30)))
struct InterruptionTests {
  private static func session() throws -> Session {
    try Session(
      [Condition("no filter", MeterTask(Plan.uncalibrated, rax: MeterTask.getppid), .succeeds)],
      .init(seconds: 600, processor: #require(Processors.allowed.last)))
  }

  @Test("ends after the round at hand with all that it measured")
  func late() throws {
    let interruption = Interruption()
    var rounds = 0
    let data = try Self.session().run(until: interruption) { _ in
      rounds += 1
      if rounds == 20 { interruption.request() }
    }
    #expect(data.rounds == 20)
    #expect(data.samples["no filter"]?.count == 20)
  }

  @Test("tells nothing of too few rounds")
  func early() throws {
    let interruption = Interruption()
    interruption.request()
    #expect(throws: OverheadError.interrupted(rounds: 0, needed: Session.leastRounds)) {
      try Self.session().run(until: interruption)
    }
  }
}
