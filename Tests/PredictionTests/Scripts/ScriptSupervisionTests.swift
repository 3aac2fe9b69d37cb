import ClassicBPF
import Prediction
import Scripts
import SeccompModel
import Testing

@Suite("The model of scripts: listeners and tracers")
struct ScriptSupervisionTests {
  private func predict(_ filters: [Filter], _ steps: [Step], memory: [Script.MemoryPiece] = [])
    -> [StepPrediction]
  {
    model().predict(Script(filters: filters, memory: memory, steps: steps))
  }

  // MARK: Listeners

  private static func words(_ values: [UInt64]) -> [UInt8] {
    values.flatMap { value in (0..<8).map { UInt8(truncatingIfNeeded: value >> UInt64(8 * $0)) } }
  }

  /// What the waiting getpid comes to when a sibling answers so: value, error, flags; and what SEND says.
  private func answered(
    _ value: UInt64, _ error: Int32, _ flags: UInt32 = 0
  ) -> (sent: StepPrediction, returned: StepPrediction) {
    let reply = Self.words([0, value, UInt64(UInt32(bitPattern: error)) | UInt64(flags) << 32])
    let ranges = Self.words([0x2008_0100, 8, 0x2008_0000, 8])
    let steps: [Step] = [
      Step(0, .spawn(1, .thread)), call(.install(0, flags: 8)), Step(0, .begin(.getpid)),
      call(.named("ioctl", [0, 0xc050_2100, .scratch(0)]), by: 1),
      call(.named("process_vm_readv", [.thread(1), .scratch(0x200), 1, .scratch(0x210), 1, 0]), by: 1),
      call(.named("ioctl", [0, 0xc018_2101, .scratch(0x100)]), by: 1), Step(0, .finish),
    ]
    let predictions = predict(
      [only(39, .notify)], steps, memory: [.init(at: 0x100, reply), .init(at: 0x200, ranges)])
    #expect(Array(predictions[2...4]) == [.exactly(.blocked), .returns(0), .returns(8)])
    return (predictions[5], predictions[6])
  }

  @Test("a reply's error wins over its value, neither is looked at, CONTINUE runs the call")
  func replies() {
    #expect(answered(5, 0).returned == .returns(5))
    #expect(answered(0, -5).returned == .returns(-5))
    #expect(answered(9, -5).returned == .returns(-5))
    #expect(answered(0, 5).returned == .returns(5))
    #expect(answered(0, -5000).returned == .returns(-5000))
    #expect(answered(.max, 0).returned == .returns(-1))
    #expect(answered(0, 0, 1).returned == .returned(1...4_194_304))
    #expect(answered(7, 0, 1).sent == .returns(-22))
    #expect(answered(7, 0, 1).returned == .exactly(.blocked))
    #expect(answered(7, 0, 2).sent == .returns(-22))
  }

  @Test("without a listener, or with a closed one, USER_NOTIF fails")
  func closed() {
    let filters = [only(39, .notify)]
    #expect(predict(filters, [call(.install(0)), call(.getpid)]).last == .returns(-38))
    let closed = [call(.install(0, flags: 8)), call(.named("close", [0])), call(.getpid)]
    #expect(predict(filters, closed).last == .returns(-38))
    let pending = predict(
      filters,
      [
        Step(0, .spawn(1, .thread)), call(.install(0, flags: 8)), Step(0, .begin(.getpid)),
        call(.named("close", [0]), by: 1), Step(0, .finish),
      ])
    #expect(pending.last == .returns(-38))
    #expect(
      predict(filters, [call(.install(0, flags: 8)), call(.getpid), call(.getpid)]).suffix(2) == [
        .exactly(.hung), .notTaken,
      ])
    #expect(
      predict(filters, [call(.install(0, flags: 8)), call(.install(0)), call(.getpid)]).last == .returns(-38))
  }

  @Test("a signal ends the wait for a reply, but not a received one under WAIT_KILLABLE_RECV")
  func interrupted() {
    func finish(_ flags: UInt64) -> StepPrediction? {
      predict(
        [only(39, .notify)],
        [
          Step(0, .handle(signal: 10, .record(flags: []))), Step(0, .spawn(1, .thread)),
          call(.install(0, flags: flags)), Step(0, .begin(.getpid)),
          call(.named("ioctl", [0, 0xc050_2100, .scratch(0)]), by: 1),
          call(.named("tgkill", [.thread(0), .thread(0), 10]), by: 1), Step(0, .finish),
        ]
      ).last
    }
    #expect(finish(8) == .returns(-4))
    #expect(finish(0x28) == .exactly(.blocked))
  }

  // MARK: Tracers

  private static func ptrace(_ request: UInt64, _ address: UInt64 = 0, _ data: ScriptArgument = 0) -> Step {
    call(.named("ptrace", [.value(request), .thread(0), .value(address), data]), by: 1)
  }

  /// What a call answered by TRACE comes to when a tracer does this at the stop.
  private func traced(_ filters: [Filter], _ atStop: [Step]) -> StepPrediction? {
    predict(
      filters,
      [Step(0, .spawn(1, .process))] + filters.indices.map { call(.install($0)) } + [
        Self.ptrace(0x4206, 0, 0x80), call(.getpid),
      ]
        + atStop + [Self.ptrace(7), Step(0, .finish)]
    ).last
  }

  @Test("after the stop the number is read again: negative skips, any other is judged again, but for TRACE")
  func trace() {
    let asks = only(39, .trace(1))
    let orig: UInt64 = 120
    #expect(traced([asks], []) == .returned(1...4_194_304))
    #expect(
      traced([asks], [Self.ptrace(6, orig, .value(.max)), Self.ptrace(6, 80, .value(777))]) == .returns(777))
    #expect(traced([asks], [Self.ptrace(6, orig, .value(.max))]) == .returns(-38))
    #expect(traced([asks], [Self.ptrace(6, 80, .value(777))]) == .returned(1...4_194_304))
    #expect(traced([only(110, .errno(9)), asks], [Self.ptrace(6, orig, 110)]) == .returns(-9))
    #expect(traced([only(110, .trace(2)), asks], [Self.ptrace(6, orig, 110)]) == .returned(0...4_194_304))
    #expect(
      traced([only(336, .errno(9)), asks], [Self.ptrace(6, orig, 336)])
        == .oneOf([.returned(-6), .returned(-71)]))
  }

  @Test("filters are read by index from the oldest, by an unfiltered CAP_SYS_ADMIN")
  func getFilter() {
    func asked(_ step: Step, before: [Step] = []) -> StepPrediction? {
      predict(
        [only(39, .trace(1)), Filter([.return(.allow)])],
        [
          Step(0, .spawn(1, .process)), call(.install(0)), call(.install(1)), Self.ptrace(0x4206, 0, 0x80),
          call(.getpid),
        ]
          + before + [step]
      ).last
    }
    #expect(asked(Self.ptrace(0x420c, 0)) == .returns(4))
    #expect(asked(Self.ptrace(0x420c, 1)) == .returns(1))
    #expect(asked(Self.ptrace(0x420c, 2)) == .returns(-2))
    #expect(asked(Self.ptrace(0x420c, 0), before: [call(.install(1), by: 1)]) == .returns(-13))
    #expect(asked(Self.ptrace(0x420d, 16, .scratch(0))) == .returns(16))
  }

  @Test("PTRACE_O_SUSPEND_SECCOMP turns verdicts off, and is for an unfiltered CAP_SYS_ADMIN")
  func suspend() {
    let filters = [only(39, .errno(5))]
    let seize = Self.ptrace(0x4206, 0, 0x20_0080)
    #expect(
      predict(filters, [Step(0, .spawn(1, .process)), call(.install(0)), seize, call(.getpid)]).last
        == .returned(1...4_194_304))
    #expect(
      predict(filters, [Step(0, .spawn(1, .process)), call(.install(0), by: 1), seize]).last == .returns(-1))
  }
}
