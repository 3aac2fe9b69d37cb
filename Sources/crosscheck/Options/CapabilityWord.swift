import ArgumentParser

/// A capability's name, with or without `CAP_`, in either case.
package struct CapabilityWord: Hashable, Sendable, ExpressibleByArgument {
  /// With `CAP_`, as profiles write it.
  package var name: String

  package init?(argument: String) {
    let word = argument.uppercased()
    let bare = word.hasPrefix("CAP_") ? String(word.dropFirst(4)) : word
    guard Self.names.contains(bare) else { return nil }
    name = "CAP_" + bare
  }

  /// linux/capability.h, CAP_CHOWN (0) to CAP_CHECKPOINT_RESTORE (40).
  static let names: Set<String> = [
    "CHOWN", "DAC_OVERRIDE", "DAC_READ_SEARCH", "FOWNER", "FSETID", "KILL", "SETGID", "SETUID", "SETPCAP",
    "LINUX_IMMUTABLE", "NET_BIND_SERVICE", "NET_BROADCAST", "NET_ADMIN", "NET_RAW", "IPC_LOCK", "IPC_OWNER",
    "SYS_MODULE", "SYS_RAWIO", "SYS_CHROOT", "SYS_PTRACE", "SYS_PACCT", "SYS_ADMIN", "SYS_BOOT", "SYS_NICE",
    "SYS_RESOURCE", "SYS_TIME", "SYS_TTY_CONFIG", "MKNOD", "LEASE", "AUDIT_WRITE", "AUDIT_CONTROL", "SETFCAP",
    "MAC_OVERRIDE", "MAC_ADMIN", "SYSLOG", "WAKE_ALARM", "BLOCK_SUSPEND", "AUDIT_READ", "PERFMON", "BPF",
    "CHECKPOINT_RESTORE",
  ]
}
