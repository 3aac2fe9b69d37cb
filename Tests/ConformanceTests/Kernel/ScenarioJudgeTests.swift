import ClassicBPF
import Prediction
import Scripts
import SeccompModel
import Testing

@testable import Conformance

@Suite("The judge of a scenario")
struct ScenarioJudgeTests {
  private static func judge(_ expected: StepExpectation...) -> ScenarioJudge {
    var play = Play()
    for expectation in expected { play.call(.getpid, expectation) }
    return ScenarioJudge(claim: play.claim)
  }

  private static let trap = TrapDetails(
    errno: 5, number: 39, architecture: AuditToken.x86_64, callAddress: 0, rax: 39)

  /// An expectation, what fits it, what does not.
  private static let cases: [(StepExpectation, fits: [StepResult], others: [StepResult])] = [
    (.returns(-7), [.returned(-7)], [.returned(7), .blocked, .ended(.thread)]),
    (.fails(.invalid), [.returned(-22)], [.returned(22), .returned(-1)]),
    (.returnsAny(-6, -71), [.returned(-6), .returned(-71)], [.returned(-7)]),
    (.positive, [.returned(1)], [.returned(0), .returned(-1), .stopped]),
    (.succeeds, [.returned(0)], [.returned(-1)]),
    (.traps(.init(errno: 5, number: 39)), [.trapped(trap)], [.trappedAndReturned(trap, 39), .returned(39)]),
    (.traps(.init(errno: 6, number: 39)), [], [.trapped(trap)]),
    (.traps(.init(errno: 5, number: 39, callAddress: nil)), [], [.trapped(trap)]),
    (.traps(.init(errno: 5, number: 39), returning: 39), [.trappedAndReturned(trap, 39)], [.trapped(trap)]),
    (.blocks, [.blocked], [.stopped, .hung]),
    (.stops, [.stopped], [.blocked]),
    (
      .dies(by: 31), [.ended(.signalled(31, core: false))],
      [.ended(.signalled(31, core: true)), .ended(.thread)]
    ),
    (.exits(7), [.ended(.exited(7))], [.ended(.exited(8))]),
    (.threadEnds, [.ended(.thread)], [.ended(.unknown)]),
    (.endsAnyhow, [.ended(.unknown), .ended(.thread)], [.returned(0)]),
    (.over, [.returned(-1), .blocked], [.hung, .notTaken]),
    (
      .status(mode: 2, filters: 1), [.status(.init(mode: 2, filters: 1, noNewPrivileges: false))],
      [
        .status(.init(mode: 2, filters: 2, noNewPrivileges: false)),
        .status(.init(mode: 1, filters: 1, noNewPrivileges: false)),
      ]
    ),
  ]

  @Test("passes what fits and complains of what does not", arguments: cases.indices)
  func results(_ index: Int) {
    let (expected, fits, others) = Self.cases[index]
    for result in fits {
      #expect(Self.judge(expected).complaints(about: [StepOutcome(result)]) == [], "\(result)")
    }
    for result in others {
      #expect(Self.judge(expected).complaints(about: [StepOutcome(result)]).count == 1, "\(result)")
    }
  }

  @Test("says for each step what was expected and what was found")
  func words() {
    let complaints = Self.judge(.positive, .returns(-1)).complaints(
      about: [StepOutcome(.returned(5)), StepOutcome(.returned(-2))])
    #expect(
      complaints == [
        "step 1, actor 0: getpid() by syscall: expected failed with EPERM (1), found: failed with ENOENT (2)"
      ])
  }

  @Test("holds one step against another")
  func sameness() {
    let judge = Self.judge(.positive, .same(as: 0))
    #expect(judge.complaints(about: [StepOutcome(.returned(5)), StepOutcome(.returned(5))]) == [])
    #expect(judge.complaints(about: [StepOutcome(.returned(5)), StepOutcome(.returned(6))]).count == 1)
  }

  @Test("looks at words, handlers and successes where they are expected")
  func asides() {
    let read = Self.judge(StepExpectation.returns(0).reading(.exactly(4), .notZero, .any))
    #expect(read.complaints(about: [StepOutcome(.returned(0), words: [4, 1, 0])]) == [])
    #expect(read.complaints(about: [StepOutcome(.returned(0), words: [5, 0, 0])]).count == 2)
    #expect(read.complaints(about: [StepOutcome(.returned(0))]).count == 1)
    let handled = Self.judge(StepExpectation.returns(0).after(signals: 1))
    #expect(handled.complaints(about: [StepOutcome(.returned(0))]).count == 1)
    let repeated = Self.judge(StepExpectation.returns(0).after(successes: 3))
    #expect(repeated.complaints(about: [StepOutcome(.returned(0), successes: 3)]) == [])
    #expect(repeated.complaints(about: [StepOutcome(.returned(0), successes: 2)]).count == 1)
  }

  @Test("holds the model against what is written, and lets it be silent")
  func model() {
    let judge = Self.judge(.returns(-7), .positive)
    #expect(judge.complaints(about: [StepPrediction.exactly(.returned(-7)), .returned(1...9)]) == [])
    #expect(judge.complaints(about: [StepPrediction.open("no idea"), .open("none")]) == [])
    #expect(
      judge.complaints(about: [StepPrediction.oneOf([.blocked, .returned(-7)]), .returned(0...9)]) == [])
    let complaints = judge.complaints(about: [StepPrediction.exactly(.returned(-8)), .returned(-9...0)])
    #expect(complaints.count == 2)
    #expect(complaints[0].hasSuffix("the model says: failed with ENOEXEC (8)"))
  }
}
