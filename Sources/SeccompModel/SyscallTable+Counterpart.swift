extension SyscallTable {
  /// The call by which this ABI does what another ABI, an older header or C calls `name`: `umount2` for `umount`
  /// on x86_64. Nil when this ABI has `name` itself, or nothing that corresponds.
  ///
  /// This is advice for a reader. libseccomp's resolver takes no such name for the other: a rule on `umount`
  /// says nothing about x86_64.
  public func counterpart(of name: String) -> String? {
    guard number(named: name) == nil, let group = Self.groupByName[name] else { return nil }
    return Self.counterparts[group].first { number(named: $0) != nil }
  }

  private static let groupByName: [String: Int] = {
    var groups: [String: Int] = [:]
    for (group, names) in counterparts.enumerated() {
      for name in names { groups[name] = group }
    }
    return groups
  }()

  /// Names of one operation, the first being preferred where an ABI has several. Widths of file offsets, user
  /// ids and times are not distinguished.
  private static let counterparts: [[String]] = [
    ["umount2", "umount"],
    ["pread64", "pread"], ["pwrite64", "pwrite"], ["sendfile64", "sendfile"],
    ["_llseek", "lseek", "llseek"], ["fadvise64_64", "fadvise64"],
    ["newfstatat", "fstatat64", "fstatat"],
    ["stat64", "stat", "newstat"], ["lstat64", "lstat", "newlstat"], ["fstat64", "fstat", "newfstat"],
    ["statfs64", "statfs"], ["fstatfs64", "fstatfs"],
    ["truncate64", "truncate"], ["ftruncate64", "ftruncate"], ["fcntl64", "fcntl"],
    ["mmap2", "mmap"], ["madvise", "madvise1"], ["prlimit64", "prlimit"], ["ugetrlimit", "getrlimit"],
    ["_newselect", "select"], ["_sysctl", "sysctl"], ["uname", "newuname"],
    ["waitpid", "wait4"], ["sendto", "send"], ["recvfrom", "recv"],
    ["rt_sigaction", "sigaction"], ["rt_sigprocmask", "sigprocmask"], ["rt_sigpending", "sigpending"],
    ["rt_sigsuspend", "sigsuspend"], ["rt_sigreturn", "sigreturn"],
    ["chown32", "chown"], ["fchown32", "fchown"], ["lchown32", "lchown"],
    ["getuid32", "getuid"], ["getgid32", "getgid"], ["geteuid32", "geteuid"], ["getegid32", "getegid"],
    ["getgroups32", "getgroups"], ["setgroups32", "setgroups"],
    ["setuid32", "setuid"], ["setgid32", "setgid"], ["setreuid32", "setreuid"], ["setregid32", "setregid"],
    ["setresuid32", "setresuid"], ["getresuid32", "getresuid"],
    ["setresgid32", "setresgid"], ["getresgid32", "getresgid"],
    ["setfsuid32", "setfsuid"], ["setfsgid32", "setfsgid"],
    ["clock_gettime64", "clock_gettime"], ["clock_settime64", "clock_settime"],
    ["clock_adjtime64", "clock_adjtime"], ["clock_getres_time64", "clock_getres"],
    ["clock_nanosleep_time64", "clock_nanosleep"],
    ["timer_gettime64", "timer_gettime"], ["timer_settime64", "timer_settime"],
    ["timerfd_gettime64", "timerfd_gettime"], ["timerfd_settime64", "timerfd_settime"],
    ["utimensat_time64", "utimensat"], ["pselect6_time64", "pselect6"], ["ppoll_time64", "ppoll"],
    ["io_pgetevents_time64", "io_pgetevents"], ["recvmmsg_time64", "recvmmsg"],
    ["mq_timedsend_time64", "mq_timedsend"], ["mq_timedreceive_time64", "mq_timedreceive"],
    ["semtimedop_time64", "semtimedop"], ["rt_sigtimedwait_time64", "rt_sigtimedwait"],
    ["futex_time64", "futex"], ["sched_rr_get_interval_time64", "sched_rr_get_interval"],
  ]
}
