/// Pieces of `linux.seccomp` texts, put together as they stand: nothing is checked or corrected, because half of the
/// table is meant to be wrong.
enum SeccompText {
  /// Every call but `entries`' is allowed.
  static func allowing(_ entries: String..., rest: String = "") -> OCICase.Text {
    .json(object("SCMP_ACT_ALLOW", entries: entries, rest: rest))
  }

  /// `action` (with `errno`, when given) for every call, but for those a runtime needs to start a process, and
  /// `entries`'.
  static func denying(
    _ action: String = "SCMP_ACT_ERRNO", errno: String? = nil, _ entries: String..., rest: String = ""
  ) -> OCICase.Text {
    let errno = errno.map { #", "defaultErrnoRet": \#($0)"# } ?? ""
    return .json(
      object(action, entries: [entry(startNames, "SCMP_ACT_ALLOW")] + entries, rest: errno + rest))
  }

  /// `rest` follows `defaultAction` and begins with a comma.
  static func object(_ defaultAction: String, entries: [String], rest: String = "") -> String {
    #"{"defaultAction": "\#(defaultAction)"\#(rest), "syscalls": [\#(entries.joined(separator: ", "))]}"#
  }

  /// One of `syscalls`. `errno` is the text of `errnoRet`; `rest` begins with a comma.
  static func entry(
    _ names: [String], _ action: String = "SCMP_ACT_ERRNO", errno: String? = nil, _ conditions: String...,
    rest: String = ""
  ) -> String {
    var text = #"{"names": \#(list(names)), "action": "\#(action)""#
    if let errno { text += #", "errnoRet": \#(errno)"# }
    if !conditions.isEmpty { text += #", "args": [\#(conditions.joined(separator: ", "))]"# }
    return text + rest + "}"
  }

  /// One of `args`.
  static func condition(
    _ index: Int, _ comparison: String, _ value: UInt64, _ valueTwo: UInt64? = nil
  ) -> String {
    let second = valueTwo.map { #", "valueTwo": \#($0)"# } ?? ""
    return #"{"index": \#(index), "value": \#(value)\#(second), "op": "SCMP_CMP_\#(comparison)"}"#
  }

  static func list(_ words: [String]) -> String {
    "[" + words.map { #""\#($0)""# }.joined(separator: ", ") + "]"
  }

  /// What a runtime calls between loading the filter and executing the container's process, given generously: what
  /// runc and crun were seen to need, what Go's and Rust's libraries may call at any time, and the relatives of
  /// both. The calls that the table judges are not among them.
  static let startNames = [
    "accept4", "access", "arch_prctl", "bind", "brk", "capget", "capset", "chdir", "clock_gettime",
    "clock_nanosleep", "clone", "clone3", "close", "close_range", "connect", "dup", "dup2", "dup3",
    "epoll_create1", "epoll_ctl", "epoll_pwait", "epoll_pwait2", "epoll_wait", "eventfd2", "execve",
    "execveat", "exit", "exit_group", "faccessat", "faccessat2", "fchdir", "fchown", "fcntl", "fork", "fstat",
    "fstatfs", "futex", "futex_waitv", "getcwd", "getdents64", "getegid", "geteuid", "getgid", "getgroups",
    "getpgid", "getpgrp", "getpid", "getppid", "getrandom", "getresgid", "getresuid", "getrlimit", "getsid",
    "gettid", "gettimeofday", "getuid", "ioctl", "kill", "lseek", "lstat", "madvise", "membarrier", "mmap",
    "mprotect", "mremap", "munmap", "nanosleep", "newfstatat", "open", "openat", "openat2",
    "pidfd_send_signal", "pipe2", "poll", "ppoll", "prctl", "pread64", "prlimit64", "pselect6", "pwrite64",
    "read", "readlink", "readlinkat", "readv", "recvfrom", "recvmsg", "restart_syscall", "rseq",
    "rt_sigaction", "rt_sigpending", "rt_sigprocmask", "rt_sigreturn", "rt_sigsuspend", "rt_sigtimedwait",
    "sched_getaffinity", "sched_setaffinity", "sched_yield", "seccomp", "select", "sendmsg", "sendto",
    "set_robust_list", "set_tid_address", "setfsgid", "setfsuid", "setgid", "setgroups", "setns", "setpgid",
    "setpriority", "setregid", "setresgid", "setresuid", "setreuid", "setrlimit", "setsid", "setuid",
    "sigaltstack", "socketpair", "stat", "statfs", "statx", "tgkill", "tkill", "umask", "uname", "unshare",
    "vfork", "wait4", "waitid", "write", "writev",
  ]
}
