import SeccompModel

/// The `linux.seccomp` object as a runtime's JSON decoder hands it on: every field in its type, no word looked up.
struct WrittenSeccomp: Equatable {
  var defaultAction: WrittenWord?
  var defaultErrnoRet: WrittenNumber?
  var architectures: [WrittenWord] = []
  /// Nil when absent, which the runtimes tell from an empty list.
  var flags: [WrittenWord]?
  var listenerPath: WrittenWord?
  var syscalls: [Entry] = []

  struct Entry: Equatable {
    var path: JSONPath = .root
    var names: [WrittenWord] = []
    var action: WrittenWord?
    var errnoRet: WrittenNumber?
    var arguments: [Argument] = []
  }

  struct Argument: Equatable {
    var path: JSONPath = .root
    var index: UInt64 = 0
    var value: UInt64 = 0
    var valueTwo: UInt64 = 0
    var comparison: WrittenWord?
  }
}

/// A string and where it stands.
struct WrittenWord: Equatable {
  var text: String
  var path: JSONPath

  /// For messages.
  var quoted: String { JSONText.quoted(JSONText.shortened(text)) }
}

/// A number and where it stands.
struct WrittenNumber: Equatable {
  var value: UInt64
  var path: JSONPath
}

/// The keys of the three kinds of object, as the specification writes them.
enum SeccompKeys {
  static let seccomp = [
    "defaultAction", "defaultErrnoRet", "architectures", "flags", "listenerPath", "listenerMetadata",
    "syscalls",
  ]
  static let entry = ["names", "action", "errnoRet", "args"]
  static let argument = ["index", "value", "valueTwo", "op"]
}

/// The clauses of one reading, in the order in which they are found.
struct ClauseList {
  let dialect: RuntimeDialect
  private(set) var clauses: [RuntimeClause] = []

  init(_ dialect: RuntimeDialect) { self.dialect = dialect }

  /// What the runtime is called in a sentence.
  var who: String { dialect.family.rawValue }

  mutating func add(_ kind: RuntimeClause.Kind, at path: JSONPath, _ sentence: String) {
    clauses.append(clause(kind, at: path, sentence))
  }

  func refusal(
    _ kind: RuntimeClause.Kind, at path: JSONPath, _ sentence: String, message: String
  ) -> RuntimeReading.Refusal {
    RuntimeReading.Refusal(clause: clause(kind, at: path, sentence), message: message)
  }

  private func clause(_ kind: RuntimeClause.Kind, at path: JSONPath, _ sentence: String) -> RuntimeClause {
    RuntimeClause(
      kind: kind, family: dialect.family, path: path.description, sentence: sentence,
      source: dialect.source(of: kind))
  }
}

extension String {
  /// What a C program sees of it: everything before the first NUL.
  var cutAtNUL: String {
    guard let end = utf8.firstIndex(of: 0) else { return self }
    return String(self[..<end])
  }
}
