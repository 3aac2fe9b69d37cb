import ClassicBPF
import Scripts
import SeccompModel

// Whom a filter binds beside its installer, and what /proc says (kernel/fork.c, `copy_seccomp`; fs/exec.c).
extension Scenario {
  static let inheritance = group("inheritance", forks + execs + visible)

  private static let denial = Filter.on(Number.getppid, .errno(5))

  private static let forks: [Scenario] = [
    Scenario("inherit-process", "a child process is bound by its parent's filters") {
      $0.setNoNewPrivileges()
      $0.install(denial)
      $0.spawnProcess(1)
      $0.call(.getppid, .returns(-5), by: 1)
      $0.status(of: 1, mode: 2, filters: 1, noNewPrivileges: true)
    },
    Scenario("inherit-grandchild", "a grandchild is bound by the filters of both its forebears") {
      $0.setNoNewPrivileges()
      $0.install(denial)
      $0.spawnProcess(1)
      $0.install(.on(Number.getpid, .errno(6)), by: 1)
      $0.spawnProcess(2, by: 1)
      $0.call(.getppid, .returns(-5), by: 2)
      $0.call(.getpid, .returns(-6), by: 2)
      $0.status(of: 2, mode: 2, filters: 2)
    },
    Scenario("inherit-thread", "a new thread is bound by its maker's filters") {
      $0.setNoNewPrivileges()
      $0.install(denial)
      $0.spawnThread(1)
      $0.call(.getppid, .returns(-5), by: 1)
      $0.status(of: 1, mode: 2, filters: 1, noNewPrivileges: true)
    },
    Scenario("inherit-not-backwards", "a child's filter does not bind its parent") {
      $0.setNoNewPrivileges()
      $0.spawnProcess(1)
      $0.install(denial, by: 1)
      $0.call(.getppid, .returns(-5), by: 1)
      $0.call(.getppid, .positive)
      $0.status(of: 0, mode: 0, filters: 0)
    },
    Scenario("inherit-not-later", "a filter that the parent installs later does not bind the child") {
      $0.setNoNewPrivileges()
      $0.spawnProcess(1)
      $0.install(denial)
      $0.call(.getppid, .positive, by: 1)
    },
    Scenario(
      "inherit-not-sibling-thread", "a filter binds one thread and not a sibling that was there before"
    ) {
      $0.setNoNewPrivileges()
      $0.spawnThread(1)
      $0.install(denial)
      $0.call(.getppid, .positive, by: 1)
      $0.call(.getppid, .returns(-5))
    },
    Scenario("inherit-branches", "children of one parent go on with chains of their own") {
      $0.setNoNewPrivileges()
      $0.install(denial)
      $0.spawnProcess(1)
      $0.spawnProcess(2)
      $0.install(.on(Number.getpid, .errno(7)), by: 1)
      $0.install(.on(Number.getpid, .errno(8)), by: 2)
      $0.call(.getpid, .returns(-7), by: 1)
      $0.call(.getpid, .returns(-8), by: 2)
      $0.call(.getpid, .positive, by: 0)
    },
    Scenario(
      "inherit-outlives-parent", "a filter binds a child after the parent that installed it has exited"
    ) {
      $0.setNoNewPrivileges()
      $0.install(denial)
      $0.spawnProcess(1)
      $0.call(.exitGroup(0), .exits(0))
      $0.call(.getppid, .returns(-5), by: 1)
    },
    Scenario("inherit-no-new-privs", "no_new_privs goes on to threads and processes") {
      $0.setNoNewPrivileges()
      $0.spawnThread(1)
      $0.spawnProcess(2)
      $0.status(of: 1, mode: 0, noNewPrivileges: true)
      $0.status(of: 2, mode: 0, noNewPrivileges: true)
    },
    Scenario("clone-denied", "a filter that denies clone makes no child") {
      $0.setNoNewPrivileges()
      $0.install(.on(56, .errno(5)))
      $0.step(0, .spawn(1, .process), .returns(-5))
      $0.call(.named("clone", [0]), .returns(-5))
    },
  ]

  private static let execs: [Scenario] = [
    Scenario("exec-keeps-filter", "execve keeps filters and no_new_privs") {
      $0.setNoNewPrivileges()
      $0.install(denial)
      $0.step(0, .execute(.x86_64))
      $0.call(.getppid, .returns(-5))
      $0.status(of: 0, mode: 2, filters: 1, noNewPrivileges: true)
    },
    Scenario("exec-to-32-bit-keeps-filter", "execve of a 32-bit program keeps filters", needs: [.compatCalls])
    {
      $0.setNoNewPrivileges()
      $0.install(.on(Number.getppid32, AuditToken.i386, .errno(5)))
      $0.step(0, .execute(.i386))
      $0.call(.int80("getppid"), .returns(-5))
      $0.status(of: 0, mode: 2, filters: 1, noNewPrivileges: true)
      $0.step(0, .execute(.x86_64))
      $0.call(.getppid, .positive)
      $0.call(.int80("getppid"), .returns(-5))
    },
    Scenario("exec-drops-handler", "execve takes SIGSYS's handler away: TRAP is fatal again") {
      $0.setNoNewPrivileges()
      $0.handle(.record(flags: []))
      $0.install(.on(Number.getppid, .trap(5)))
      $0.call(.getppid, .traps(.init(errno: 5, number: 110), returning: 110))
      $0.step(0, .execute(.x86_64))
      $0.call(.getppid, .dies(by: Signal.badCall))
    },
    Scenario("exec-keeps-ignored", "execve keeps SIGSYS ignored, and TRAP is fatal all the same") {
      $0.setNoNewPrivileges()
      $0.handle(.ignore)
      $0.install(.on(Number.getppid, .trap(5)))
      $0.step(0, .execute(.x86_64))
      $0.call(.getppid, .dies(by: Signal.badCall))
    },
    Scenario("exec-of-threads", "execve ends the other threads, and the caller's filters stay") {
      $0.setNoNewPrivileges()
      $0.spawnThread(1)
      $0.install(denial)
      $0.step(0, .execute(.x86_64))
      $0.call(.getppid, .returns(-5))
      $0.status(of: 0, mode: 2, filters: 1)
    },
    Scenario("exec-denied", "a filter that denies execve keeps the program") {
      $0.setNoNewPrivileges()
      $0.install(.on(59, .errno(5)))
      $0.step(0, .execute(.x86_64), .returns(-5))
      $0.call(.getpid, .positive)
    },
    Scenario("exec-leaves-siblings-chain", "a child that execs leaves its parent's chain as it is") {
      $0.setNoNewPrivileges()
      $0.install(denial)
      $0.spawnProcess(1)
      $0.step(1, .execute(.x86_64))
      $0.install(.on(Number.getpid, .errno(6)), by: 1)
      $0.call(.getpid, .returns(-6), by: 1)
      $0.call(.getpid, .positive)
      $0.call(.getppid, .returns(-5))
    },
  ]

  private static let visible: [Scenario] = [
    Scenario("status-without-filter", "/proc/PID/status says mode 0 and no filters") {
      $0.status(of: 0, mode: 0, filters: 0, noNewPrivileges: false)
      $0.setNoNewPrivileges()
      $0.status(of: 0, mode: 0, filters: 0, noNewPrivileges: true)
    },
    Scenario(
      "status-counts-filters", "/proc/PID/status counts the filters of the chain", needs: [.filterCount]
    ) {
      $0.setNoNewPrivileges()
      for count in 1...5 {
        $0.install(.on(Number.unused + UInt32(count), .errno(1)))
        $0.status(of: 0, mode: 2, filters: count)
      }
    },
    Scenario(
      "status-counts-equal-filters", "/proc/PID/status counts a filter that was installed twice as two",
      needs: [.filterCount]
    ) {
      $0.setNoNewPrivileges()
      $0.install(denial)
      $0.install(denial)
      $0.status(of: 0, mode: 2, filters: 2)
    },
    Scenario("status-strict", "/proc/PID/status says mode 1 for strict mode") {
      $0.spin()
      $0.call(.enterStrictMode)
      $0.status(of: 0, mode: 1, filters: 0)
    },
    Scenario(
      "status-refused", "/proc/PID/status does not count a filter that was refused", needs: [.filterCount]
    ) {
      $0.setNoNewPrivileges()
      $0.install(denial)
      $0.install(.before(Instruction(code: 0xffff)), .fails(.invalid))
      $0.status(of: 0, mode: 2, filters: 1)
    },
  ]
}
