import Profiles
import SeccompModel

/// A profile in a case file: the `linux.seccomp` object of the OCI runtime specification, so that it can be
/// cut out and given to a runtime. Values are JSON numbers, as the specification wants them.
struct ProfileJSON: Codable {
  var defaultAction: String
  var defaultErrnoRet: UInt16?
  var architectures: [String]?
  var flags: [String]?
  var listenerPath: String?
  var listenerMetadata: String?
  var syscalls: [Entry]

  struct Entry: Codable {
    var names: [String]
    var action: String
    var errnoRet: UInt16?
    var args: [Argument]?
  }

  struct Argument: Codable {
    var index: UInt32
    var value: UInt64
    var valueTwo: UInt64?
    var op: String
  }

  init(_ profile: Profile) {
    (defaultAction, defaultErrnoRet) = Self.words(of: profile.defaultAction)
    architectures = profile.architectures.isEmpty ? nil : profile.architectures.map(\.rawValue)
    flags = profile.flags
    listenerPath = profile.listenerPath
    listenerMetadata = profile.listenerMetadata
    syscalls = profile.entries.map { entry in
      let (action, data) = Self.words(of: entry.action)
      let arguments = entry.conditions.map {
        Argument(
          index: $0.index, value: $0.value, valueTwo: $0.valueTwo == 0 ? nil : $0.valueTwo,
          op: $0.comparison.word)
      }
      return Entry(
        names: entry.names, action: action, errnoRet: data, args: arguments.isEmpty ? nil : arguments)
    }
  }

  var value: Profile {
    get throws {
      Profile(
        defaultAction: try Self.action(defaultAction, defaultErrnoRet),
        architectures: try (architectures ?? []).map { word in
          guard let architecture = Architecture(rawValue: word) else {
            throw corrupted("architecture \"\(word)\" is unknown")
          }
          return architecture
        }, flags: flags, listenerPath: listenerPath, listenerMetadata: listenerMetadata,
        entries: try syscalls.map { entry in
          Profile.Entry(
            names: entry.names, action: try Self.action(entry.action, entry.errnoRet),
            conditions: try (entry.args ?? []).map { argument in
              guard let op = Condition.Comparison.allCases.first(where: { $0.word == argument.op }) else {
                throw corrupted("op \"\(argument.op)\" is unknown")
              }
              return Condition(
                index: argument.index, op, value: argument.value, valueTwo: argument.valueTwo ?? 0)
            })
        })
    }
  }

  /// The OCI word, with the data that goes into `errnoRet`.
  private static func words(of action: Action) -> (String, UInt16?) {
    switch action {
    case .errno(let data), .trace(let data): (action.word, data)
    case .trap(let data): (action.word, data == 0 ? nil : data)
    default: (action.word, nil)
    }
  }

  /// An absent `errnoRet` is EPERM for the actions that use it, as the runtimes have it.
  private static func action(_ word: String, _ data: UInt16?) throws -> Action {
    switch word {
    case "SCMP_ACT_KILL", "SCMP_ACT_KILL_THREAD": return .killThread
    case "SCMP_ACT_KILL_PROCESS": return .killProcess
    case "SCMP_ACT_TRAP": return .trap(data ?? 0)
    case "SCMP_ACT_ERRNO": return .errno(data ?? 1)
    case "SCMP_ACT_NOTIFY": return .notify
    case "SCMP_ACT_TRACE": return .trace(data ?? 1)
    case "SCMP_ACT_LOG": return .log
    case "SCMP_ACT_ALLOW": return .allow
    default:
      guard word.hasPrefix("0x"), let raw = UInt32(word.dropFirst(2), radix: 16) else {
        throw corrupted("action \"\(word)\" is unknown")
      }
      return .unknown(raw)
    }
  }
}

extension Action {
  /// The word of the OCI specification and of seccomp_rule_add(3), without data; for an action that has
  /// none, the raw value.
  var word: String {
    switch self {
    case .killThread: "SCMP_ACT_KILL_THREAD"
    case .killProcess: "SCMP_ACT_KILL_PROCESS"
    case .trap: "SCMP_ACT_TRAP"
    case .errno: "SCMP_ACT_ERRNO"
    case .notify: "SCMP_ACT_NOTIFY"
    case .trace: "SCMP_ACT_TRACE"
    case .log: "SCMP_ACT_LOG"
    case .allow: "SCMP_ACT_ALLOW"
    case .unknown(let raw): hex(raw)
    }
  }
}
