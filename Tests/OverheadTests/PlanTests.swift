import ClassicBPF
import Probing
import SeccompModel
import Testing

@testable import Overhead

@Suite("The plan")
struct PlanTests {
  private static let getppid = SeccompData(
    number: UInt32(MeterTask.getppid), architecture: AuditToken.x86_64, instructionPointer: 0,
    arguments: Arguments())

  @Test("has filters that the kernel takes and that allow getppid")
  func filters() throws {
    let plan = Plan.standard(otherProcessor: 0)
    #expect(plan.conditions.count > 50)
    for condition in plan.conditions where condition.outcome == .succeeds {
      for filter in condition.task.filters where condition.task.entry == .syscall {
        _ = try FilterEvaluator(filter)
        #expect(filter.evaluate(Self.getppid) == Action.allow.verdict, "\(condition.id)")
      }
    }
  }

  @Test("has filters of the length that it says, which the cache does not answer for")
  func lengths() {
    for length in Plan.lengths + Plan.longLengths {
      let filter = SyntheticFilters.length(length)
      #expect(filter.count == length)
      #expect(!filter.isCached(number: 110, architecture: AuditToken.x86_64))
    }
    #expect(SyntheticFilters.allowAll.isCached(number: 110, architecture: AuditToken.x86_64))
    #expect(SyntheticFilters.installed(1003, cached: true).count == 1002)
    #expect(SyntheticFilters.installed(1003, cached: false).count == 1003)
    #expect(
      SyntheticFilters.installed(1003, cached: true).isCached(number: 110, architecture: AuditToken.x86_64))
    #expect(
      !SyntheticFilters.installed(1003, cached: false).isCached(number: 110, architecture: AuditToken.x86_64))
  }

  @Test("has lists and trees that know their number, and no other")
  func lists() {
    for filter in [
      SyntheticFilters.list(of: 400, number: 110, at: 199),
      SyntheticFilters.tree(of: 400, number: 110, at: 199),
    ] {
      #expect(filter.evaluate(Self.getppid) == Action.allow.verdict)
      var other = Self.getppid
      other.number = 109
      #expect(filter.evaluate(other) == Action.errno(SyntheticFilters.denial).verdict)
    }
  }

  @Test("has rules on arguments that look at each of them", arguments: 0...6)
  func arguments(count: Int) {
    let filter = SyntheticFilters.arguments(count)
    for index in 0..<6 {
      for value in [UInt64(1), 1 << 32] {
        var data = Self.getppid
        data.arguments[index] = value
        let expected: Action = index < count ? .errno(SyntheticFilters.denial) : .allow
        #expect(filter.evaluate(data) == expected.verdict, "argument \(index) of \(count)")
      }
    }
  }

  @Test("leaves out with a condition what is made of it, and nothing else")
  func without() {
    let whole = Plan.standard(otherProcessor: 1)
    let plan = whole.without(["int80, no filter"])
    #expect(plan.conditions.count == whole.conditions.count - 1)
    #expect(
      Set(whole.figures.map(\.id)).subtracting(plan.figures.map(\.id)) == [
        "int80.native", "int80.entry", "int80.miss", "int80-syscall",
      ])
  }

  @Test("works every figure out of what is timed")
  func figures() {
    let plan = Plan.standard(otherProcessor: 1)
    let timed = Set(plan.conditions.map(\.id))
    #expect(timed.count == plan.conditions.count)
    for figure in plan.figures + plan.controls {
      #expect(!figure.weights.isEmpty)
      #expect(Set(figure.weights.keys).isSubset(of: timed), "\(figure.id)")
    }
    #expect(Set(plan.figures.map(\.id)).count == plan.figures.count)
  }
}

@Suite("A session that is interrupted", .timeLimit(.minutes(20)))
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

@Suite("Figures")
struct FigureTests {
  /// A session of quiet processes with one block each.
  private static func data(_ values: [String: [Double]]) -> SessionData {
    var data = SessionData()
    for (id, values) in values {
      for value in values { data.append(Sample(times: [value], paces: [1]), to: id) }
    }
    data.rounds = values.first?.value.count ?? 0
    return data
  }

  @Test("a slope is that of the line through the points")
  func slope() throws {
    let weights = Figure.slope([(1, "a"), (2, "b"), (4, "c")])
    let data = Self.data(["a": [12, 12], "b": [14, 14], "c": [18, 18]])
    let figure = Figure("s", "s", .entry, weights)
    let result = try #require(Judge(data, controls: [], bootstrap: Bootstrap()).result(figure))
    #expect(abs(result.estimate - 2) < 1e-9)
  }

  @Test(
    "processes that ran while something slowed the processor do not count, and of the others only the quiet blocks"
  )
  func quiet() {
    var data = SessionData()
    for round in 0..<100 {
      let isSlow = round % 5 < 2
      // In a quiet process, one block of four is disturbed; its pace tells.
      data.append(
        Sample(
          times: isSlow ? [150, 150, 150, 150] : [100, 100, 180, 100],
          paces: isSlow ? [1.6, 1.7, 1.5, 1.6] : [1, 1.01, 1.6, 1]), to: "a")
    }
    data.rounds = 100
    let times = QuietTimes(data)
    #expect(times.counted["a"] == (0..<100).filter { $0 % 5 >= 2 })
    #expect(abs(times.share - 0.6) < 1e-9)
    #expect(times.counted["a"]?.allSatisfy { times.times["a"]?[$0] == 100 } == true)
    #expect(QuietTimes(data, all: true).counted["a"]?.count == 100)
  }

  @Test("where hardly anything is quiet, the least disturbed quarter counts")
  func restless() {
    var data = SessionData()
    for round in 0..<100 {
      // Another condition is quiet, so that what quiet is, is known.
      data.append(Sample(times: [1], paces: [1]), to: "quiet")
      data.append(Sample(times: [Double(round)], paces: [2 + Double(round * 37 % 100)]), to: "a")
    }
    data.rounds = 100
    let counted = QuietTimes(data).counted["a"] ?? []
    #expect(counted == (0..<100).filter { $0 * 37 % 100 < 25 })
  }

  @Test("a difference is taken round by round: what both share is no noise")
  func paired() throws {
    let shared = (0..<40).map { Double($0 * $0 % 17) }
    let data = Self.data(["a": shared.map { 100 + $0 }, "b": shared.map { 103 + $0 }])
    let judge = Judge(data, controls: [], bootstrap: Bootstrap())
    let result = try #require(judge.result(Figure("d", "d", .entry, ["b": 1, "a": -1])))
    #expect(abs(result.estimate - 3) < 1e-9)
    #expect(result.within.halfWidth < 1e-9)
    // Another run may differ in its speed.
    #expect(abs(result.interval.halfWidth - 3 * Figure.ofCalls) < 1e-9)
    #expect(result.isResolved)
  }

  @Test("a difference within the noise floor is not resolved, however narrow its interval")
  func floor() throws {
    let steady = [Double](repeating: 10, count: 40)
    let noisy = (0..<40).map { 10 + Double($0 % 5) - 2 }
    let data = Self.data([
      "a": steady, "a'": noisy, "b": steady.map { $0 + 0.01 }, "c": steady.map { $0 + 5 },
    ])
    let control = Figure("A/A", "A/A", .control, ["a'": 1, "a": -1])
    let judge = Judge(data, controls: [control], bootstrap: Bootstrap())
    #expect(judge.noiseFloor > 0.01)
    #expect(try #require(judge.result(Figure("b", "b", .entry, ["b": 1, "a": -1]))).isResolved == false)
    #expect(try #require(judge.result(Figure("c", "c", .entry, ["c": 1, "a": -1]))).isResolved)
    #expect(judge.result(Figure("x", "x", .entry, ["none": 1])) == nil)
  }

  @Test("relations hold, fail, or are undecided by their whole interval")
  func relations() throws {
    func verdict(_ kind: Figure.Relation.Kind, _ difference: [Double]) throws -> RelationResult.Verdict {
      let steady = [Double](repeating: 50, count: difference.count)
      let data = Self.data(["a": difference.map { 50 + $0 }, "b": steady, "c": steady, "d": steady])
      var figure = Figure("r", "r", .relations, ["a": 1, "b": -1])
      figure.relation = .init(kind: kind, sides: [["a": 1], ["b": 1]])
      return try #require(Judge(data, controls: [], bootstrap: Bootstrap()).relation(figure)).verdict
    }
    let quiet = (0..<40).map { Double($0 % 3) * 0.01 }
    #expect(try verdict(.about, quiet) == .holds)
    #expect(try verdict(.about, quiet.map { $0 + 4 }) == .holds)
    #expect(try verdict(.about, quiet.map { $0 + 6 }) == .fails)
    #expect(try verdict(.about, (0..<40).map { $0 % 2 == 0 ? 0 : 10 }) == .undecided)
    #expect(try verdict(.atMost, quiet.map { $0 - 5 }) == .holds)
    #expect(try verdict(.atMost, quiet.map { $0 + 5 }) == .fails)
  }

  @Test("an assertion is judged by the whole interval")
  func assertions() throws {
    let assertion = try #require(BenchAssertion("entry < 40ns"))
    #expect(assertion.figure == "entry")
    #expect(assertion.verdict(Interval(low: 30, high: 39)) == .holds)
    #expect(assertion.verdict(Interval(low: 40, high: 45)) == .fails)
    #expect(assertion.verdict(Interval(low: 39, high: 41)) == .undecided)
    #expect(try #require(BenchAssertion("kill<=1.5us")).limit == 1500)
    #expect(try #require(BenchAssertion("list-tree>0")).relation == .greater)
    for wrong in ["entry", "<40", "entry<", "entry<4x", "entry=4", "entry<<4", "entry<4 weeks"] {
      #expect(BenchAssertion(wrong) == nil, "\(wrong)")
    }
  }
}

@Suite("A session", .timeLimit(.minutes(20)))
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
