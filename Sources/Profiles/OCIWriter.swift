public import SeccompModel

/// Writes a profile as the OCI `linux.seccomp` object: the same profile always gives the same text, and reading
/// that text gives the same profile.
public enum OCIWriter {
  /// What the OCI form has no words for.
  public enum Inexpressible: Error, Hashable, Sendable, CustomStringConvertible {
    /// `SCMP_ACT_TRAP` has no data, and unknown actions have no name.
    case action(Action)

    public var description: String {
      switch self {
      case .action(let action): "the OCI form cannot say the action \(action)"
      }
    }
  }

  /// The JSON text of `profile`, ending with a newline. Fields that are absent or empty in the profile are left
  /// out, `valueTwo` when it is 0; `errnoRet` is always written for ERRNO and TRACE.
  public static func text(of profile: Profile) throws(Inexpressible) -> String {
    JSONWriter.text(.object(try members(of: profile)))
  }

  private static func members(of profile: Profile) throws(Inexpressible) -> [JSONMember] {
    var members = try action(profile.defaultAction, key: "defaultAction", errnoKey: "defaultErrnoRet")
    if !profile.architectures.isEmpty {
      members.append(member("architectures", strings(profile.architectures.map(\.rawValue))))
    }
    if let flags = profile.flags { members.append(member("flags", strings(flags))) }
    if let path = profile.listenerPath { members.append(member("listenerPath", .string(path))) }
    if let metadata = profile.listenerMetadata {
      members.append(member("listenerMetadata", .string(metadata)))
    }
    if !profile.entries.isEmpty {
      var entries: [JSONNode] = []
      for entry in profile.entries { entries.append(JSONNode(.object(try self.entry(entry)))) }
      members.append(member("syscalls", .array(entries)))
    }
    return members
  }

  private static func entry(_ entry: Profile.Entry) throws(Inexpressible) -> [JSONMember] {
    var members = [member("names", strings(entry.names))]
    members += try action(entry.action, key: "action", errnoKey: "errnoRet")
    if !entry.conditions.isEmpty {
      members.append(member("args", .array(entry.conditions.map { JSONNode(.object(condition($0))) })))
    }
    return members
  }

  private static func condition(_ condition: Condition) -> [JSONMember] {
    var members = [
      member("index", number(UInt64(condition.index))),
      member("value", number(condition.value)),
    ]
    if condition.valueTwo != 0 { members.append(member("valueTwo", number(condition.valueTwo))) }
    members.append(member("op", .string(condition.comparison.word)))
    return members
  }

  private static func action(
    _ action: Action, key: String, errnoKey: String
  ) throws(Inexpressible) -> [JSONMember] {
    let word: String
    var errno: UInt16?
    switch action {
    case .killThread: word = "SCMP_ACT_KILL_THREAD"
    case .killProcess: word = "SCMP_ACT_KILL_PROCESS"
    case .trap(0): word = "SCMP_ACT_TRAP"
    case .errno(let data): (word, errno) = ("SCMP_ACT_ERRNO", data)
    case .notify: word = "SCMP_ACT_NOTIFY"
    case .trace(let data): (word, errno) = ("SCMP_ACT_TRACE", data)
    case .log: word = "SCMP_ACT_LOG"
    case .allow: word = "SCMP_ACT_ALLOW"
    case .trap, .unknown: throw .action(action)
    }
    var members = [member(key, .string(word))]
    if let errno { members.append(member(errnoKey, number(UInt64(errno)))) }
    return members
  }

  private static func member(_ key: String, _ value: JSONValue) -> JSONMember {
    JSONMember(key: key, node: JSONNode(value))
  }

  private static func number(_ value: UInt64) -> JSONValue { .number(JSONNumber(value)) }

  private static func strings(_ strings: [String]) -> JSONValue {
    .array(strings.map { JSONNode(.string($0)) })
  }
}
