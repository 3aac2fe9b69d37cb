import Scripts
import SeccompModel

// Who may install a filter: with no_new_privs anybody, without it who has CAP_SYS_ADMIN in its own user namespace
// (kernel/seccomp.c, `seccomp_prepare_filter`).
extension Scenario {
  static let privileges = group(
    "privileges",
    [
      Scenario(
        "privileged-without-no-new-privs", "CAP_SYS_ADMIN installs a filter without no_new_privs",
        needs: [.privilege], covers: ["global.mode_filter_support"]
      ) {
        $0.install(.on(Number.getpid, .errno(5)))
        $0.call(.getpid, .returns(-5))
        $0.status(of: 0, mode: 2, noNewPrivileges: false)
      },
      Scenario(
        "unprivileged-without-no-new-privs", "without no_new_privs and capability installing is EACCES",
        needs: [.privilege], covers: ["global.mode_filter_without_nnp"]
      ) {
        dropPrivileges(in: &$0)
        $0.install(.on(Number.getpid, .errno(5)), .fails(.accessDenied))
        let program = $0.filter(.on(Number.getpid, .errno(5)))
        $0.call(.installByPrctl(program), .fails(.accessDenied))
        $0.call(.getpid, .positive)
        $0.status(of: 0, mode: 0, filters: 0)
      },
      Scenario(
        "unprivileged-with-no-new-privs", "no_new_privs is enough to install a filter", needs: [.privilege],
        covers: ["global.mode_filter_without_nnp"]
      ) {
        dropPrivileges(in: &$0)
        $0.install(.always(.allow), .fails(.accessDenied))
        $0.setNoNewPrivileges()
        $0.install(.on(Number.getpid, .errno(5)))
        $0.call(.getpid, .returns(-5))
        $0.status(of: 0, mode: 2, filters: 1, noNewPrivileges: true)
      },
      Scenario(
        "unprivileged-strict", "strict mode takes neither no_new_privs nor a capability", needs: [.privilege],
        covers: ["global.mode_strict_support"]
      ) {
        dropPrivileges(in: &$0)
        $0.spin()
        $0.call(.enterStrictMode)
        $0.call(.getpid, .dies(by: Signal.kill))
      },
      Scenario(
        "user-namespace-gives-capability", "CAP_SYS_ADMIN in one's own user namespace is enough",
        needs: [.privilege, .userNamespaces]
      ) {
        dropPrivileges(in: &$0)
        $0.install(.always(.allow), .fails(.accessDenied))
        $0.call(.named("unshare", [.value(Namespace.user)]))
        $0.install(.on(Number.getpid, .errno(5)))
        $0.call(.getpid, .returns(-5))
        $0.status(of: 0, mode: 2, noNewPrivileges: false)
      },
      Scenario(
        "user-namespace-of-child", "a child in a new user namespace may install a filter",
        needs: [.userNamespaces]
      ) {
        $0.spawnProcess(1, flags: UInt32(Namespace.user))
        $0.install(.on(Number.getpid, .errno(5)), by: 1)
        $0.call(.getpid, .returns(-5), by: 1)
        $0.call(.getpid, .positive)
      },
      Scenario(
        "filter-cannot-regain-privilege", "a filter stays when the capability that installed it is given up",
        needs: [.privilege]
      ) {
        $0.install(.on(Number.getpid, .errno(5)))
        dropPrivileges(in: &$0)
        $0.call(.getpid, .returns(-5))
        $0.install(.always(.allow), .fails(.accessDenied))
        $0.call(.getpid, .returns(-5))
      },
      Scenario(
        "no-new-privs-of-thread", "no_new_privs binds one thread, not its siblings", needs: [.privilege]
      ) {
        dropPrivileges(in: &$0)
        $0.spawnThread(1)
        $0.setNoNewPrivileges(by: 1)
        $0.install(.always(.allow), by: 1)
        $0.install(.always(.allow), .fails(.accessDenied))
        $0.status(of: 1, mode: 2, noNewPrivileges: true)
        $0.status(of: 0, mode: 0, noNewPrivileges: false)
      },
    ])

  /// Becomes nobody: all capabilities are gone (capabilities(7)).
  private static func dropPrivileges(in play: inout Play) {
    play.call(.named("setresuid", [65534, 65534, 65534]))
  }
}

/// `CLONE_NEW*` of linux/sched.h.
enum Namespace {
  static let mount: UInt64 = 0x0002_0000
  static let user: UInt64 = 0x1000_0000
  static let process: UInt64 = 0x2000_0000
}
