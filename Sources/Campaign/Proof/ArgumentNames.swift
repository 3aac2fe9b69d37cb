import Proving

/// What the kernel's headers call some numbers that filters compare arguments with.
enum ArgumentNames {
  /// A cover's text, with the names that its numbers have in these calls.
  static func condition(_ cover: Cover, of calls: [ProofReport.Calls]) -> String {
    let names = Set(calls.flatMap(\.names))
    return cover.text { argument, value, isMask in
      name(of: value, isMask: isMask, argument: argument, calls: names)
    }
  }

  /// The name of a value, or of the bits of a mask, of an argument of all these calls.
  static func name(of value: UInt64, isMask: Bool, argument: Int, calls: Set<String>) -> String? {
    let tables = calls.map { table(of: $0, argument) }
    guard let table = tables.first ?? nil, tables.allSatisfy({ $0?.source == table.source }) else {
      return nil
    }
    guard table.isBits, isMask || table.names[value] == nil else { return isMask ? nil : table.names[value] }
    guard isMask, value != 0 else { return nil }
    var rest = value
    var names: [String] = []
    for (bit, name) in table.names.sorted(by: { $0.key < $1.key }) where rest & bit == bit {
      names.append(name)
      rest &= ~bit
    }
    return rest == 0 && names.count <= 8 ? names.joined(separator: " | ") : nil
  }

  private struct Table {
    /// The header that they stand in.
    var source: String
    /// Bits that are joined, or numbers.
    var isBits: Bool
    var names: [UInt64: String]
  }

  private static func table(of call: String, _ argument: Int) -> Table? {
    switch (call, argument) {
    // On x86 the flags are clone's first argument; its second is the stack.
    case ("clone", 0), ("unshare", 0), ("setns", 1): clone
    case ("socket", 0), ("socketpair", 0): families
    case ("socket", 1), ("socketpair", 1): socketTypes
    case ("personality", 0): personality
    case ("prctl", 0): prctl
    default: nil
    }
  }

  private static let clone = Table(
    source: "linux/sched.h", isBits: true,
    names: [
      0x80: "CLONE_NEWTIME", 0x100: "CLONE_VM", 0x200: "CLONE_FS", 0x400: "CLONE_FILES",
      0x800: "CLONE_SIGHAND", 0x1000: "CLONE_PIDFD", 0x2000: "CLONE_PTRACE", 0x4000: "CLONE_VFORK",
      0x8000: "CLONE_PARENT", 0x1_0000: "CLONE_THREAD", 0x2_0000: "CLONE_NEWNS", 0x4_0000: "CLONE_SYSVSEM",
      0x8_0000: "CLONE_SETTLS", 0x10_0000: "CLONE_PARENT_SETTID", 0x20_0000: "CLONE_CHILD_CLEARTID",
      0x80_0000: "CLONE_UNTRACED", 0x100_0000: "CLONE_CHILD_SETTID", 0x200_0000: "CLONE_NEWCGROUP",
      0x400_0000: "CLONE_NEWUTS", 0x800_0000: "CLONE_NEWIPC", 0x1000_0000: "CLONE_NEWUSER",
      0x2000_0000: "CLONE_NEWPID", 0x4000_0000: "CLONE_NEWNET", 0x8000_0000: "CLONE_IO",
    ])

  private static let families = Table(
    source: "linux/socket.h", isBits: false,
    names: [
      0: "AF_UNSPEC", 1: "AF_UNIX", 2: "AF_INET", 3: "AF_AX25", 4: "AF_IPX", 5: "AF_APPLETALK", 9: "AF_X25",
      10: "AF_INET6", 15: "AF_KEY", 16: "AF_NETLINK", 17: "AF_PACKET", 21: "AF_RDS", 23: "AF_IRDA",
      24: "AF_PPPOX", 29: "AF_CAN", 30: "AF_TIPC", 31: "AF_BLUETOOTH", 35: "AF_PHONET", 38: "AF_ALG",
      39: "AF_NFC", 40: "AF_VSOCK", 41: "AF_KCM", 42: "AF_QIPCRTR", 43: "AF_SMC", 44: "AF_XDP",
    ])

  private static let socketTypes = Table(
    source: "linux/net.h", isBits: false,
    names: [
      1: "SOCK_STREAM", 2: "SOCK_DGRAM", 3: "SOCK_RAW", 4: "SOCK_RDM", 5: "SOCK_SEQPACKET", 10: "SOCK_PACKET",
    ])

  private static let personality = Table(
    source: "linux/personality.h", isBits: false,
    names: [
      0: "PER_LINUX", 8: "PER_LINUX32", 0x2_0000: "UNAME26", 0x2_0008: "PER_LINUX32 | UNAME26",
      0x4_0000: "ADDR_NO_RANDOMIZE", 0xffff_ffff: "ask",
    ])

  private static let prctl = Table(
    source: "linux/prctl.h", isBits: false,
    names: [
      1: "PR_SET_PDEATHSIG", 2: "PR_GET_PDEATHSIG", 3: "PR_GET_DUMPABLE", 4: "PR_SET_DUMPABLE",
      8: "PR_SET_KEEPCAPS", 15: "PR_SET_NAME", 16: "PR_GET_NAME", 21: "PR_GET_SECCOMP", 22: "PR_SET_SECCOMP",
      23: "PR_CAPBSET_READ", 24: "PR_CAPBSET_DROP", 26: "PR_SET_TSC", 28: "PR_SET_SECUREBITS",
      36: "PR_SET_CHILD_SUBREAPER", 38: "PR_SET_NO_NEW_PRIVS", 39: "PR_GET_NO_NEW_PRIVS",
      47: "PR_CAP_AMBIENT", 0x5961_6d61: "PR_SET_PTRACER",
    ])
}
