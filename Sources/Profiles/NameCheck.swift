import SeccompModel

/// Whether system call names mean something on the architectures that a profile's filter covers.
struct NameCheck {
  private let covered: [Architecture]

  init(_ profile: Profile, native: Architecture) {
    covered = profile.filteredArchitectures(native: native)
  }

  /// What is wrong with `name`; nil when a covered architecture has it, or when one is covered whose calls we do
  /// not know.
  func remark(about name: String) -> String? {
    let tables = covered.map(Self.table)
    guard tables.allSatisfy({ $0 != nil }) else { return nil }
    let isAscii = name.utf8.allSatisfy { $0 < 0x80 }
    if isAscii, tables.contains(where: { $0?.number(named: name) != nil }) { return nil }

    let quoted = JSONText.quoted(JSONText.shortened(name))
    let others = Architecture.allCases.filter { other in
      isAscii && !covered.contains(other) && Self.table(of: other)?.number(named: name) != nil
    }
    guard others.isEmpty else {
      return
        "\(quoted) is a system call of \(Self.list(others)) only, which the profile does not list: it has "
        + "no effect"
    }
    return
      "\(quoted) is no system call of \(Self.list(covered)) that we know; runtimes skip it, so it has no "
      + "effect"
  }

  private static func table(of architecture: Architecture) -> SyscallTable? {
    switch architecture.rawValue {
    case "SCMP_ARCH_X86_64": .x86_64
    case "SCMP_ARCH_X32": .x32
    case "SCMP_ARCH_X86": .i386
    default: nil
    }
  }

  private static func list(_ architectures: [Architecture]) -> String {
    architectures.map { $0.rawValue.dropFirst("SCMP_ARCH_".count).lowercased() }.joined(separator: ", ")
  }
}
