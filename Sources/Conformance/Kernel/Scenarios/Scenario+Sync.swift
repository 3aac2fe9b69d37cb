import ClassicBPF
import Scripts
import SeccompModel

// SECCOMP_FILTER_FLAG_TSYNC: a filter for all threads (kernel/seccomp.c, `seccomp_can_sync_threads`,
// `seccomp_sync_threads`).
extension Scenario {
  static let sync = group("sync", successes + refusals + edges)

  private static let denial = Filter.on(Number.getpid, .errno(5))
  private static let other = Filter.on(Number.unused, .errno(1))

  private static func upstream(_ names: String...) -> [String] { names.map { "TSYNC.\($0)" } }

  private static let successes: [Scenario] = [
    Scenario(
      "sync-alone", "TSYNC in a process of one thread is like an installation", covers: ["global.TSYNC_first"]
    ) {
      $0.setNoNewPrivileges()
      $0.install(denial, flags: .sync)
      $0.call(.getpid, .returns(-5))
    },
    Scenario(
      "sync-unfiltered-siblings", "TSYNC binds siblings that have no filter",
      covers: upstream("two_siblings_with_no_filter")
    ) {
      $0.spawnThread(1)
      $0.spawnThread(2)
      $0.setNoNewPrivileges()
      $0.install(denial, flags: .sync)
      for actor in 0...2 { $0.call(.getpid, .returns(-5), by: actor) }
      for actor in 0...2 { $0.status(of: actor, mode: 2, filters: 1, noNewPrivileges: true) }
    },
    Scenario(
      "sync-gives-no-new-privs", "TSYNC hands no_new_privs to the siblings",
      covers: upstream("two_sibling_want_nnp")
    ) {
      $0.spawnThread(1)
      $0.setNoNewPrivileges()
      $0.call(.named("prctl", [39, 0, 0, 0, 0]), .returns(0), by: 1)
      $0.install(denial, flags: .sync)
      $0.call(.named("prctl", [39, 0, 0, 0, 0]), .returns(1), by: 1)
    },
    Scenario(
      "sync-without-no-new-privs", "TSYNC of a privileged caller leaves no_new_privs of siblings unset",
      needs: [.privilege]
    ) {
      $0.spawnThread(1)
      $0.install(denial, flags: .sync)
      $0.call(.getpid, .returns(-5), by: 1)
      $0.status(of: 1, mode: 2, filters: 1, noNewPrivileges: false)
    },
    Scenario(
      "sync-with-ancestor", "TSYNC binds siblings whose filters are the caller's older ones",
      covers: upstream("two_siblings_with_ancestor")
    ) {
      $0.setNoNewPrivileges()
      $0.install(other)
      $0.spawnThread(1)
      $0.spawnThread(2)
      $0.install(denial, flags: .sync)
      for actor in 0...2 {
        $0.call(.getpid, .returns(-5), by: actor)
        $0.status(of: actor, mode: 2, filters: 2)
      }
    },
    Scenario("sync-caller-ahead", "TSYNC hands siblings the caller's newer filters too") {
      $0.setNoNewPrivileges()
      $0.install(other)
      $0.spawnThread(1)
      $0.install(.on(Number.getppid, .errno(6)))
      $0.call(.getppid, .positive, by: 1)
      $0.install(denial, flags: .sync)
      $0.call(.getppid, .returns(-6), by: 1)
      $0.call(.getpid, .returns(-5), by: 1)
      $0.status(of: 1, mode: 2, filters: 3)
    },
    Scenario("sync-by-thread", "TSYNC by a second thread binds the first") {
      $0.setNoNewPrivileges()
      $0.spawnThread(1)
      $0.install(denial, flags: .sync, by: 1)
      $0.call(.getpid, .returns(-5), by: 0)
    },
    Scenario("sync-without-flag", "without TSYNC siblings are left alone") {
      $0.setNoNewPrivileges()
      $0.spawnThread(1)
      $0.install(denial)
      $0.call(.getpid, .returns(-5))
      $0.call(.getpid, .positive, by: 1)
      $0.status(of: 1, mode: 0, filters: 0)
    },
    Scenario("sync-leaves-other-processes", "TSYNC binds no other process") {
      $0.setNoNewPrivileges()
      $0.spawnProcess(1)
      $0.install(denial, flags: .sync)
      $0.call(.getpid, .positive, by: 1)
    },
    Scenario("sync-kill-thread", "KILL_THREAD handed over by TSYNC ends the sibling that calls") {
      $0.setNoNewPrivileges()
      $0.spawnThread(1)
      $0.install(.on(Number.getpid, .killThread), flags: .sync)
      $0.call(.getpid, .threadEnds, by: 1)
      $0.call(.getppid, .positive)
    },
  ]

  /// One sibling, or two, with a filter of their own.
  private static let refusals: [Scenario] = [
    Scenario(
      "sync-diverged", "TSYNC with a sibling of other filters returns its thread id and installs nothing",
      covers: upstream("two_siblings_with_one_divergence", "siblings_fail_prctl")
    ) {
      $0.setNoNewPrivileges()
      $0.spawnThread(1)
      $0.spawnThread(2)
      let program = $0.filter(other)
      $0.call(.installByPrctl(program), by: 1)
      let tid = $0.call(.named("gettid"), .positive, by: 1)
      $0.install(denial, flags: .sync, .same(as: tid))
      for actor in 0...2 { $0.call(.getpid, .positive, by: actor) }
      $0.status(of: 0, mode: 0, filters: 0)
      $0.status(of: 2, mode: 0, filters: 0)
    },
    Scenario(
      "sync-diverged-error", "with TSYNC_ESRCH the refusal is ESRCH", needs: [.flag(16)],
      covers: upstream("two_siblings_with_one_divergence_no_tid_in_err")
    ) {
      $0.setNoNewPrivileges()
      $0.spawnThread(1)
      $0.install(other, by: 1)
      $0.install(denial, flags: [.sync, .syncError], .fails(.noSuchProcess))
      $0.call(.getpid, .positive)
      $0.status(of: 0, mode: 0, filters: 0)
    },
    Scenario("sync-same-program-diverged", "equal programs installed twice are not the same filter") {
      $0.setNoNewPrivileges()
      $0.spawnThread(1)
      $0.install(other, by: 0)
      $0.install(other, by: 1)
      let tid = $0.call(.named("gettid"), .positive, by: 1)
      $0.install(denial, flags: .sync, .same(as: tid))
    },
    Scenario("sync-sibling-ahead", "TSYNC with a sibling that has newer filters on the caller's is refused") {
      $0.setNoNewPrivileges()
      $0.install(other)
      $0.spawnThread(1)
      $0.install(.on(Number.getppid, .errno(6)), by: 1)
      let tid = $0.call(.named("gettid"), .positive, by: 1)
      $0.install(denial, flags: .sync, .same(as: tid))
      $0.status(of: 0, mode: 2, filters: 1)
      $0.status(of: 1, mode: 2, filters: 2)
    },
    Scenario("sync-strict-sibling", "TSYNC with a sibling in strict mode returns its thread id") {
      $0.setNoNewPrivileges()
      $0.spawnThread(1)
      let tid = $0.call(.named("gettid"), .positive, by: 1)
      $0.spin(1)
      $0.call(.enterStrictMode, by: 1)
      $0.install(denial, flags: .sync, .same(as: tid))
      $0.call(.getpid, .positive)
    },
    Scenario(
      "sync-strict-sibling-error", "with TSYNC_ESRCH a sibling in strict mode is ESRCH", needs: [.flag(16)]
    ) {
      $0.setNoNewPrivileges()
      $0.spawnThread(1)
      $0.spin(1)
      $0.call(.enterStrictMode, by: 1)
      $0.install(denial, flags: [.sync, .syncError], .fails(.noSuchProcess))
    },
    Scenario(
      "sync-after-divergence-ended", "TSYNC works again when the diverged sibling is gone",
      covers: upstream("two_siblings_not_under_filter")
    ) {
      $0.setNoNewPrivileges()
      $0.spawnThread(1)
      $0.spawnThread(2)
      $0.install(other, by: 1)
      let tid = $0.call(.named("gettid"), .positive, by: 1)
      $0.install(denial, flags: .sync, .same(as: tid))
      $0.call(.exit(0), .threadEnds, by: 1)
      $0.install(denial, flags: .sync)
      $0.call(.getpid, .returns(-5), by: 2)
    },
  ]

  private static let edges: [Scenario] = [
    Scenario("sync-wrong-program", "TSYNC of a program that is refused changes nobody") {
      $0.setNoNewPrivileges()
      $0.spawnThread(1)
      $0.install(.before(Instruction(code: 0xffff)), flags: .sync, .fails(.invalid))
      $0.status(of: 0, mode: 0, filters: 0)
      $0.status(of: 1, mode: 0, filters: 0, noNewPrivileges: true)
    },
    Scenario(
      "sync-with-listener", "TSYNC and NEW_LISTENER with TSYNC_ESRCH: a descriptor, and all are bound",
      needs: [.flag(16), .userNotification], covers: ["global.user_notification_with_tsync"]
    ) {
      $0.setNoNewPrivileges()
      $0.spawnThread(1)
      let listener = $0.listen(.on(Number.getppid, .notify), flags: [.sync, .syncError])
      $0.begin(.getppid, by: 1)
      let notification = $0.receive(listener)
      $0.reply(listener, to: notification, value: 77)
      $0.finish(1, .returns(77))
    },
    Scenario(
      "sync-with-listener-refused",
      "TSYNC and NEW_LISTENER with a diverged sibling: ESRCH, and no descriptor",
      needs: [.flag(16), .userNotification], covers: ["global.user_notification_with_tsync"]
    ) {
      $0.setNoNewPrivileges()
      $0.spawnThread(1)
      $0.install(other, by: 1)
      let first = $0.call(.named("dup", [3]), .succeeds)
      $0.install(
        .on(Number.getppid, .notify), flags: [.sync, .syncError, .newListener], .fails(.noSuchProcess))
      // The next descriptor is the one behind the first.
      $0.call(.named("close", [.result(first)]))
      $0.call(.named("dup", [3]), .same(as: first))
      $0.call(.getppid, .positive)
    },
    Scenario(
      "sync-dead-leader", "a first thread that has exited does not keep TSYNC from working",
      needs: [.since(6, 11, "a dead first thread is passed over by TSYNC")],
      covers: ["global.tsync_vs_dead_thread_leader"]
    ) {
      $0.setNoNewPrivileges()
      $0.spawnThread(1)
      $0.spawnThread(2)
      $0.install(other, by: 0)
      $0.call(.exit(0), .threadEnds, by: 0)
      $0.install(denial, flags: .sync, by: 1)
      $0.call(.getpid, .returns(-5), by: 2)
    },
  ]
}
