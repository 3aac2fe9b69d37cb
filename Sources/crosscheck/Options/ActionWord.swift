import ArgumentParser
package import SeccompModel

/// An action on the command line: the kernel's or the specification's name with or without its prefix, in either
/// case, and the data after `=` where the action has any: `KILL_PROCESS`, `errno=38`, `SCMP_ACT_LOG`.
package struct ActionWord: Hashable, Sendable, ExpressibleByArgument {
  package var action: Action

  /// EPERM: the data of ERRNO and TRACE when none is given, as in the OCI specification.
  private static let defaultData: UInt16 = 1

  package init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard let word = parts.first?.uppercased() else { return nil }
    let prefix = ["SCMP_ACT_", "SECCOMP_RET_"].first { word.hasPrefix($0) } ?? ""
    let name = word.dropFirst(prefix.count).replacing("-", with: "_")
    let data: UInt16?
    if parts.count == 2 {
      guard let number = UInt16(parts[1]), parts[1].first?.isNumber == true else { return nil }
      data = number
    } else {
      data = nil
    }
    switch name {
    case "ERRNO": action = .errno(data ?? Self.defaultData)
    case "TRACE": action = .trace(data ?? Self.defaultData)
    case "TRAP" where data == nil: action = .trap(0)
    case "KILL" where data == nil, "KILL_THREAD" where data == nil: action = .killThread
    case "KILL_PROCESS" where data == nil: action = .killProcess
    case "NOTIFY" where data == nil, "USER_NOTIF" where data == nil: action = .notify
    case "LOG" where data == nil: action = .log
    case "ALLOW" where data == nil: action = .allow
    default: return nil
    }
  }
}
