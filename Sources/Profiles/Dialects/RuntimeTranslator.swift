import SeccompModel

/// What runc and crun do alike with a decoded profile.
struct RuntimeTranslator {
  typealias Refusal = RuntimeReading.Refusal
  typealias Translation = RuntimeReading.Translation

  var list: ClauseList
  var translation = Translation(defaultAction: .killThread)
  private var errnoDefaults = (count: 0, first: JSONPath.root)

  var dialect: RuntimeDialect { list.dialect }
  var who: String { list.who }

  init(_ list: ClauseList) { self.list = list }

  /// Both take the words of the specification exactly as they are.
  static func kind(of word: String) -> ActionKind? { ProfileWords.kind(of: word) }

  /// The action that a word and a number mean. The number's low 16 bits count; without a number it is EPERM.
  mutating func action(_ kind: ActionKind, errno: WrittenNumber?, at path: JSONPath) -> Action {
    switch kind {
    case .killProcess: return .killProcess
    case .trap: return .trap(0)
    case .notify: return .notify
    case .log: return .log
    case .allow: return .allow
    case .errno, .trace: break
    case .killThread, .unknown: return .killThread
    }
    var data = ProfileWords.defaultErrno
    if let errno {
      data = UInt16(truncatingIfNeeded: errno.value)
      if errno.value > UInt64(UInt16.max) {
        list.add(
          .errnoWraps, at: errno.path,
          "\(who) keeps 16 bits of the errno: \(errno.value) acts as \(data)")
      }
    } else {
      if errnoDefaults.count == 0 { errnoDefaults.first = path }
      errnoDefaults.count += 1
    }
    return kind == .errno ? .errno(data) : .trace(data)
  }

  /// Says once, at the first place, that an errno was not given.
  mutating func noteErrnoDefaults(_ defaultErrnoRet: WrittenNumber?) {
    guard errnoDefaults.count > 0 else { return }
    let others = errnoDefaults.count == 1 ? "" : ", here and in \(errnoDefaults.count - 1) more places"
    let instead =
      defaultErrnoRet.flatMap { $0.value == 1 ? nil : ", not defaultErrnoRet (\($0.value))" } ?? ""
    list.add(
      .errnoDefault, at: errnoDefaults.first,
      "no errno is given\(others): \(who) takes 1 (EPERM)\(instead)")
  }

  /// The flags of an action's text that libseccomp refuses: ERRNO takes 0 to 4094 (`MAX_ERRNO` is 4095, and the
  /// library wants less).
  static func isErrnoTooLarge(_ action: Action) -> Bool {
    if case .errno(let data) = action { data > 4094 } else { false }
  }

  func errnoTooLarge(_ action: Action, at path: JSONPath, message: String) -> Refusal {
    var data: UInt16 = 0
    if case .errno(let number) = action { data = number }
    return list.refusal(
      .errnoTooLarge, at: path, "\(who) does not start with errno \(data): libseccomp takes 0 to 4094",
      message: message)
  }

  /// Adds an architecture that libseccomp knows.
  mutating func add(_ architecture: Architecture, at path: JSONPath, message: String) throws(Refusal) {
    guard architecture.isLittleEndian else {
      throw list.refusal(
        .bigEndianRefused, at: path,
        "\(who) does not start with \(architecture.rawValue): libseccomp puts no big-endian architecture into "
          + "the filter of a little-endian machine",
        message: message)
    }
    if !translation.architectures.contains(architecture) { translation.architectures.append(architecture) }
  }

  mutating func noteNativeArchitecture(_ listed: [WrittenWord], isNativeListed: Bool) {
    guard !listed.isEmpty, !isNativeListed else { return }
    list.add(
      .nativeArchitecture, at: JSONPath([.key("architectures")]),
      "\(Architecture.x86_64.rawValue) is not listed, but it is the machine's own: its calls are filtered as well"
    )
  }

  // MARK: Rules

  /// The conditions of each rule that an entry's conditions make: all of them, or, where one argument is named
  /// twice, each of them by itself.
  static func alternatives(_ conditions: [Condition]) -> [[Condition]] {
    Set(conditions.map(\.index)).count == conditions.count ? [conditions] : conditions.map { [$0] }
  }

  mutating func noteAlternatives(_ conditions: [Condition], at path: JSONPath) {
    list.add(
      .alternatives, at: path.appending(.key("args")),
      "an argument has two conditions here: \(who) makes each of the \(conditions.count) conditions a rule of its "
        + "own, so that one of them suffices")
  }

  mutating func noteEqualToDefault(_ entry: WrittenSeccomp.Entry) {
    list.add(
      .equalToDefault, at: entry.path,
      "the action is the default action: \(who) drops the entry, so that it takes back no other entry")
  }

  mutating func noteUnknown(_ names: [WrittenWord], of entry: WrittenSeccomp.Entry) {
    guard let first = names.first else { return }
    let shown = names.prefix(4).map(\.quoted).joined(separator: ", ")
    let rest = names.count > 4 ? " and \(names.count - 4) more" : ""
    list.add(
      .unknownName, at: names.count == 1 ? first.path : entry.path.appending(.key("names")),
      "libseccomp does not know \(shown)\(rest): \(who) passes over \(names.count == 1 ? "it" : "them")")
  }

  mutating func noteWithoutNames(_ entry: WrittenSeccomp.Entry) {
    if entry.names.isEmpty {
      list.add(.entryWithoutNames, at: entry.path, "the entry names no call: it has no effect")
    }
  }

  mutating func add(_ word: WrittenWord, _ action: Action, _ alternatives: [[Condition]], place: (Int, Int)) {
    for conditions in alternatives {
      translation.rules.append(
        Rule(
          name: word.text.cutAtNUL, action: action, conditions: conditions, entry: place.0, position: place.1)
      )
    }
    need(action)
  }

  /// seccomp_api_get(3): 3 knows LOG and KILL_PROCESS, 5 NOTIFY; runc wants 6 for that.
  mutating func need(_ action: Action) {
    let level: UInt32 =
      switch action {
      case .log, .killProcess: 3
      case .notify: dialect.family == .runc ? 6 : 5
      default: 1
      }
    translation.apiLevel = max(translation.apiLevel, level)
  }

  mutating func finish() -> RuntimeReading {
    translation.clauses = list.clauses
    return .filter(translation)
  }
}

/// The flags of seccomp(2) that profiles ask for (`linux/seccomp.h`).
enum SeccompFlag {
  static let synchronizeThreads: UInt32 = 1
  static let log: UInt32 = 2
  static let speculationAllowed: UInt32 = 4
  static let newListener: UInt32 = 8
  static let waitKillable: UInt32 = 32

  static func bit(of word: String) -> UInt32? {
    switch word {
    case "SECCOMP_FILTER_FLAG_TSYNC": synchronizeThreads
    case "SECCOMP_FILTER_FLAG_LOG": log
    case "SECCOMP_FILTER_FLAG_SPEC_ALLOW": speculationAllowed
    case "SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV": waitKillable
    default: nil
    }
  }
}
