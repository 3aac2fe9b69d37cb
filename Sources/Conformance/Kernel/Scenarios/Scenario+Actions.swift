import Scripts
import SeccompModel

// What each action does when it stands alone (kernel/seccomp.c, `__seccomp_filter`).
extension Scenario {
  static let actions = group("actions", single + errnoValues + unknownAlone)

  private static let single: [Scenario] = [
    Scenario("allow-runs", "ALLOW runs the call", covers: ["global.ALLOW_all"]) {
      $0.setNoNewPrivileges()
      $0.install(.always(.allow))
      $0.call(.getpid, .positive)
    },
    Scenario("allow-with-data-runs", "ALLOW with data is plain ALLOW") {
      let pid = $0.call(.getpid, .positive)
      $0.setNoNewPrivileges()
      $0.install(.on(Number.getpid, verdict: 0x7fff_ffff))
      $0.call(.getpid, .same(as: pid))
    },
    Scenario(
      "log-runs", "LOG runs the call", needs: [.fullActions], covers: ["global.log_all"]
    ) {
      let pid = $0.call(.getpid, .positive)
      $0.setNoNewPrivileges()
      $0.install(.on(Number.getpid, .log))
      $0.call(.getpid, .same(as: pid))
    },
    Scenario("trace-without-tracer", "TRACE without a tracer skips the call: ENOSYS") {
      $0.setNoNewPrivileges()
      $0.install(.on(Number.getpid, .trace(5)))
      $0.call(.getpid, .fails(.noSuchCall))
    },
    Scenario(
      "notify-without-listener", "USER_NOTIF of a filter that never had a listener skips the call: ENOSYS",
      needs: [.userNotification]
    ) {
      $0.setNoNewPrivileges()
      $0.install(.on(Number.getpid, .notify))
      $0.call(.getpid, .fails(.noSuchCall))
    },
    Scenario(
      "kill-process-alone", "KILL_PROCESS ends a process by SIGSYS", needs: [.fullActions],
      covers: ["global.KILL_all"]
    ) {
      $0.setNoNewPrivileges()
      $0.install(.on(Number.getpid, .killProcess))
      $0.call(.getpid, .dies(by: Signal.badCall))
    },
    Scenario(
      "kill-thread-alone", "KILL_THREAD ends a process of one thread by SIGSYS", covers: ["global.KILL_one"]
    ) {
      $0.setNoNewPrivileges()
      $0.install(.on(Number.getpid, .killThread))
      $0.call(.getppid, .positive)
      $0.call(.getpid, .dies(by: Signal.badCall))
    },
    Scenario("default-action-binds-every-call", "a filter without a condition denies a call of every table") {
      $0.setNoNewPrivileges()
      $0.spin()
      $0.install(.always(.errno(777)))
      for number in [0, 39, 60, 231, 317, 423, 900] as [UInt64] { $0.call(.syscall(number), .returns(-777)) }
    },
    Scenario("filter-is-asked-at-once", "the first call after the installation is filtered") {
      $0.setNoNewPrivileges()
      $0.spin()
      $0.install(.always(.errno(778)))
      $0.call(.setNoNewPrivileges, .returns(-778))
    },
  ]

  // MARK: ERRNO

  /// 4095 is MAX_ERRNO (linux/err.h); 512 to 517 are the kernel's internal restart codes (linux/errno.h).
  private static let errnoValues = [
    0, 1, 2, 38, 133, 511, 512, 513, 514, 515, 516, 517, 4094, 4095, 4096, 4097, 0x7fff, 0x8000, 0xffff,
  ].map { errno in
    Scenario(
      "errno-\(errno)",
      errno > 4095
        ? "ERRNO with data \(errno) is cut to 4095"
        : "ERRNO with data \(errno) skips the call and returns \(errno == 0 ? "0" : "-\(errno)")",
      needs: errno > 4095 ? [.errnoCapped] : [], covers: upstreamErrno[errno] ?? []
    ) {
      $0.setNoNewPrivileges()
      $0.install(.on(Number.getpid, .errno(UInt16(errno))))
      $0.call(.getpid, .returns(-Int64(min(errno, 4095))))
      $0.call(.getppid, .positive)
    }
  }

  private static let upstreamErrno = [
    0: ["global.ERRNO_zero"], 38: ["global.ERRNO_valid"], 4096: ["global.ERRNO_capped"],
  ]

  // MARK: Unknown actions

  /// Action bits that no kernel gives a meaning to.
  static let unknownActions: [UInt32] = [
    0x0001_0000, 0x0002_0000, 0x0004_0000, 0x0006_0000, 0x1000_0000, 0x7fc1_0000, 0x7ff1_0000, 0x7ffd_0000,
    0x7ffe_0000, 0x8001_0000, 0x9000_0000, 0xffff_0000,
  ]

  private static let unknownAlone = unknownActions.map { verdict in
    Scenario(
      "unknown-\(hex(verdict))", "the unknown action 0x\(hex(verdict)) ends the whole process by SIGSYS",
      needs: [.fullActions, .unknownKillsProcess],
      covers: verdict == 0x1000_0000
        ? ["global.unknown_ret_is_kill_inside", "global.KILL_unknown"]
        : verdict == 0xffff_0000 ? ["global.unknown_ret_is_kill_above_allow"] : []
    ) {
      $0.setNoNewPrivileges()
      $0.spawnThread(1)
      $0.install(.on(Number.getpid, verdict: verdict), by: 1)
      $0.call(.getpid, .dies(by: Signal.badCall), by: 1)
      $0.end(of: 0, .dies(by: Signal.badCall))
    }
  }

  static func hex(_ value: UInt32) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }
}
