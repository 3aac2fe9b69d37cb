/// The stub that answers ENOSYS.
extension DialectRow {
  static let stubs: [DialectRow] = [
    DialectRow(
      .allowing(["mkdir"], on: nil),
      runc: "KILL_PROCESS; mkdir=ALLOW",
      crun: "KILL_PROCESS; mkdir=ALLOW"),
    DialectRow(
      .allowing(["mkdir"], on: ["X86_64"]),
      runc: "KILL_PROCESS; mkdir=ALLOW; stub 83/-/- | enosys-prologue",
      crun: "KILL_PROCESS; mkdir=ALLOW"),
    DialectRow(
      .allowing(["mkdir"], on: ["X86"]),
      runc: "KILL_PROCESS; mkdir=ALLOW; x86_64+x86; stub -/39/- | native-architecture-added, "
        + "enosys-prologue",
      crun: "KILL_PROCESS; mkdir=ALLOW; x86_64+x86 | native-architecture-added"),
    DialectRow(
      .allowing(["mkdir"], on: ["X86_64", "X86"]),
      runc: "KILL_PROCESS; mkdir=ALLOW; x86_64+x86; stub 83/39/- | enosys-prologue",
      crun: "KILL_PROCESS; mkdir=ALLOW; x86_64+x86"),
    DialectRow(
      .allowing(["mkdir"], on: ["X32"]),
      runc: "KILL_PROCESS; mkdir=ALLOW; x86_64+x32; stub -/-/83 | native-architecture-added, "
        + "enosys-prologue",
      crun: "KILL_PROCESS; mkdir=ALLOW; x86_64+x32 | native-architecture-added"),
    DialectRow(
      .allowing(["mkdir"], on: ["X86_64", "X32"]),
      runc: "KILL_PROCESS; mkdir=ALLOW; x86_64+x32; stub 83/-/83 | enosys-prologue",
      crun: "KILL_PROCESS; mkdir=ALLOW; x86_64+x32"),
    DialectRow(
      .allowing(["mkdir"], on: ["X86_64", "X86", "X32"]),
      runc: "KILL_PROCESS; mkdir=ALLOW; x86_64+x86+x32; stub 83/39/83 | enosys-prologue",
      crun: "KILL_PROCESS; mkdir=ALLOW; x86_64+x86+x32"),
    DialectRow(
      .allowing(["mkdir"], on: ["AARCH64"]),
      runc: "KILL_PROCESS; mkdir=ALLOW; x86_64+aarch64; stub -/-/- | native-architecture-added",
      crun: "KILL_PROCESS; mkdir=ALLOW; x86_64+aarch64 | native-architecture-added"),
    DialectRow(
      .allowing(["read"], on: ["X86_64"]),
      runc: "KILL_PROCESS; read=ALLOW",
      crun: "KILL_PROCESS; read=ALLOW"),
    DialectRow(
      .allowing(["read"], on: ["X86_64", "X86"]),
      runc: "KILL_PROCESS; read=ALLOW; x86_64+x86; stub -/3/- | enosys-prologue",
      crun: "KILL_PROCESS; read=ALLOW; x86_64+x86"),
    DialectRow(
      .allowing(["read"], on: ["X86_64", "X32"]),
      runc: "KILL_PROCESS; read=ALLOW; x86_64+x32; stub -/-/0 | enosys-prologue",
      crun: "KILL_PROCESS; read=ALLOW; x86_64+x32"),
    DialectRow(
      .allowing(["mkdir", "socket"], on: ["X86_64", "X86"]),
      runc: "KILL_PROCESS; mkdir=ALLOW; socket=ALLOW; x86_64+x86; stub 83/39/- | enosys-prologue,"
        + " enosys-prologue-hides-rules",
      crun: "KILL_PROCESS; mkdir=ALLOW; socket=ALLOW; x86_64+x86"),
    DialectRow(
      .allowing(["mkdir", "socket"], on: ["X86_64", "X86", "X32"]),
      runc: "KILL_PROCESS; mkdir=ALLOW; socket=ALLOW; x86_64+x86+x32; stub 83/39/83 | "
        + "enosys-prologue, enosys-prologue-hides-rules",
      crun: "KILL_PROCESS; mkdir=ALLOW; socket=ALLOW; x86_64+x86+x32"),
    DialectRow(
      .allowing(["socket"], on: ["X86_64", "X86"]),
      runc: "KILL_PROCESS; socket=ALLOW; x86_64+x86; stub 41/-/- | enosys-prologue",
      crun: "KILL_PROCESS; socket=ALLOW; x86_64+x86"),
    DialectRow(
      .allowing(["socket"], on: ["X86_64", "X86", "X32"]),
      runc: "KILL_PROCESS; socket=ALLOW; x86_64+x86+x32; stub 41/-/41 | enosys-prologue",
      crun: "KILL_PROCESS; socket=ALLOW; x86_64+x86+x32"),
    DialectRow(
      .allowing(["accept4", "recvmmsg", "shmget", "mkdir"], on: ["X86_64", "X86"]),
      runc: "KILL_PROCESS; accept4=ALLOW; recvmmsg=ALLOW; shmget=ALLOW; mkdir=ALLOW; x86_64+x86; "
        + "stub 299/39/- | enosys-prologue, enosys-prologue-hides-rules",
      crun: "KILL_PROCESS; accept4=ALLOW; recvmmsg=ALLOW; shmget=ALLOW; mkdir=ALLOW; x86_64+x86"),
    DialectRow(
      .allowing(["accept4", "recvmmsg", "shmget", "mkdir"], on: ["X86_64", "X86", "X32"]),
      runc: "KILL_PROCESS; accept4=ALLOW; recvmmsg=ALLOW; shmget=ALLOW; mkdir=ALLOW; "
        + "x86_64+x86+x32; stub 299/39/537 | enosys-prologue, enosys-prologue-hides-rules",
      crun: "KILL_PROCESS; accept4=ALLOW; recvmmsg=ALLOW; shmget=ALLOW; mkdir=ALLOW; x86_64+x86+x32"),
    DialectRow(
      .allowing(["umount"], on: ["X86_64", "X86"]),
      runc: "KILL_PROCESS; umount=ALLOW; x86_64+x86; stub -/22/- | enosys-prologue",
      crun: "KILL_PROCESS; umount=ALLOW; x86_64+x86"),
    DialectRow(
      .allowing(["umount"], on: ["X86_64", "X86", "X32"]),
      runc: "KILL_PROCESS; umount=ALLOW; x86_64+x86+x32; stub -/22/- | enosys-prologue",
      crun: "KILL_PROCESS; umount=ALLOW; x86_64+x86+x32"),
    DialectRow(
      .allowing(["restart_syscall"], on: ["X86_64", "X86"]),
      runc: "KILL_PROCESS; restart_syscall=ALLOW; x86_64+x86; stub 219/-/- | enosys-prologue",
      crun: "KILL_PROCESS; restart_syscall=ALLOW; x86_64+x86"),
    DialectRow(
      .allowing(["restart_syscall"], on: ["X86_64", "X86", "X32"]),
      runc: "KILL_PROCESS; restart_syscall=ALLOW; x86_64+x86+x32; stub 219/-/219 | enosys-prologue",
      crun: "KILL_PROCESS; restart_syscall=ALLOW; x86_64+x86+x32"),
    DialectRow(
      .allowing(["frobnicate", "mseal"], on: ["X86_64"]),
      runc: "KILL_PROCESS | unknown-name-skipped",
      crun: "KILL_PROCESS | unknown-name-skipped"),
    DialectRow(
      .allowing(["mkdir", "rt_sigaction"], on: ["X86_64", "X86"]),
      runc: "KILL_PROCESS; mkdir=ALLOW; rt_sigaction=ALLOW; x86_64+x86; stub 83/174/- | "
        + "enosys-prologue",
      crun: "KILL_PROCESS; mkdir=ALLOW; rt_sigaction=ALLOW; x86_64+x86"),
    DialectRow(
      .allowing(["mkdir", "rt_sigaction"], on: ["X86_64", "X86", "X32"]),
      runc: "KILL_PROCESS; mkdir=ALLOW; rt_sigaction=ALLOW; x86_64+x86+x32; stub 83/174/512 | "
        + "enosys-prologue",
      crun: "KILL_PROCESS; mkdir=ALLOW; rt_sigaction=ALLOW; x86_64+x86+x32"),
    DialectRow(
      .text(
        #"{"defaultAction":"SCMP_ACT_ALLOW","architectures":["SCMP_ARCH_X86_64", "#
          + #""SCMP_ARCH_X86"],"syscalls":[{"names":["mkdir"],"action":"SCMP_ACT_ERRNO"}]}"#),
      runc: "ALLOW; mkdir=ERRNO(1); x86_64+x86 | errno-default",
      crun: "ALLOW; mkdir=ERRNO(1); x86_64+x86 | errno-default"),
    DialectRow(
      .text(
        #"{"defaultAction":"SCMP_ACT_LOG","architectures":["SCMP_ARCH_X86_64", "#
          + #""SCMP_ARCH_X86"],"syscalls":[{"names":["mkdir"],"action":"SCMP_ACT_ERRNO"}]}"#),
      runc: "LOG; mkdir=ERRNO(1); x86_64+x86 | errno-default",
      crun: "LOG; mkdir=ERRNO(1); x86_64+x86 | errno-default"),
    DialectRow(
      .text(
        #"{"defaultAction":"SCMP_ACT_TRACE","architectures":["SCMP_ARCH_X86_64", "#
          + #""SCMP_ARCH_X86"],"syscalls":[{"names":["mkdir"],"action":"SCMP_ACT_ERRNO"}]}"#),
      runc: "TRACE(1); mkdir=ERRNO(1); x86_64+x86 | errno-default",
      crun: "TRACE(1); mkdir=ERRNO(1); x86_64+x86 | errno-default"),
    DialectRow(
      .text(
        #"{"defaultAction":"SCMP_ACT_ERRNO","architectures":["SCMP_ARCH_X86_64", "#
          + #""SCMP_ARCH_X86"],"syscalls":[{"names":["mkdir"],"action":"SCMP_ACT_ERRNO"}]}"#),
      runc: "ERRNO(1); x86_64+x86; stub 83/39/- | equal-to-default-skipped, errno-default, "
        + "enosys-prologue",
      crun: "ERRNO(1); x86_64+x86 | equal-to-default-skipped, errno-default"),
    DialectRow(
      .text(
        #"{"defaultAction":"SCMP_ACT_TRAP","architectures":["SCMP_ARCH_X86_64", "#
          + #""SCMP_ARCH_X86"],"syscalls":[{"names":["mkdir"],"action":"SCMP_ACT_ERRNO"}]}"#),
      runc: "TRAP; mkdir=ERRNO(1); x86_64+x86; stub 83/39/- | errno-default, enosys-prologue",
      crun: "TRAP; mkdir=ERRNO(1); x86_64+x86 | errno-default"),
    DialectRow(
      .text(
        #"{"defaultAction":"SCMP_ACT_KILL","architectures":["SCMP_ARCH_X86_64", "#
          + #""SCMP_ARCH_X86"],"syscalls":[{"names":["mkdir"],"action":"SCMP_ACT_ERRNO"}]}"#),
      runc: "KILL_THREAD; mkdir=ERRNO(1); x86_64+x86; stub 83/39/- | errno-default, enosys-prologue",
      crun: "KILL_THREAD; mkdir=ERRNO(1); x86_64+x86 | errno-default"),
    DialectRow(
      .text(
        #"{"defaultAction":"SCMP_ACT_KILL_THREAD","architectures":["SCMP_ARCH_X86_64", "#
          + #""SCMP_ARCH_X86"],"syscalls":[{"names":["mkdir"],"action":"SCMP_ACT_ERRNO"}]}"#),
      runc: "KILL_THREAD; mkdir=ERRNO(1); x86_64+x86; stub 83/39/- | errno-default, enosys-prologue",
      crun: "KILL_THREAD; mkdir=ERRNO(1); x86_64+x86 | errno-default"),
    DialectRow(
      .text(
        #"{"defaultAction":"SCMP_ACT_KILL_PROCESS","architectures":["SCMP_ARCH_X86_64", "#
          + #""SCMP_ARCH_X86"],"syscalls":[{"names":["mkdir"],"action":"SCMP_ACT_ERRNO"}]}"#),
      runc: "KILL_PROCESS; mkdir=ERRNO(1); x86_64+x86; stub 83/39/- | errno-default, "
        + "enosys-prologue",
      crun: "KILL_PROCESS; mkdir=ERRNO(1); x86_64+x86 | errno-default"),
    DialectRow(
      .text(
        #"{"defaultAction":"SCMP_ACT_KILL_PROCESS","architectures":["SCMP_ARCH_X86_64"],"#
          + #""syscalls":[{"names":["mkdir", "getpid\u0000x"],"action":"SCMP_ACT_ALLOW"}]}"#),
      runc: "KILL_PROCESS; mkdir=ALLOW; getpid=ALLOW; stub 83/-/- | nul-cuts-string, "
        + "enosys-prologue",
      crun: "KILL_PROCESS; mkdir=ALLOW; getpid=ALLOW | nul-cuts-string"),
    DialectRow(
      .allowing(["mkdir"], on: []),
      runc: "KILL_PROCESS; mkdir=ALLOW",
      crun: "KILL_PROCESS; mkdir=ALLOW"),
    DialectRow(
      .text(#"{"defaultAction":"SCMP_ACT_ERRNO","architectures":["SCMP_ARCH_X86_64"]}"#),
      runc: "ERRNO(1) | errno-default",
      crun: "ERRNO(1) | errno-default"),
  ]
}
