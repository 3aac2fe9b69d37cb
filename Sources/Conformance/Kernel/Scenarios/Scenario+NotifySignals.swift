import ClassicBPF
import Scripts
import SeccompModel

// Signals and other processes: a notified call that is interrupted, or whose caller is gone (kernel/seccomp.c,
// `seccomp_do_user_notification`).
extension Scenario {
  static let notifySignals = group("notify-signals", interrupted + killable + processes)

  private static let base: [KernelFact] = [.userNotification, .memoryCopy]

  /// A thread, actor 1, has a handler for SIGUSR1 and waits in a notified getppid.
  private static func waiting(
    _ name: String, _ claim: String, needs: [KernelFact] = [], covers: [String] = [],
    flags: FilterFlags = [], restarting: Bool = false, _ steps: (inout Play, _ listener: Int) -> Void
  ) -> Scenario {
    Scenario(name, claim, needs: base + needs, covers: covers) { play in
      play.setNoNewPrivileges()
      play.handle(.record(flags: restarting ? .restart : []), of: Signal.user1)
      play.spawnThread(1)
      let listener = play.listen(.on(Number.getppid, .notify), flags: flags, by: 1)
      play.begin(.getppid, by: 1)
      steps(&play, listener)
    }
  }

  private static func signal(in play: inout Play) {
    play.call(.named("tgkill", [.thread(0), .thread(1), .value(UInt64(Signal.user1))]))
  }

  private static let interrupted: [Scenario] = [
    waiting(
      "signal-before-receive",
      "a signal before the call is received interrupts it: EINTR, and it is forgotten"
    ) {
      play, listener in
      signal(in: &play)
      play.finish(1, StepExpectation.fails(.interrupted).after(signals: 1))
      play.call(.named("dup2", [.result(listener), 50]), .returns(50))
      let place = play.memory(words: 50 | 5 << 32)
      play.call(
        ScriptCall.named("poll", [.scratch(place), 1, 0]).reading(at: place),
        StepExpectation.returns(0).reading(.exactly(50 | 5 << 32)))
    },
    waiting(
      "signal-after-receive",
      "a signal after the call was received interrupts it: EINTR, and the reply is ENOENT",
      covers: ["global.user_notification_signal"]
    ) { play, listener in
      let notification = play.receive(listener)
      signal(in: &play)
      play.finish(1, StepExpectation.fails(.interrupted).after(signals: 1))
      play.call(Notify.isValid(listener, at: notification), .fails(.noEntry))
      play.reply(listener, to: notification, .init(value: 6), .fails(.noEntry))
    },
    waiting(
      "signal-with-restart", "with SA_RESTART the call is made again, with an id of its own",
      restarting: true
    ) { play, listener in
      let first = play.receive(listener)
      signal(in: &play)
      let second = play.receive(listener)
      play.reply(listener, to: first, .init(value: 6), .fails(.noEntry))
      play.reply(listener, to: second, value: 7)
      play.finish(1, StepExpectation.returns(7).after(signals: 1))
    },
    waiting("signal-ignored", "a signal that is ignored interrupts nothing") { play, listener in
      play.handle(.ignore, of: Signal.user1)
      let notification = play.receive(listener)
      signal(in: &play)
      play.reply(listener, to: notification, value: 7)
      play.finish(1, StepExpectation.returns(7).after(signals: 0))
    },
  ]

  private static let killable: [Scenario] = [
    waiting(
      "killable-before-receive", "WAIT_KILLABLE_RECV: a signal before the call is received interrupts it",
      needs: [.flag(32)], covers: ["global.user_notification_wait_killable_pre_notification"],
      flags: .waitKillable
    ) { play, _ in
      signal(in: &play)
      play.finish(1, StepExpectation.fails(.interrupted).after(signals: 1))
    },
    waiting(
      "killable-after-receive",
      "WAIT_KILLABLE_RECV: a signal after the call was received waits for the reply",
      needs: [.flag(32)], covers: ["global.user_notification_wait_killable"], flags: .waitKillable
    ) { play, listener in
      let notification = play.receive(listener)
      signal(in: &play)
      play.call(Notify.isValid(listener, at: notification))
      play.reply(listener, to: notification, value: 55)
      play.finish(1, StepExpectation.returns(55).after(signals: 1))
    },
    waiting(
      "killable-after-reply", "WAIT_KILLABLE_RECV: a signal right after the reply does not undo it",
      needs: [.flag(32), .since(6, 18, "a reply that was given is not lost to a signal")],
      covers: ["global.user_notification_wait_killable_after_reply"], flags: .waitKillable
    ) { play, listener in
      let notification = play.receive(listener)
      play.reply(listener, to: notification, value: 55)
      signal(in: &play)
      play.finish(1, .returns(55))
    },
    Scenario(
      "killable-fatal", "WAIT_KILLABLE_RECV: a fatal signal ends the caller", needs: base + [.flag(32)],
      covers: ["global.user_notification_wait_killable_fatal"]
    ) {
      $0.setNoNewPrivileges()
      let listener = $0.listen(.on(Number.getppid, .notify), flags: .waitKillable)
      $0.spawnProcess(1)
      $0.begin(.getppid, by: 1)
      let notification = $0.receive(listener)
      $0.call(.named("kill", [.thread(1), 9]))
      $0.end(of: 1, .dies(by: Signal.kill))
      $0.reply(listener, to: notification, .init(value: 6), .fails(.noEntry))
    },
  ]

  private static let processes: [Scenario] = [
    Scenario(
      "notified-child", "a listener hears of the calls of a child process", needs: base,
      covers: ["global.user_notification_basic"]
    ) {
      $0.setNoNewPrivileges()
      let listener = $0.listen(.on(Number.getppid, .notify))
      $0.spawnProcess(1)
      $0.begin(.getppid, by: 1)
      let notification = $0.receive(listener)
      $0.reply(listener, to: notification, value: 8)
      $0.finish(1, .returns(8))
    },
    Scenario(
      "notified-killed-after-receive", "a reply to a caller that was killed is ENOENT", needs: base,
      covers: ["global.user_notification_kill_in_middle"]
    ) {
      $0.setNoNewPrivileges()
      let listener = $0.listen(.on(Number.getppid, .notify))
      $0.spawnProcess(1)
      $0.begin(.getppid, by: 1)
      let notification = $0.receive(listener)
      $0.call(Notify.isValid(listener, at: notification))
      $0.call(.named("kill", [.thread(1), 9]))
      $0.end(of: 1, .dies(by: Signal.kill))
      $0.call(Notify.isValid(listener, at: notification), .fails(.noEntry))
      $0.reply(listener, to: notification, .init(value: 6), .fails(.noEntry))
    },
    Scenario(
      "notified-killed-before-receive", "a caller that was killed before is not received: the next one is",
      needs: base
    ) {
      $0.setNoNewPrivileges()
      let listener = $0.listen(.on(Number.getppid, .notify))
      $0.spawnProcess(1)
      $0.spawnProcess(2)
      let id = $0.call(.named("gettid"), .positive, by: 2)
      $0.begin(.getppid, by: 1)
      $0.begin(.getppid, by: 2)
      $0.call(.named("kill", [.thread(1), 9]))
      $0.end(of: 1, .dies(by: Signal.kill))
      let place = $0.space(80)
      $0.call(
        Notify.receive(listener, at: place).reading(at: place, 2),
        StepExpectation.returns(0).reading(.notZero, .asStep(id)))
      $0.reply(listener, to: place, value: 8)
      $0.finish(2, .returns(8))
    },
    Scenario(
      "notified-from-child-namespace", "a caller in a PID namespace below is named as the listener's sees it",
      needs: base + [.privilege], covers: ["global.user_notification_child_pid_ns"]
    ) {
      $0.setNoNewPrivileges()
      let listener = $0.listen(.on(Number.getppid, .notify))
      $0.spawnProcess(1, flags: UInt32(Namespace.process))
      $0.call(.getpid, .returns(1), by: 1)
      $0.begin(.getppid, by: 1)
      let place = $0.space(80)
      $0.call(
        Notify.receive(listener, at: place).reading(at: place, 2),
        StepExpectation.returns(0).reading(.notZero, .notZero))
      $0.reply(listener, to: place, value: 8)
      $0.finish(1, .returns(8))
    },
    Scenario(
      "notified-from-other-namespace", "a caller that the listener's PID namespace does not see has pid 0",
      needs: base + [.privilege], covers: ["global.user_notification_sibling_pid_ns"]
    ) {
      $0.setNoNewPrivileges()
      let listener = $0.listen(.on(Number.getppid, .notify))
      $0.spawnProcess(1)
      $0.spawnProcess(2, flags: UInt32(Namespace.process))
      $0.begin(.getppid, by: 1)
      let place = $0.space(80)
      $0.call(
        Notify.receive(listener, at: place).reading(at: place, 2),
        StepExpectation.returns(0).reading(.notZero, .exactly(0)), by: 2)
    },
    Scenario(
      "notified-by-taken-listener", "a process that took the listener by pidfd_getfd answers",
      needs: base + [.privilege]
    ) {
      $0.setNoNewPrivileges()
      $0.spawnProcess(1)
      let own = $0.listen(.on(Number.getppid, .notify), by: 1)
      $0.begin(.getppid, by: 1)
      let process = $0.call(.syscall(434, .thread(1), 0), .succeeds)
      let listener = $0.call(.syscall(438, .result(process), .result(own), 0), .succeeds)
      let notification = $0.receive(listener)
      $0.reply(listener, to: notification, value: 8)
      $0.finish(1, .returns(8))
    },
  ]
}
