import ClassicBPF
import Scripts
import SeccompModel

// A tracer that stops a call at its beginning (PTRACE_SYSCALL) comes before the filters (since 4.8; kernel/entry), and what
// it makes of the call is what they are asked about. Signals that it injects at the call's end meet ERRNO's restart codes.
extension Scenario {
  static let entryStop = group("entry-stop", rewritten + restartCodes)

  /// Actor 0 stops actor 1 at the beginning of `call`. Actor 1 waits for its turn without calls of its own.
  private static func atEntry(
    _ name: String, _ claim: String, needs: [KernelFact] = [], covers: [String] = [], _ filter: Filter,
    prepare: (inout Play) -> Void = { _ in }, call: ScriptCall = .getppid, _ steps: (inout Play) -> Void
  ) -> Scenario {
    Scenario(name, claim, needs: [.tracing] + needs, covers: covers.map { "TRACE_syscall.ptrace.\($0)" }) {
      play in
      play.setNoNewPrivileges()
      play.spawnProcess(1)
      prepare(&play)
      play.install(filter, by: 1)
      play.spin(1)
      play.seize(1, options: Trace.goodCalls)
      play.resumeToCall(ofIdle: 1)
      play.call(call, .stops, by: 1)
      play.awaitStatus(of: 1, Trace.callStop)
      steps(&play)
    }
  }

  private static let rewritten: [Scenario] = [
    atEntry(
      "entry-stop-passes", "a call that is allowed runs after the stop at its beginning",
      covers: ["syscall_allowed"], .on(Number.unused, .errno(9))
    ) {
      $0.resume(1)
      $0.finish(1, .positive)
    },
    atEntry(
      "entry-stop-into-errno", "a number changed into a denied one is denied", covers: ["skip_after"],
      .on(Number.unused, .errno(9))
    ) {
      $0.setNumber(of: 1, 5000)
      $0.resume(1)
      $0.finish(1, .returns(-9))
    },
    atEntry(
      "entry-stop-into-kill", "a number changed into a killed one is killed", needs: [.fullActions],
      covers: ["kill_after"], .on(Number.unused, .killProcess)
    ) {
      $0.setNumber(of: 1, 5000)
      $0.resume(1)
      $0.finish(1, .init(.ended(.unknown)))
      $0.awaitStatus(of: 1, 31)
    },
    atEntry(
      "entry-stop-away-from-kill", "a number changed away from a killed one is not killed",
      needs: [.fullActions], covers: ["syscall_redirected"], .on(Number.getppid, .killProcess)
    ) {
      $0.setNumber(of: 1, 24)
      $0.resume(1)
      $0.finish(1, .returns(0))
    },
    atEntry(
      "entry-stop-killed", "a call that is killed is killed after the stop at its beginning",
      needs: [.fullActions], covers: ["kill_immediate"], .on(Number.getppid, .killProcess)
    ) {
      $0.resume(1)
      $0.finish(1, .init(.ended(.unknown)))
      $0.awaitStatus(of: 1, 31)
    },
    atEntry(
      "entry-stop-skip-error",
      "with the number -1 the call is skipped and returns the tracer's rax: an error",
      covers: ["syscall_errno"], .on(Number.unused, .errno(9))
    ) {
      $0.setNumber(of: 1, -1)
      $0.setResult(of: 1, -3)
      $0.resume(1)
      $0.finish(1, .returns(-3))
    },
    atEntry(
      "entry-stop-skip-value", "with the number -1 the call is skipped and returns the tracer's rax: a value",
      covers: ["syscall_faked"], .on(Number.unused, .errno(9))
    ) {
      $0.setNumber(of: 1, -1)
      $0.setResult(of: 1, 45000)
      $0.resume(1)
      $0.finish(1, .returns(45000))
    },
    atEntry(
      "entry-stop-minus-one", "the number -1 is ENOSYS after the stop at its beginning",
      covers: ["negative_ENOSYS"], .on(Number.unused, .errno(9)), call: .syscall(.max)
    ) {
      $0.resume(1)
      $0.finish(1, .fails(.noSuchCall))
    },
    atEntry(
      "entry-stop-sees-errno-at-exit", "a denied call stops at its end, with the errno in rax",
      .on(Number.getppid, .errno(9))
    ) {
      $0.trace(Trace.resumeToCall, 1)
      $0.finish(1, .stops)
      $0.awaitStatus(of: 1, Trace.callStop)
      $0.traceRead(Trace.peekRegister, 1, Trace.result, is: .exactly(UInt64(bitPattern: -9)))
      $0.resume(1)
      $0.finish(1, .returns(-9))
    },
  ]

  // MARK: Restart codes

  /// With a signal's handler to run at the call's end an ERRNO of 512 to 516 is what it means to the kernel: to make the call
  /// again, or EINTR (arch/x86/kernel/signal.c, `handle_signal`). Made again it is denied again, now without a signal.
  private static func restarted(
    _ errno: UInt16, restarting: Bool, _ expected: Int64
  ) -> Scenario {
    atEntry(
      "restart-\(errno)-\(restarting ? "sa-restart" : "plain")",
      "ERRNO \(errno) with a handler to run, \(restarting ? "SA_RESTART" : "no SA_RESTART"), "
        + (expected == -4 ? "is EINTR" : errno == 515 ? "is given back as it is" : "makes the call again"),
      .on(Number.getppid, .errno(errno)),
      prepare: {
        $0.handle(.record(flags: restarting ? .restart : []), of: Signal.user1, by: 1)
      }
    ) {
      $0.trace(Trace.resumeToCall, 1)
      $0.finish(1, .stops)
      $0.awaitStatus(of: 1, Trace.callStop)
      // What the tracer injects at the end of a call it is asked about once more.
      $0.resume(1, signal: UInt64(Signal.user1))
      $0.finish(1, .stops)
      $0.awaitStatus(of: 1, Trace.signalStop)
      $0.resume(1, signal: UInt64(Signal.user1))
      $0.finish(1, StepExpectation.returns(expected).after(signals: 1))
    }
  }

  private static let restartCodes = [
    restarted(4, restarting: true, -4), restarted(512, restarting: false, -4),
    restarted(512, restarting: true, -512), restarted(513, restarting: false, -513),
    restarted(513, restarting: true, -513), restarted(514, restarting: false, -4),
    restarted(514, restarting: true, -4), restarted(515, restarting: true, -515),
    restarted(516, restarting: false, -4), restarted(516, restarting: true, -4),
  ]
}
