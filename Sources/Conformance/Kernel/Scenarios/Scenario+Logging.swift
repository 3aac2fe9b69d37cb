import ClassicBPF
import Scripts
import SeccompModel

// What the audit log says (kernel/seccomp.c, `seccomp_log`; kernel/auditsc.c, `audit_seccomp`). Each scenario has a number of
// its own, of no call, so that no other process's record can be taken for its own.
extension Scenario {
  static let logging = group("logging", unasked + flagged + others)

  private static func logs(
    _ name: String, _ claim: String, _ number: UInt32, _ action: Action, flags: FilterFlags = [],
    _ expected: StepExpectation, signal: Int32 = 0, isLogged: Bool
  ) -> Scenario {
    Scenario(name, claim, needs: [.auditLog, .fullActions]) {
      $0.setNoNewPrivileges()
      $0.handle(.record(flags: []))
      $0.install(.on(number, action), flags: flags)
      $0.call(.syscall(UInt64(number)), expected)
      $0.expect(
        record: RecordExpectation(
          number: Int32(number), architecture: AuditToken.x86_64, code: action.verdict.actionBits,
          signal: signal,
          isPresent: isLogged))
    }
  }

  private static let noCall = StepExpectation.fails(.noSuchCall)
  private static let killed = StepExpectation.dies(by: Signal.badCall)

  private static func trapped(_ number: Int32) -> StepExpectation {
    .traps(.init(errno: 1, number: number), returning: Int64(number))
  }

  private static let unasked: [Scenario] = [
    logs("log-action", "LOG is logged", 0x0c0d_5101, .log, noCall, isLogged: true),
    logs(
      "log-kill-process", "KILL_PROCESS is logged, with the signal", 0x0c0d_5102, .killProcess, killed,
      signal: 31,
      isLogged: true),
    logs(
      "log-kill-thread", "KILL_THREAD is logged, with the signal", 0x0c0d_5103, .killThread, killed,
      signal: 31,
      isLogged: true),
    logs(
      "log-unknown", "an unknown action is logged with its own value", 0x0c0d_5104, .unknown(0x1000_0000),
      killed,
      signal: 31,
      isLogged: true),
    logs("log-allow", "ALLOW is not logged", 0x0c0d_5105, .allow, noCall, isLogged: false),
    logs(
      "log-errno", "ERRNO is not logged without FILTER_FLAG_LOG", 0x0c0d_5106, .errno(5), .returns(-5),
      isLogged: false),
    logs(
      "log-trap", "TRAP is not logged without FILTER_FLAG_LOG", 0x0c0d_5107, .trap(1), trapped(0x0c0d_5107),
      isLogged: false
    ),
    logs(
      "log-trace", "TRACE is not logged without FILTER_FLAG_LOG", 0x0c0d_5108, .trace(1), noCall,
      isLogged: false),
    logs(
      "log-notify", "USER_NOTIF is not logged without FILTER_FLAG_LOG", 0x0c0d_5109, .notify, noCall,
      isLogged: false
    ),
  ]

  private static let flagged: [Scenario] = [
    logs(
      "log-flag-errno", "ERRNO is logged with FILTER_FLAG_LOG, without its data", 0x0c0d_5111, .errno(5),
      flags: .log, .returns(-5), isLogged: true),
    logs(
      "log-flag-trap", "TRAP is logged with FILTER_FLAG_LOG", 0x0c0d_5112, .trap(1), flags: .log,
      trapped(0x0c0d_5112),
      isLogged: true),
    logs(
      "log-flag-trace", "TRACE without a tracer is logged with FILTER_FLAG_LOG", 0x0c0d_5113, .trace(1),
      flags: .log,
      noCall, isLogged: true),
    logs(
      "log-flag-notify", "USER_NOTIF without a listener is logged with FILTER_FLAG_LOG", 0x0c0d_5114, .notify,
      flags: .log, noCall, isLogged: true),
    logs(
      "log-flag-allow", "ALLOW is not logged with FILTER_FLAG_LOG either", 0x0c0d_5115, .allow, flags: .log,
      noCall,
      isLogged: false),
  ]

  private static func tie(_ name: String, _ claim: String, _ number: UInt32, newestLogs: Bool) -> Scenario {
    Scenario(name, claim, needs: [.auditLog, .fullActions]) {
      $0.setNoNewPrivileges()
      $0.install(.on(number, .errno(5)), flags: newestLogs ? [] : .log)
      $0.install(.on(number, .errno(6)), flags: newestLogs ? .log : [])
      $0.call(.syscall(UInt64(number)), .returns(-6))
      $0.expect(
        record: RecordExpectation(
          number: Int32(number), architecture: AuditToken.x86_64, code: 0x0005_0000, signal: 0,
          isPresent: newestLogs))
    }
  }

  private static let others: [Scenario] = [
    tie(
      "log-tie-newest", "of two ERRNO the newest filter's FILTER_FLAG_LOG counts: set", 0x0c0d_5121,
      newestLogs: true
    ),
    tie(
      "log-tie-oldest", "of two ERRNO the newest filter's FILTER_FLAG_LOG counts: not set", 0x0c0d_5122,
      newestLogs: false),
    Scenario(
      "log-int80", "the log tells the 32-bit architecture of a call by int $0x80",
      needs: [.auditLog, .compatCalls]
    ) {
      $0.setNoNewPrivileges()
      $0.install(.on(0x0c0d_5123, .errno(5)), flags: .log)
      $0.call(ScriptCall(.int80, rax: 0x0c0d_5123), .returns(-5))
      $0.expect(
        record: RecordExpectation(
          number: 0x0c0d_5123, architecture: AuditToken.i386, code: 0x0005_0000, signal: 0, isPresent: true))
    },
    Scenario("log-strict", "a kill by strict mode is logged as KILL_THREAD, with SIGKILL", needs: [.auditLog])
    {
      $0.spin()
      $0.call(.enterStrictMode)
      $0.call(.syscall(0x0c0d_5124), .dies(by: Signal.kill))
      $0.expect(
        record: RecordExpectation(
          number: 0x0c0d_5124, architecture: AuditToken.x86_64, code: 0, signal: Signal.kill, isPresent: true)
      )
    },
  ]
}
