import ClassicBPF
import Scripts
import SeccompModel

// TRACE: a tracer is asked (kernel/seccomp.c, `__seccomp_filter`; since 4.8 filters are asked again afterwards).
extension Scenario {
  static let trace = group("trace", asked + redirected + killed)

  /// Actor 0 traces actor 1, whose getpid is answered TRACE; it is stopped in that call. `more` are older filters.
  private static func stopped(
    _ name: String, _ claim: String, needs: [KernelFact] = [], covers: [String] = [], data: UInt16 = 1,
    more: [Filter] = [], number: UInt32 = Number.getpid, call: ScriptCall = .getpid,
    _ steps: (inout Play) -> Void
  ) -> Scenario {
    Scenario(name, claim, needs: [.tracing] + needs, covers: covers) { play in
      play.setNoNewPrivileges()
      play.spawnProcess(1)
      for filter in more { play.install(filter, by: 1) }
      play.install(.on(number, .trace(data)), by: 1)
      play.seize(1, options: Trace.filters)
      play.call(call, .stops, by: 1)
      play.awaitStatus(of: 1, Trace.filterStop)
      steps(&play)
    }
  }

  private static func both(_ names: String...) -> [String] { names.map { "TRACE_syscall.seccomp.\($0)" } }

  private static let asked: [Scenario] = [
    stopped(
      "trace-passes", "a tracer that does nothing lets the call run",
      covers: ["TRACE_poke.getpid_runs_normally"] + both("syscall_allowed")
    ) {
      $0.resume(1)
      $0.finish(1, .positive)
      $0.call(.getppid, .positive, by: 1)
    },
    stopped("trace-message", "the event's message is TRACE's data", data: 0xabcd) {
      $0.traceRead(Trace.eventMessage, 1, 0, is: .exactly(0xabcd))
      $0.resume(1)
      $0.finish(1, .positive)
    },
    stopped("trace-registers", "in the event the number is in orig_rax, and rax is -ENOSYS") {
      $0.traceRead(Trace.peekRegister, 1, Trace.number, is: .exactly(39))
      $0.traceRead(Trace.peekRegister, 1, Trace.result, is: .exactly(UInt64(bitPattern: -38)))
      $0.resume(1)
      $0.finish(1, .positive)
    },
    stopped(
      "trace-tie-message", "of two TRACE the newest filter's data is the message",
      data: 0x22, more: [.on(Number.getpid, .trace(0x11))]
    ) {
      $0.traceRead(Trace.eventMessage, 1, 0, is: .exactly(0x22))
      $0.resume(1)
      $0.finish(1, .positive)
    },
    stopped(
      "trace-memory", "what the tracer writes in the event is there when the call goes on",
      covers: ["TRACE_poke.read_has_side_effects"]
    ) {
      let place = $0.space(8)
      $0.trace(Trace.pokeData, 1, .scratch(place), 0x1001)
      $0.resume(1)
      $0.finish(1, .positive)
      $0.call(.getppid.reading(at: place), StepExpectation.positive.reading(.exactly(0x1001)), by: 1)
    },
    Scenario(
      "trace-without-option", "a tracer without PTRACE_O_TRACESECCOMP is not asked: ENOSYS",
      needs: [.tracing],
      covers: ["global.negative_ENOSYS"] + both("negative_ENOSYS")
    ) {
      $0.setNoNewPrivileges()
      $0.spawnProcess(1)
      $0.install(.on(Number.getpid, .trace(1)), by: 1)
      $0.seize(1, options: 0)
      $0.call(.getpid, .fails(.noSuchCall), by: 1)
    },
    Scenario("trace-after-tracer-left", "when the tracer is gone the call is ENOSYS", needs: [.tracing]) {
      $0.setNoNewPrivileges()
      $0.spawnProcess(1)
      $0.install(.on(Number.getpid, .trace(1)), by: 1)
      $0.seize(1, options: Trace.filters)
      $0.call(.exitGroup(0), .exits(0))
      $0.call(.getpid, .fails(.noSuchCall), by: 1)
    },
    stopped(
      "trace-errno-hides", "an ERRNO of another filter is stronger: the tracer is not asked for that call",
      more: [.on(Number.getppid, .errno(9))]
    ) {
      $0.resume(1)
      $0.finish(1, .positive)
      $0.install(.on(Number.getpid, .errno(8)), by: 1)
      $0.call(.getpid, .returns(-8), by: 1)
    },
    stopped(
      "trace-int80", "by int $0x80 a tracer is asked as well", needs: [.compatCalls], number: Number.getpid32,
      call: .int80("getpid")
    ) {
      $0.traceRead(Trace.peekRegister, 1, Trace.number, is: .exactly(20))
      $0.resume(1)
      $0.finish(1, .positive)
    },
  ]

  /// What the tracer makes of the call.
  private static let redirected: [Scenario] = [
    stopped(
      "trace-skip-error", "with the number -1 the call is skipped, and returns the tracer's rax: an error",
      covers: both("syscall_errno")
    ) {
      $0.setNumber(of: 1, -1)
      $0.setResult(of: 1, -55)
      $0.resume(1)
      $0.finish(1, .returns(-55))
    },
    stopped(
      "trace-skip-value", "with the number -1 the call is skipped, and returns the tracer's rax: a value",
      covers: both("syscall_faked")
    ) {
      $0.setNumber(of: 1, -1)
      $0.setResult(of: 1, 45000)
      $0.resume(1)
      $0.finish(1, .returns(45000))
    },
    stopped("trace-skip-default", "with the number -1 and no other change the call returns ENOSYS") {
      $0.setNumber(of: 1, -1)
      $0.resume(1)
      $0.finish(1, .fails(.noSuchCall))
    },
    stopped("trace-skip-other-negative", "any negative number skips the call") {
      $0.setNumber(of: 1, -5)
      $0.setResult(of: 1, 777)
      $0.resume(1)
      $0.finish(1, .returns(777))
    },
    stopped("trace-result-alone", "rax alone changes nothing: the call runs and overwrites it") {
      $0.setResult(of: 1, 45000)
      $0.resume(1)
      $0.finish(1, .positive)
    },
    stopped("trace-redirect", "with another number that call runs", covers: both("syscall_redirected")) {
      $0.setNumber(of: 1, 24)
      $0.resume(1)
      $0.finish(1, .returns(0))
    },
    stopped(
      "trace-redirect-to-errno", "the new number is filtered: ERRNO", covers: both("skip_after"),
      more: [.on(Number.getppid, .errno(9))]
    ) {
      $0.setNumber(of: 1, Int64(Number.getppid))
      $0.resume(1)
      $0.finish(1, .returns(-9))
    },
    stopped(
      "trace-redirect-to-trap", "the new number is filtered: TRAP, told with the new number",
      more: [.on(Number.getppid, .trap(9))]
    ) {
      $0.setNumber(of: 1, Int64(Number.getppid))
      $0.resume(1)
      // SIGSYS stops for the tracer, which suppresses it.
      $0.finish(1, .stops)
      $0.awaitStatus(of: 1, Trace.badCallStop)
      let information = $0.space(128)
      $0.call(
        ScriptCall.named("ptrace", [.value(Trace.signalInfo), .thread(1), 0, .scratch(information)])
          .reading(at: information, 4),
        StepExpectation.returns(0).reading(
          .exactly(31 | 9 << 32), .exactly(1), .notZero, .exactly(110 | UInt64(AuditToken.x86_64) << 32)))
      $0.resume(1)
      $0.finish(1, .returns(110))
    },
    stopped(
      "trace-redirect-to-trace", "the new number is answered TRACE: no second event, the call runs",
      more: [.on(24, .trace(2))]
    ) {
      $0.setNumber(of: 1, 24)
      $0.resume(1)
      $0.finish(1, .returns(0))
    },
    stopped(
      "trace-redirect-to-notify", "the new number is filtered: USER_NOTIF without a listener",
      needs: [.userNotification], more: [.on(24, .notify)]
    ) {
      $0.setNumber(of: 1, 24)
      $0.resume(1)
      $0.finish(1, .fails(.noSuchCall))
    },
    stopped("trace-redirect-to-unused", "a new number of no call is ENOSYS") {
      $0.setNumber(of: 1, 5000)
      $0.resume(1)
      $0.finish(1, .fails(.noSuchCall))
    },
    stopped(
      "trace-redirect-to-uprobe", "the new number 336 is exempt although a filter denies it",
      needs: [.uprobeExempt], more: [.on(Number.uprobe, .errno(9))]
    ) {
      $0.setNumber(of: 1, Int64(Number.uprobe))
      $0.resume(1)
      $0.finish(1, .returnsAny(-6, -71))
    },
    stopped(
      "trace-minus-one", "the number -1 is asked about, and skipped when nothing changes", number: .max,
      call: .syscall(.max)
    ) {
      $0.resume(1)
      $0.finish(1, .fails(.noSuchCall))
    },
    stopped(
      "trace-minus-one-value", "the number -1 returns the rax that the tracer sets", number: .max,
      call: .syscall(.max)
    ) {
      $0.setResult(of: 1, 777)
      $0.resume(1)
      $0.finish(1, .returns(777))
    },
    stopped(
      "trace-minus-one-redirect", "the number -1 that becomes a call's runs that call", number: .max,
      call: .syscall(.max)
    ) {
      $0.setNumber(of: 1, 24)
      $0.resume(1)
      $0.finish(1, .returns(0))
    },
  ]

  private static let killed: [Scenario] = [
    stopped(
      "trace-redirect-to-kill", "the new number is filtered: KILL_PROCESS", needs: [.fullActions],
      covers: both("kill_after"), more: [.on(Number.getppid, .killProcess)]
    ) {
      $0.setNumber(of: 1, Int64(Number.getppid))
      $0.resume(1)
      $0.finish(1, .init(.ended(.unknown)))
      $0.awaitStatus(of: 1, 31)
    },
    Scenario(
      "trace-killed-without-event", "a call that is killed is not asked about",
      needs: [.tracing, .fullActions],
      covers: both("kill_immediate")
    ) {
      $0.setNoNewPrivileges()
      $0.spawnProcess(1)
      $0.install(.on(Number.getpid, .trace(1)), by: 1)
      $0.install(.on(Number.getpid, .killProcess), by: 1)
      $0.seize(1, options: Trace.filters)
      $0.call(.getpid, .init(.ended(.unknown)), by: 1)
      $0.awaitStatus(of: 1, 31)
    },
    Scenario(
      "kill-stops-at-exit-only", "KILL_PROCESS has no signal stop for a tracer, only that of the exit",
      needs: [.tracing, .fullActions]
    ) {
      $0.setNoNewPrivileges()
      $0.spawnProcess(1)
      $0.install(.on(Number.getpid, .killProcess), by: 1)
      $0.seize(1, options: Trace.filters | Trace.exits)
      $0.call(.getpid, .stops, by: 1)
      $0.awaitStatus(of: 1, Trace.exitStop)
      $0.traceRead(Trace.eventMessage, 1, 0, is: .exactly(31))
      $0.resume(1)
      $0.finish(1, .init(.ended(.unknown)))
      $0.awaitStatus(of: 1, 31)
    },
    Scenario(
      "trap-stops-for-tracer", "TRAP is a signal stop for a tracer, which may let it be fatal",
      needs: [.tracing]
    ) {
      $0.setNoNewPrivileges()
      $0.spawnProcess(1)
      $0.install(.on(Number.getpid, .trap(5)), by: 1)
      $0.seize(1, options: 0)
      $0.call(.getpid, .stops, by: 1)
      $0.awaitStatus(of: 1, Trace.badCallStop)
      $0.resume(1, signal: 31)
      $0.finish(1, .init(.ended(.unknown)))
      $0.awaitStatus(of: 1, 31)
    },
    Scenario(
      "trap-suppressed-by-tracer", "a TRAP that the tracer suppresses leaves the number as the result",
      needs: [.tracing]
    ) {
      $0.setNoNewPrivileges()
      $0.spawnProcess(1)
      $0.install(.on(Number.getpid, .trap(5)), by: 1)
      $0.seize(1, options: 0)
      $0.call(.getpid, .stops, by: 1)
      $0.awaitStatus(of: 1, Trace.badCallStop)
      $0.resume(1)
      $0.finish(1, .returns(39))
    },
    stopped("trace-killed-while-stopped", "a tracee that is killed in the event does not make the call") {
      $0.call(.named("kill", [.thread(1), 9]))
      $0.finish(1, .init(.ended(.unknown)))
      $0.awaitStatus(of: 1, 9)
    },
  ]
}
