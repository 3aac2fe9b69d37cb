import SeccompModel

/// Whether system call names mean something on the architectures that a profile's filter covers.
struct NameCheck {
  private let covered: [Architecture]
  /// The tables of ``covered``; nil when one is covered whose calls we do not know.
  private let tables: [SyscallTable]?

  init(_ profile: Profile, native: Architecture) {
    covered = profile.filteredArchitectures(native: native)
    let tables = covered.compactMap(\.table)
    self.tables = tables.count == covered.count ? tables : nil
  }

  /// Whether a covered architecture has `name`, or may have it.
  func isKnown(_ name: String) -> Bool {
    guard let tables else { return true }
    guard Self.isASCII(name) else { return false }
    // `send`, `recv` and others are i386 calls behind socketcall(2) or ipc(2) only.
    if covered.contains(.x86), MultiplexedCall.named(name) != nil { return true }
    return tables.contains { $0.number(named: name) != nil }
  }

  /// Why a name that is not known has no effect.
  func explanation(of name: String) -> String {
    let quoted = JSONText.quoted(JSONText.shortened(name))
    let others = Architecture.allCases.filter { other in
      Self.isASCII(name) && !covered.contains(other) && other.table?.number(named: name) != nil
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

  /// Names are compared by Swift's canonical equivalence, which only ASCII is safe from.
  private static func isASCII(_ name: String) -> Bool { name.utf8.allSatisfy { $0 < 0x80 } }

  private static func list(_ architectures: [Architecture]) -> String {
    architectures.map { $0.rawValue.dropFirst("SCMP_ARCH_".count).lowercased() }.joined(separator: ", ")
  }
}
