import SeccompModel

/// The words of the OCI runtime specification (config-linux.md, Seccomp) and what they stand for.
enum ProfileWords {
  static let actions: [(word: String, kind: ActionKind)] = [
    ("SCMP_ACT_KILL", .killThread),
    ("SCMP_ACT_KILL_PROCESS", .killProcess),
    ("SCMP_ACT_KILL_THREAD", .killThread),
    ("SCMP_ACT_TRAP", .trap),
    ("SCMP_ACT_ERRNO", .errno),
    ("SCMP_ACT_TRACE", .trace),
    ("SCMP_ACT_ALLOW", .allow),
    ("SCMP_ACT_LOG", .log),
    ("SCMP_ACT_NOTIFY", .notify),
  ]

  /// The seccomp(2) flags that a profile may ask for.
  static let flags = [
    "SECCOMP_FILTER_FLAG_TSYNC", "SECCOMP_FILTER_FLAG_LOG", "SECCOMP_FILTER_FLAG_SPEC_ALLOW",
    "SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV",
  ]

  /// EPERM: the errno of an ERRNO or TRACE action without `errnoRet`.
  static let defaultErrno: UInt16 = 1

  static func kind(of word: String) -> ActionKind? {
    actions.first { isExactly(word, $0.word) }?.kind
  }

  static func comparison(of word: String) -> Condition.Comparison? {
    Condition.Comparison.allCases.first { isExactly(word, $0.word) }
  }

  static func architecture(of word: String) -> Architecture? {
    Architecture.allCases.first { isExactly(word, $0.rawValue) }
  }

  /// Equality of code points. `==` of `String` is canonical equivalence, by which "SCMP_ACT_\u{212a}ILL" with a
  /// KELVIN SIGN would be an action.
  static func isExactly(_ text: String, _ word: String) -> Bool {
    text.utf8.elementsEqual(word.utf8)
  }
}
