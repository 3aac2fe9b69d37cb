import ClassicBPF
import Prediction
import Scripts
import SeccompModel
import Testing

@Suite("The model of scripts: verdicts")
struct ScriptVerdictTests {
  /// What getpid comes to under filters with these answers to it, the oldest first.
  private func getpid(_ verdicts: UInt32..., isPrivileged: Bool = true) -> StepPrediction? {
    let filters = verdicts.map { verdict in
      Filter([.load(.number), .jump(equal: 39, then: 0, otherwise: 1), .return(verdict), .return(.allow)])
    }
    return model(isPrivileged: isPrivileged).predict(
      Script(filters: filters, steps: installed(filters.count) + [call(.getpid)])
    ).last
  }

  private let anyPid = StepPrediction.returned(1...4_194_304)

  @Test("the strongest action wins, and between equal ones the newest filter's data")
  func ranking() {
    #expect(getpid(0x5_0007, 0x5_0009) == .returns(-9))
    #expect(getpid(0x5_0009, 0x5_0007, 0x7fff_0000) == .returns(-7))
    #expect(getpid(0x5_0005, 0x5_0000) == .returns(0))
    #expect(getpid(0x8000_0000, 0) == .killed)
    #expect(getpid(0x7ffc_0000, 0x7fff_0000) == anyPid)
    #expect(getpid(0x7fff_ffff) == anyPid)
    #expect(getpid(0x7fc0_0000, 0x7ff0_0000) == .returns(-38))
  }

  @Test("an unknown action kills, unless a stronger known one hides it")
  func unknown() {
    for action: UInt32 in [
      0x1000_0000, 0x9000_0000, 0x8001_0000, 0xffff_0000, 0x0001_0000, 0x0002_0000, 0x0004_0000, 0x0006_0000,
      0x7ffd_0000, 0x7ffe_0000, 0x7ff1_0000, 0x7fc1_0000,
    ] { #expect(getpid(action) == .killed, "0x\(String(action, radix: 16))") }
    #expect(getpid(0x1000_0000, 0x5_0005) == .returns(-5))
    #expect(getpid(0x0004_0000, 0x5_0005) == .killed)
    #expect(getpid(0x1000_0000, 0x7ff0_0000) == .killed)
    #expect(getpid(0x7ffd_0000, 0x7ffc_0000) == anyPid)
  }

  @Test("ERRNO returns at most 4095, and the restart codes as they are")
  func errno() {
    #expect(getpid(0x5_0fff) == .returns(-4095))
    #expect(getpid(0x5_1000) == .returns(-4095))
    #expect(getpid(0x5_ffff) == .returns(-4095))
    #expect(getpid(0x5_0200) == .returns(-512))
    #expect(getpid(0x7ff0_0001) == .returns(-38))
    #expect(getpid(0x7fc0_0000) == .returns(-38))
  }

  @Test("a filter sees the low half of rax, the entry's token, and whole argument registers on int $0x80")
  func entries() {
    let high = Filter([
      .load(.architecture), .jump(equal: AuditToken.i386, then: 0, otherwise: 3), .load(.high(argument: 0)),
      .jump(equal: 5, then: 0, otherwise: 1), .return(.errno(77)), .return(.allow),
    ])
    let predictions = model().predict(
      Script(
        filters: [only(39, .errno(9)), high],
        steps: installed(2) + [
          call(ScriptCall(.syscall, rax: 0x7_0000_0027)),
          call(ScriptCall(.syscall, rax: 0xffff_ffff_0000_0027)),
          call(.int80("close", [0x5_0000_03e8])), call(.int80("close", [0x3e8])),
          call(ScriptCall(.syscall, rax: 0x4000_0027)), call(ScriptCall(.syscall, rax: .max)),
          call(ScriptCall(.syscall, rax: 335 | 0x4000_0000)), call(ScriptCall(.int80, rax: 335)),
        ]))
    #expect(
      Array(predictions[3...8]) == [
        .returns(-9), .returns(-9), .returns(-77), .returns(-9), .returns(-38), .returns(-38),
      ])
    #expect(predictions[9] == .returns(-38))
  }

  @Test("numbers 335 and 336 are shown to no filter, by the syscall instruction")
  func exempt() {
    let all = Filter([.return(.errno(5))])
    func made(_ call: ScriptCall) -> StepPrediction? {
      model().predict(
        Script(filters: [all], steps: [Step(0, .spin)] + installed(1) + [Step(0, .call(call))])
      ).last
    }
    #expect(made(ScriptCall(.syscall, rax: 336)) == .oneOf([.returned(-6), .returned(-71)]))
    #expect(made(ScriptCall(.syscall, rax: 335)) == .exactly(.ended(.signalled(4, core: false))))
    #expect(made(ScriptCall(.int80, rax: 336)) == .returns(-5))
    #expect(made(ScriptCall(.syscall, rax: 336 | 0x4000_0000)) == .returns(-5))
  }

  @Test("TRAP tells its data uncapped, rolls rax back, and kills where SIGSYS has no handler")
  func trap() {
    func trapped(_ call: ScriptCall, _ disposition: SignalDisposition, mask: Bool = false) -> [StepPrediction]
    {
      model().predict(
        Script(
          filters: [only(39, .trap(0xbeef)), only(20, .trap(1))],
          steps: [Step(0, .handle(signal: 31, disposition)), Step(0, .mask(signal: 31, isBlocked: mask))]
            + installed(2) + [Step(0, .call(call)), Step(0, .call(call))])
      ).suffix(2)
    }
    let details = TrapDetails(
      errno: 0xbeef, number: 39, architecture: AuditToken.x86_64, callAddress: 0, rax: 0x7_0000_0027)
    let high = ScriptCall(.syscall, rax: 0x7_0000_0027)
    #expect(trapped(high, .record(flags: [])).first == .exactly(.trappedAndReturned(details, 0x7_0000_0027)))
    // Left by a jump, the handler's mask stays.
    #expect(trapped(high, .escape(flags: [])) == [.exactly(.trapped(details)), .killed])
    #expect(
      trapped(high, .escape(flags: .noDefer)) == [.exactly(.trapped(details)), .exactly(.trapped(details))])
    let compat = TrapDetails(errno: 1, number: 20, architecture: AuditToken.i386, callAddress: 0, rax: 20)
    let byInt80 = ScriptCall(.int80, rax: 0xffff_ffff_0000_0014)
    #expect(trapped(byInt80, .record(flags: [])).first == .exactly(.trappedAndReturned(compat, 20)))
    #expect(trapped(high, .standard) == [.killed, .notTaken])
    #expect(trapped(high, .ignore).first == .killed)
    #expect(trapped(high, .record(flags: []), mask: true).first == .killed)
  }

  @Test("vsyscalls are filtered at their slot's address")
  func vsyscall() {
    let slot = Filter([
      .load(.number), .jump(equal: 201, then: 0, otherwise: 2), .return(.trap(3)), .return(.allow),
      .return(.allow),
    ])
    let predictions = model().predict(
      Script(
        filters: [slot],
        steps: [Step(0, .handle(signal: 31, .record(flags: [])))] + installed(1) + [
          call(ScriptCall(.vsyscall, rax: 309)), call(ScriptCall(.vsyscall, rax: 201)),
        ]))
    #expect(predictions[3] == .returns(0))
    #expect(
      predictions[4]
        == .exactly(
          .trappedAndReturned(
            TrapDetails(
              errno: 3, number: 201, architecture: AuditToken.x86_64, callAddress: 0xffff_ffff_ff60_0400,
              rax: 201),
            201)))
  }

  @Test("what depends on an unknown word is open, and so is everything after it")
  func open() {
    let address = Filter([.load(.instructionPointerLow), .return(.allow)])
    let predictions = model().predict(
      Script(filters: [address], steps: [Step(0, .spin)] + installed(1) + [call(.getpid), Step(0, .status)]))
    #expect(predictions[2] == .returns(0))
    #expect(predictions[3] == predictions[4])
    #expect(predictions[3].admits(.hung))
  }
}
