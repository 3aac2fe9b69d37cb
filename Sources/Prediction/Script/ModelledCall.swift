import SeccompModel

/// Calls whose effect the model knows.
enum ModelledCall: Sendable {
  case getpid, gettid, getppid, getpgrp, getuid, geteuid, getgid
  case schedYield, highestPriority
  case exit, exitGroup, prctl, seccomp, ptrace, ioctl
  case close, read, write, dup, dup2
  case kill, tgkill, pause, setresuid, unshare
  case restartSyscall, gettimeofday, time, getcpu, copyMemory
  case openProcess, copyDescriptor, wait

  /// asm/unistd_64.h
  static let x86_64: [UInt32: ModelledCall] = [
    39: .getpid, 186: .gettid, 110: .getppid, 111: .getpgrp, 102: .getuid, 107: .geteuid, 104: .getgid,
    108: .getgid, 24: .schedYield, 146: .highestPriority, 60: .exit, 231: .exitGroup, 157: .prctl,
    317: .seccomp, 101: .ptrace, 16: .ioctl, 3: .close, 0: .read, 1: .write, 32: .dup, 33: .dup2, 62: .kill,
    234: .tgkill, 34: .pause, 117: .setresuid, 272: .unshare, 219: .restartSyscall, 96: .gettimeofday,
    201: .time, 309: .getcpu, 310: .copyMemory, 434: .openProcess, 438: .copyDescriptor, 61: .wait,
  ]

  /// asm/unistd_32.h; the calls with 16-bit user ids are not among them.
  static let i386: [UInt32: ModelledCall] = [
    20: .getpid, 224: .gettid, 64: .getppid, 65: .getpgrp, 199: .getuid, 201: .geteuid, 200: .getgid,
    202: .getgid, 158: .schedYield, 159: .highestPriority, 1: .exit, 252: .exitGroup, 172: .prctl,
    354: .seccomp, 26: .ptrace, 54: .ioctl, 6: .close, 3: .read, 4: .write, 41: .dup, 63: .dup2, 37: .kill,
    270: .tgkill, 29: .pause, 208: .setresuid, 310: .unshare, 0: .restartSyscall, 13: .time, 318: .getcpu,
  ]

  static func named(by number: UInt32, isCompat: Bool) -> ModelledCall? {
    isCompat ? i386[number] : x86_64[number]
  }
}
