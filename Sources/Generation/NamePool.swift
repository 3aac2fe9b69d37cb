import SeccompModel

/// The names that generated profiles use, by what is special about them.
struct NamePool: Sendable {
  /// Calls of all three x86 ABIs.
  var common: [String]
  /// Calls that i386 has and x86_64 has not, and the reverse.
  var oneSided: [String]

  /// Calls that i386 also reaches through `socketcall` and `ipc`, and those two.
  static let multiplexed = [
    "socket", "bind", "connect", "listen", "accept", "getsockname", "getpeername", "socketpair", "send",
    "recv", "sendto", "recvfrom", "shutdown", "setsockopt", "getsockopt", "sendmsg", "recvmsg", "accept4",
    "recvmmsg", "sendmmsg", "semop", "semget", "semctl", "semtimedop", "msgsnd", "msgrcv", "msgget", "msgctl",
    "shmat", "shmdt", "shmget", "shmctl", "socketcall", "ipc",
  ]

  /// Calls of other architectures: known names without a number here.
  static let foreign = [
    "arm_fadvise64_64", "arm_sync_file_range", "breakpoint", "cacheflush", "cachectl", "multiplexer",
    "s390_runtime_instr", "s390_pci_mmio_read", "set_tls", "spu_run", "subpage_prot", "swapcontext",
    "sysmips",
    "riscv_flush_icache", "usr26", "timerfd",
  ]

  /// Names that no table has.
  static let unknown = [
    "no_such_call", "sys_read", "read ", "READ", "0", "39", "-1", "socket\u{e9}",
    "aVeryLongNameThatNoKernelEverHad_v2",
  ]

  /// Names with two spellings, or one spelling for different calls on different ABIs.
  static let aliased = [
    "umount", "umount2", "oldumount", "stat", "oldstat", "stat64", "fadvise64", "fadvise64_64", "pread",
    "pread64",
    "pwrite", "pwrite64", "sysctl", "_sysctl", "getrlimit", "ugetrlimit", "select", "_newselect", "mmap",
    "mmap2",
    "llseek", "_llseek", "setuid", "setuid32", "getpgrp", "waitpid", "newfstatat", "fstatat64", "sendfile",
    "sendfile64", "signalfd", "clock_gettime", "clock_gettime64", "futex", "futex_time64", "rt_sigreturn",
    "execve",
  ]

  /// What the pool falls back on, and what small cases prefer: calls of every ABI with several arguments.
  static let usual = [
    "getpid", "read", "write", "openat", "close", "mmap", "mprotect", "ioctl", "clone", "personality",
    "prctl",
    "fcntl", "kill", "getppid", "socket", "dup3", "lseek", "futex", "madvise", "setsockopt", "ptrace",
    "unshare",
  ]

  init() {
    let native = SyscallTable.x86_64
    let compat = SyscallTable.i386
    let x32 = SyscallTable.x32
    let names64 = native.entries.map(\.name)
    let names32 = compat.entries.map(\.name)
    common = names64.filter { compat.number(named: $0) != nil && x32.number(named: $0) != nil }
    oneSided =
      names64.filter { compat.number(named: $0) == nil || x32.number(named: $0) == nil }
      + names32.filter { native.number(named: $0) == nil }
    if common.isEmpty { common = Self.usual }
  }

  /// A name: mostly a call that exists, sometimes a special one.
  func name(using random: inout RandomSource) -> String {
    switch random.below(64) {
    case 0...21: random.pick(Self.usual, else: "getpid")
    case 22...43: random.pick(common, else: "getpid")
    case 44...53: random.pick(Self.multiplexed, else: "socket")
    case 54...58: random.pick(oneSided, else: "mmap2")
    case 59...61: random.pick(Self.aliased, else: "umount")
    case 62: random.pick(Self.foreign, else: "cacheflush")
    default: random.pick(Self.unknown, else: "no_such_call")
    }
  }
}
