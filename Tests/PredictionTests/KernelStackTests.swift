import Prediction
import SeccompModel
import Testing

/// Linux 6.18 with everything that distributions configure.
let linux6_18 = KernelModel(features: .assumed(version: KernelVersion(6, 18)))

func verdict(_ action: Action) -> Verdict { action.verdict }

func raw(_ value: UInt32) -> Verdict { Verdict(rawValue: value) }

let getpidCall = Call(.syscall, rax: UInt64(Number.getpid))

@Suite("Stacks of filters")
struct KernelStackTests {
  private func predict(_ verdicts: [Verdict], _ context: KernelModel.Context = .init()) -> Prediction {
    linux6_18.predict(verdicts, getpidCall, context)
  }

  @Test("the strongest action wins wherever it stands, the newest filter wins a tie")
  func ranking() {
    let cases: [([Verdict], Prediction.Expectation, Prediction.Decider)] = [
      ([verdict(.errno(7)), verdict(.errno(9))], .exactly(.returned(-9)), .filter(1)),
      (
        [verdict(.errno(9)), verdict(.errno(7)), verdict(.allow)], .exactly(.returned(-7)), .filter(1)
      ),
      ([verdict(.errno(5)), verdict(.errno(0))], .exactly(.returned(0)), .filter(1)),
      ([verdict(.killProcess), verdict(.killThread)], .exactly(.died(signal: 31)), .filter(0)),
      ([verdict(.killThread), verdict(.trap(1))], .exactly(.died(signal: 31)), .filter(0)),
      ([verdict(.errno(1)), verdict(.notify)], .exactly(.returned(-1)), .filter(0)),
      ([verdict(.trace(1)), verdict(.notify)], .exactly(.returned(-38)), .filter(1)),
      ([verdict(.log), verdict(.allow)], .runs, .filter(0)),
      ([verdict(.allow), verdict(.allow)], .runs, .nobody),
      ([raw(0x7fff_ffff)], .runs, .nobody),
      ([raw(0x7fff_0001), raw(0x7fff_1234)], .runs, .nobody),
      ([], .runs, .nobody),
    ]
    for (verdicts, expectation, decider) in cases {
      let prediction = predict(verdicts)
      #expect(prediction.expectation == expectation, "\(verdicts)")
      #expect(prediction.decider == decider, "\(verdicts)")
      if case .filter(let index) = decider { #expect(prediction.verdict == verdicts[index]) }
    }
  }

  static let unknown: [UInt32] = [
    0x1000_0000, 0x9000_0000, 0x8001_0000, 0xffff_0000, 0x0001_0000, 0x0002_0000, 0x0004_0000, 0x0006_0000,
    0x7ffd_0000, 0x7ffe_0000, 0x7ff1_0000, 0x7fc1_0000,
  ]

  @Test("an unknown action kills the process", arguments: unknown)
  func unknownKills(value: UInt32) {
    #expect(predict([raw(value)]).expectation == .exactly(.died(signal: 31)))
    #expect(linux6_18.killsProcess(raw(value)) == true)
  }

  @Test("an unknown action keeps its rank: a stronger known one hides it")
  func unknownRank() {
    let dies = Prediction.Expectation.exactly(.died(signal: 31))
    let cases: [(UInt32, Action, Prediction.Expectation)] = [
      (0x1000_0000, .errno(5), .exactly(.returned(-5))),
      (0x0004_0000, .errno(5), dies),
      (0x1000_0000, .trace(1), dies),
      (0x7ffd_0000, .log, .runs),
      (0x7ffd_0000, .allow, dies),
    ]
    for (value, action, expectation) in cases {
      #expect(predict([raw(value), action.verdict]).expectation == expectation, "\(value) \(action)")
      #expect(predict([action.verdict, raw(value)]).expectation == expectation, "\(action) \(value)")
    }
  }

  @Test("for every pair, the verdict is the strictly lowest signed action, the newer one of equals")
  func pairs() {
    let values =
      Self.unknown
      + ActionKind.allCases.flatMap { [$0.actionBits, $0.actionBits | 5, $0.actionBits | 0xffff] }
    for older in values {
      for newer in values {
        let candidates = [0x7fff_0000, newer, older]
        let lowest = candidates.map { Int32(bitPattern: $0 & 0xffff_0000) }.min()
        let expected = candidates.first { Int32(bitPattern: $0 & 0xffff_0000) == lowest }
        #expect(predict([raw(older), raw(newer)]).verdict.rawValue == expected, "\(older) \(newer)")
      }
    }
  }

  @Test("the ERRNO shield answers for what is allowed, loses ties, and leaves denials alone")
  func errnoShield() {
    let context = KernelModel.Context(shield: .errno(marker: 4077))
    for action in [Action.notify, .trace(9), .log, .allow] {
      let prediction = predict([action.verdict], context)
      #expect(prediction.expectation == .exactly(.returned(-4077)), "\(action)")
      #expect(prediction.decider == .shield)
    }
    #expect(predict([], context).expectation == .exactly(.returned(-4077)))
    #expect(predict([verdict(.errno(7))], context).expectation == .exactly(.returned(-7)))
    #expect(predict([verdict(.errno(7))], context).decider == .filter(0))
    #expect(predict([verdict(.killThread)], context).expectation == .exactly(.died(signal: 31)))
    #expect(predict([raw(0x1000_0000)], context).expectation == .exactly(.returned(-4077)))
  }

  @Test("the TRACE shield tells the filter's TRACE and NOTIFY from ALLOW and LOG")
  func traceShield() {
    let context = KernelModel.Context(shield: .trace(marker: 4077))
    #expect(predict([verdict(.allow)], context).expectation == .exactly(.traced(message: 4077)))
    #expect(predict([verdict(.log)], context).expectation == .exactly(.traced(message: 4077)))
    #expect(predict([verdict(.trace(9))], context).expectation == .exactly(.traced(message: 9)))
    #expect(predict([verdict(.notify)], context).expectation == .exactly(.returned(-38)))
    #expect(predict([verdict(.errno(3))], context).expectation == .exactly(.returned(-3)))
  }

  @Test("NOTIFY is the listener's only if the deciding filter has one")
  func listener() {
    let stack = [verdict(.notify), verdict(.notify)]
    #expect(
      predict(stack, .init(listener: 0)).expectation == .exactly(.returned(-38)), "the newest wins the tie")
    #expect(predict(stack, .init(listener: 1)).expectation == .unpredictable(.listener))
    #expect(predict([verdict(.notify)]).expectation == .exactly(.returned(-38)))
  }

  @Test("TRACE stops for a tracer and is ENOSYS without one")
  func tracer() {
    #expect(predict([verdict(.trace(0xbeef))]).expectation == .exactly(.returned(-38)))
    #expect(
      predict([verdict(.trace(0xbeef))], .init(hasTracer: true)).expectation
        == .exactly(.traced(message: 0xbeef)))
    #expect(predict([verdict(.log)], .init(hasTracer: true)).expectation == .runs)
  }

  @Test("one verdict alone is a stack of one")
  func single() {
    for value in Self.unknown + [0, 0x0003_0001, 0x0005_0001, 0x7fff_0000] {
      #expect(linux6_18.predict(raw(value), getpidCall, .init()) == predict([raw(value)]))
    }
  }
}
