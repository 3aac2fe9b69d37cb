import Profiles
import SeccompModel

extension RuntimeExpectation {
  /// The clause that makes the runtime's answer to a call another one than the text's: the prologue where it answers,
  /// else one that speaks of an entry that names the call, else one that speaks of the whole profile.
  func cause(of call: Call, _ data: SeccompData, in document: ProfileDocument?) -> RuntimeClause? {
    guard case .filter(let expected) = reading else { return nil }
    let translation = expected.translation
    if translation.stub?.verdict(for: data) != nil {
      return translation.clauses.first { $0.kind == .enosysPrologue }
    }
    let name = SavedCase.name(of: call)
    let entries = document?.profile.entries ?? []
    let speaking = translation.clauses.first { clause in
      guard let index = clause.entry, entries.indices.contains(index) else { return false }
      return entries[index].names.contains { $0 == name }
    }
    return speaking ?? translation.clauses.first { $0.entry == nil && $0.kind.concernsEveryCall }
  }
}

extension RuntimeClause {
  /// The entry of `syscalls` that it is about: its path begins with `$.syscalls[3]`.
  fileprivate var entry: Int? {
    let start = "$.syscalls["
    guard path.hasPrefix(start) else { return nil }
    return Int(path.dropFirst(start.count).prefix { $0.isNumber })
  }
}

extension RuntimeClause.Kind {
  /// Whether it may change the answer to any call, not only to those that an entry names.
  fileprivate var concernsEveryCall: Bool {
    switch self {
    case .nativeArchitecture, .architectureSpelling, .errnoIgnored, .errnoWraps, .errnoDefault, .letterCase,
      .repeatedKey, .leftoverValue, .missingField, .negativeNumber, .wrongType, .unknownField:
      true
    default: false
    }
  }
}
