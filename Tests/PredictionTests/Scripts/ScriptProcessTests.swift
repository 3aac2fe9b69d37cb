import ClassicBPF
import Prediction
import Scripts
import SeccompModel
import Testing

@Suite("The model of scripts: threads, processes, modes")
struct ScriptProcessTests {
  private func predict(_ filters: [Filter], _ steps: [Step]) -> [StepPrediction] {
    model().predict(Script(filters: filters, steps: steps))
  }

  private let thread = Step(0, .spawn(1, .thread))
  private let process = Step(0, .spawn(1, .process))

  @Test(
    "KILL_THREAD spares the others, an unknown action does not; the last thread takes the process with it")
  func kills() {
    let byThread = predict(
      [only(39, .killThread)],
      [
        thread, call(.install(0), by: 1), call(.getpid, by: 1), call(.getpid), Step(1, .status),
        call(.exit(7)), Step(0, .end),
      ])
    #expect(
      Array(byThread[2...]) == [
        .threadEnded, .returned(1...4_194_304), .notTaken, .exactly(.ended(.exited(7))),
        .exactly(.ended(.exited(7))),
      ])
    let unknown = predict(
      [only(39, .unknown(0x1000_0000))],
      [thread, call(.install(0), by: 1), call(.getpid, by: 1), Step(0, .end)])
    #expect(Array(unknown[2...]) == [.killed, .killed])
    let last = predict(
      [only(39, .killThread)], [call(.install(0)), thread, call(.getpid, by: 1), call(.getpid)])
    #expect(Array(last[2...]) == [.threadEnded, .killed])
    // The leader's SIGSYS is not told; what is left decides.
    let leader = predict(
      [only(39, .killThread)], [thread, call(.install(0)), call(.getpid), call(.exit(43), by: 1)])
    #expect(Array(leader[2...]) == [.threadEnded, .exactly(.ended(.exited(43)))])
  }

  @Test("filters are a thread's; children and exec inherit them, older siblings do not")
  func inheritance() {
    let predictions = predict(
      [only(39, .errno(5))],
      [
        thread, call(.setNoNewPrivileges), call(.install(0)), Step(1, .status), Step(0, .spawn(2, .process)),
        Step(2, .status), Step(0, .spawn(3, .thread)), Step(3, .status), Step(2, .execute(.i386)),
        Step(2, .status),
      ])
    #expect(predictions[3] == .status(0, 0, false))
    for index in [5, 7, 9] { #expect(predictions[index] == .status(2, 1, true)) }
  }

  @Test("TSYNC takes siblings along whose chain is an ancestor, and refuses the others")
  func tsync() {
    let filters = [only(39, .errno(5)), only(5001, .allow)]
    let taken = predict(
      filters,
      [
        thread, call(.setNoNewPrivileges), call(.install(0, flags: 1)), Step(1, .status),
        call(.getpid, by: 1),
      ])
    #expect(Array(taken[2...]) == [.returns(0), .status(2, 1, true), .returns(-5)])
    let refused = predict(
      filters,
      [
        thread, call(.install(1), by: 1), call(.install(0, flags: 1)), call(.install(0, flags: 0x11)),
        Step(0, .status),
      ])
    #expect(Array(refused[2...]) == [.returned(1...4_194_304), .returns(-3), .status(0, 0, false)])
    let ancestor = predict(
      filters, [call(.install(1)), thread, call(.install(0, flags: 1)), Step(1, .status)])
    #expect(ancestor.last == .status(2, 2, false))
    let strict = predict(
      filters, [thread, Step(1, .spin), call(.enterStrictMode, by: 1), call(.install(0, flags: 0x11))])
    #expect(strict.last == .returns(-3))
  }

  @Test("strict mode allows four numbers of each entry's list")
  func strict() {
    let enter = [Step(0, .spin), call(.enterStrictMode)]
    let table: [(ScriptCall, StepPrediction)] = [
      (.named("read", [.value(.max)]), .returns(-9)), (.named("write", [.value(.max)]), .returns(-9)),
      (.exit(5), .exactly(.ended(.exited(5)))), (.exitGroup(5), .killedStrictly), (.getpid, .killedStrictly),
      (ScriptCall(.syscall, rax: .max), .killedStrictly),
      (ScriptCall(.syscall, rax: 0x1_0000_0000, [.value(.max)]), .returns(-9)),
      (ScriptCall(.syscall, rax: 0x4000_0000), .killedStrictly), (.int80("getpid"), .killedStrictly),
      (.int80("exit", [6]), .exactly(.ended(.exited(6)))), (.int80("read", [.value(.max)]), .returns(-9)),
      (ScriptCall(.int80, rax: 0), .killedStrictly), (ScriptCall(.int80, rax: 173), .killedStrictly),
      (ScriptCall(.vsyscall, rax: 201), .killedStrictly), (.named("prctl", [21]), .killedStrictly),
      (ScriptCall(.syscall, rax: 336), .oneOf([.returned(-6), .returned(-71)])),
    ]
    for (made, expected) in table { #expect(predict([], enter + [call(made)]).last == expected, "\(made)") }
    #expect(predict([], enter + [Step(0, .status)]).last == .status(1, 0, false))
    #expect(
      predict([], enter + [Step(0, .readTimestampCounter)]).last
        == .exactly(.ended(.signalled(11, core: false))))
    #expect(
      predict([], [thread, Step(1, .spin), call(.enterStrictMode, by: 1), call(.getpid, by: 1)]).last
        == .threadEnded)
  }

  @Test("signals end, interrupt or wait, as dispositions and masks say")
  func signals() {
    let signal = call(.named("tgkill", [.thread(0), .thread(0), 10]))
    let died = StepPrediction.exactly(.ended(.signalled(10, core: false)))
    #expect(predict([], [signal]).last == died)
    #expect(
      predict(
        [],
        [Step(0, .mask(signal: 10, isBlocked: true)), signal, Step(0, .mask(signal: 10, isBlocked: false))]
      ).suffix(2) == [.returns(0), died])
    #expect(predict([], [Step(0, .handle(signal: 10, .record(flags: []))), signal]).last == .returns(0))
    let interrupted = predict(
      [],
      [
        process, Step(0, .handle(signal: 10, .record(flags: .restart))), Step(0, .begin(.named("pause"))),
        call(.named("kill", [.thread(0), 10]), by: 1), Step(0, .finish),
      ])
    #expect(Array(interrupted[2...]) == [.exactly(.blocked), .returns(0), .returns(-4)])
    #expect(
      predict([], [process, call(.named("kill", [.thread(0), 9]), by: 1), Step(0, .end)]).last
        == .exactly(.ended(.signalled(9, core: false))))
    #expect(
      predict(
        [],
        [
          process, call(.named("setresuid", [5, 5, 5]), by: 1),
          call(.named("kill", [.thread(0), 10]), by: 1),
        ]
      ).last
        == .returns(-1))
  }

  @Test("a step whose own call is denied says so")
  func machinery() {
    #expect(predict([only(56, .errno(77))], [call(.install(0)), process]).last == .returns(-77))
    #expect(
      predict([only(13, .killProcess)], [call(.install(0)), Step(0, .handle(signal: 31, .ignore))]).last
        == .killed)
    #expect(predict([], [Step(0, .call(.named("pause"))), call(.getpid)]) == [.exactly(.hung), .notTaken])
  }
}
