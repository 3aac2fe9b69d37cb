/// Which arguments of common calls the kernel takes as 32 bits, whatever the upper half of the register holds.
enum ArgumentWidths {
  /// Argument positions of type `int` or `unsigned int` in the kernel's `SYSCALL_DEFINE`s (include/linux/syscalls.h).
  static let narrow: [String: Set<UInt32>] = [
    "socket": [0, 1, 2], "socketpair": [0, 1, 2], "bind": [0, 2], "connect": [0, 2], "listen": [0, 1],
    "accept": [0], "accept4": [0, 3], "sendto": [0, 3], "recvfrom": [0, 3], "sendmsg": [0, 2],
    "recvmsg": [0, 2], "shutdown": [0, 1], "setsockopt": [0, 1, 2, 4], "getsockopt": [0, 1, 2],
    "open": [1, 2], "openat": [0, 2, 3], "close": [0], "dup": [0], "dup2": [0, 1], "dup3": [0, 1, 2],
    "pipe2": [1], "read": [0], "write": [0], "readv": [], "lseek": [0, 2], "ioctl": [0, 1], "fcntl": [0, 1],
    "fchmod": [0, 1], "chmod": [1], "mkdir": [1], "mknod": [1, 2], "mkdirat": [0, 2], "fchmodat": [0, 2],
    "faccessat": [0, 2], "unlinkat": [0, 2], "personality": [0], "prctl": [0], "arch_prctl": [0],
    "kill": [0, 1], "tkill": [0, 1], "tgkill": [0, 1, 2], "setuid": [0], "setgid": [0], "setreuid": [0, 1],
    "setregid": [0, 1], "setresuid": [0, 1, 2], "setresgid": [0, 1, 2], "setfsuid": [0], "setfsgid": [0],
    "setns": [0, 1], "seccomp": [0, 1], "bpf": [0, 2], "keyctl": [0], "memfd_create": [1], "getrandom": [2],
    "eventfd2": [0, 1], "epoll_create1": [0], "inotify_init1": [0], "timerfd_create": [0, 1],
    "userfaultfd": [0], "io_uring_setup": [0], "io_uring_enter": [0, 1, 2, 3],
    "io_uring_register": [0, 1, 3],
    "copy_file_range": [0, 2, 5], "reboot": [0, 1, 2], "quotactl": [0, 2], "futex": [1, 2, 5],
    "clock_gettime": [0],
    "clock_settime": [0], "setpriority": [0, 1], "getpriority": [0, 1], "sched_setscheduler": [0, 1],
    "mlockall": [0], "membarrier": [0, 1, 2], "pidfd_open": [0, 1], "pidfd_getfd": [0, 1, 2],
    "msgget": [0, 1],
    "semget": [0, 1, 2], "shmget": [0, 2], "perf_event_open": [1, 2, 3], "syslog": [0, 2],
  ]
}
