import SeccompModel

/// The profile's own fields.
extension ProfileReading {
  static let ociFields = [
    "defaultAction", "defaultErrnoRet", "architectures", "flags", "listenerPath", "listenerMetadata",
    "syscalls",
  ]
  static let dockerFields = ["archMap", "defaultErrno"]

  mutating func profile(
    _ fields: Fields
  ) throws(JSONError) -> (Profile, [ProfileDocument.EntrySource]) {
    let known = form == .docker ? Self.ociFields + Self.dockerFields : Self.ociFields
    remarkUnknownFields(of: fields, known: known, in: "a seccomp profile")

    let defaultAction = try action(
      in: fields, key: "defaultAction", errnoRet: "defaultErrnoRet", errnoName: "defaultErrno")
    let architectures = try architectures(fields)
    let flags = try flags(fields)
    let listenerPath = try fields["listenerPath"].map { value throws(JSONError) in
      try value.string("the path of a socket")
    }
    let listenerMetadata = try fields["listenerMetadata"].map { value throws(JSONError) in
      guard listenerPath != nil else {
        throw value.fault(expected: "no listenerMetadata without listenerPath")
      }
      return try value.string("a string for the listener")
    }

    var profile = Profile(
      defaultAction: defaultAction, architectures: architectures, flags: flags, listenerPath: listenerPath,
      listenerMetadata: listenerMetadata)
    var sources: [ProfileDocument.EntrySource] = []
    let names = NameCheck(profile, native: context.architecture)
    if let syscalls = fields["syscalls"] {
      for (index, value) in try syscalls.elements("an array of entries").enumerated() {
        guard let read = try entry(value, names: names) else { continue }
        profile.entries.append(read.entry)
        sources.append(
          ProfileDocument.EntrySource(
            index: index, path: value.path.description, position: lines.position(of: value.node.offset),
            comment: read.comment))
      }
    }
    return (profile, sources)
  }

  private func flags(_ fields: Fields) throws(JSONError) -> [String]? {
    guard let value = fields["flags"] else { return nil }
    var flags: [String] = []
    for element in try value.elements("an array of seccomp(2) flags") {
      let expected = "one of \(ProfileWords.flags.joined(separator: ", "))"
      let flag = try element.string(expected)
      guard ProfileWords.flags.contains(where: { ProfileWords.isExactly(flag, $0) }) else {
        throw element.fault(expected: expected)
      }
      flags.append(flag)
    }
    return flags
  }

  /// An action word with its errno, which may be a number (`errnoRet`) or, in the Docker form, a name
  /// (`errno`, which containers/common prefers).
  func actionWords(_ value: Value) throws(JSONError) -> ActionKind {
    let expected = "an action: \(ProfileWords.actions.map(\.word).joined(separator: ", "))"
    guard let kind = ProfileWords.kind(of: try value.string(expected)) else {
      throw value.fault(expected: expected)
    }
    return kind
  }

  mutating func action(
    in fields: Fields, key: String, errnoRet: String, errnoName: String
  ) throws(JSONError) -> Action {
    let value = try fields.required(key, "an action such as SCMP_ACT_ALLOW")
    let kind = try actionWords(value)
    let number = try fields[errnoRet].map { value throws(JSONError) in
      UInt16(truncatingIfNeeded: try value.unsigned(upTo: UInt64(UInt16.max), "an errno"))
    }
    let named = form == .docker ? try errno(named: fields[errnoName]) : nil
    if let number, let named, number != named, let value = fields[errnoName] {
      remark(
        .contradictoryErrno, at: value.path, offset: value.node.offset,
        "\(errnoName) is \(named) and \(errnoRet) is \(number): containers/common takes \(named), Docker "
          + "\(number); read as \(named)")
    }

    let data = named ?? number ?? ProfileWords.defaultErrno
    switch kind {
    case .errno: return .errno(data)
    case .trace: return .trace(data)
    default:
      // The specification: the runtime MUST print an error and fail. crun does, runc ignores the field.
      for field in [errnoRet, errnoName] where field == errnoRet ? number != nil : named != nil {
        guard let value = fields[field] else { continue }
        throw value.fault(
          expected:
            "no \(field) with an action that has no errno (only SCMP_ACT_ERRNO and SCMP_ACT_TRACE have)")
      }
    }
    switch kind {
    case .killProcess: return .killProcess
    case .trap: return .trap(0)
    case .notify: return .notify
    case .log: return .log
    case .allow: return .allow
    default: return .killThread
    }
  }

  /// `EINVAL`, or a number in a string, as containers/common reads it; the empty string is Go's "not given".
  private func errno(named value: Value?) throws(JSONError) -> UInt16? {
    guard let value else { return nil }
    let expected = "the name of an errno, such as EPERM"
    let name = try value.string(expected)
    if name.isEmpty { return nil }
    guard name.utf8.allSatisfy({ $0 < 0x80 }), let number = errnoNumber(named: name) ?? UInt16(name) else {
      throw value.fault(expected: expected)
    }
    return number
  }
}

extension Optional where Wrapped == Value {
  /// `map` that rethrows with its type.
  func map<Result>(_ transform: (Value) throws(JSONError) -> Result) throws(JSONError) -> Result? {
    guard let self else { return nil }
    return try transform(self)
  }
}
