/// What a runtime calls between loading the filter and executing the container's program: these calls must be
/// allowed, or the container does not start. Found by starting runc 1.1.5 and crun 1.8.1 with one call after the
/// other refused, each set then confirmed by 25 starts.
enum RuntimeNeeds {
  /// Needed however the container is configured.
  static func always(_ runtime: LintRuntime) -> [String] {
    switch runtime {
    case .crun: ["execve"]
    case .runc: ["close", "execve", "fstatfs", "getdents64", "openat", "write"]
    }
  }

  /// Needed by the Go runtime's other threads, so that without them a start fails or hangs at times.
  static func atTimes(_ runtime: LintRuntime) -> [String] {
    runtime == .runc
      ? [
        "futex", "rt_sigreturn", "epoll_ctl", "getpid", "sched_yield", "nanosleep", "tgkill", "mmap", "clone",
      ] : []
  }

  /// Needed besides without `noNewPrivileges`, because the filter is then loaded before privileges are dropped.
  static func withoutNoNewPrivileges(_ runtime: LintRuntime) -> [String] {
    switch runtime {
    case .crun:
      ["capset", "prctl", "rt_sigaction", "rt_sigprocmask", "setresgid", "setresuid", "write"]
    case .runc:
      [
        "capget", "capset", "chdir", "faccessat2", "fcntl", "fstat", "getcwd", "getppid", "newfstatat",
        "prctl", "read",
        "setgid", "setgroups", "setuid",
      ]
    }
  }
}
