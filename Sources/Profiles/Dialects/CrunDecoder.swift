import SeccompModel

/// Decodes `linux.seccomp` as the C code does that libocispec generates for crun, on top of yajl.
///
/// - A key is looked for by strcmp(3), and the first one counts. A value of another type than the field's is taken
///   as absent, `null` included; an element of a list of strings that is no string becomes the empty string.
/// - Numbers go through strtoull(3): a minus sign wraps around at 2^64; a fraction or exponent is an error.
/// - `defaultAction`, `names`, `action` and `op` must be there. `index`, `value` and `valueTwo` are 0 when absent.
/// - Strings end at their first NUL.
///
/// Source: libocispec as of crun 1.8.1, src/ocispec/sources.py (the generator) and json_common.c; yajl 2.1.0,
/// yajl_tree.c; measured with crun 1.8.1.
struct CrunDecoder {
  typealias Refusal = RuntimeReading.Refusal

  private(set) var list: ClauseList

  init(_ dialect: RuntimeDialect) { list = ClauseList(dialect) }

  /// Nil for anything that is no object.
  mutating func decode(_ root: Value) throws(Refusal) -> WrittenSeccomp? {
    guard case .object = root.node.value else {
      if !root.isNull { noteWrongType(root, "an object") }
      return nil
    }
    noteMembers(of: root, keys: SeccompKeys.seccomp)
    var seccomp = WrittenSeccomp()
    seccomp.defaultAction = word("defaultAction", of: root)
    seccomp.defaultErrnoRet = try number("defaultErrnoRet", of: root, upTo: UInt64(UInt32.max))
    seccomp.flags = words("flags", of: root)
    seccomp.listenerPath = word("listenerPath", of: root)
    _ = word("listenerMetadata", of: root)
    seccomp.architectures = words("architectures", of: root) ?? []
    for element in array("syscalls", of: root) ?? Elements(nodes: [], path: root.path) {
      seccomp.syscalls.append(try entry(element))
    }
    try require(seccomp.defaultAction, "defaultAction", of: root)
    return seccomp
  }

  private mutating func entry(_ value: Value) throws(Refusal) -> WrittenSeccomp.Entry {
    noteMembers(of: value, keys: SeccompKeys.entry)
    var entry = WrittenSeccomp.Entry(path: value.path)
    let names = words("names", of: value)
    entry.names = names ?? []
    entry.action = word("action", of: value)
    entry.errnoRet = try number("errnoRet", of: value, upTo: UInt64(UInt32.max))
    for element in array("args", of: value) ?? Elements(nodes: [], path: value.path) {
      entry.arguments.append(try argument(element))
    }
    try require(names, "names", of: value)
    try require(entry.action, "action", of: value)
    return entry
  }

  private mutating func argument(_ value: Value) throws(Refusal) -> WrittenSeccomp.Argument {
    noteMembers(of: value, keys: SeccompKeys.argument)
    var argument = WrittenSeccomp.Argument(path: value.path)
    var given: Set<String> = []
    if let index = try number("index", of: value, upTo: UInt64(UInt32.max)) {
      argument.index = index.value
      given.insert("index")
    }
    if let datum = try number("value", of: value, upTo: .max) {
      argument.value = datum.value
      given.insert("value")
    }
    argument.valueTwo = try number("valueTwo", of: value, upTo: .max)?.value ?? 0
    argument.comparison = word("op", of: value)
    try require(argument.comparison, "op", of: value)
    list.noteMissing(given, in: value)
    return argument
  }

  // MARK: libocispec's rules

  /// The value of the first member called `key`, whatever its type; nil for `null`.
  private func member(_ key: String, of value: Value) -> Value? {
    guard case .object(let members) = value.node.value,
      let member = members.first(where: { ProfileWords.isExactly($0.key.cutAtNUL, key) })
    else { return nil }
    let found = Value(node: member.node, path: value.path.appending(.key(member.key)))
    return found.isNull ? nil : found
  }

  private mutating func array(_ key: String, of value: Value) -> Elements? {
    guard let found = member(key, of: value) else { return nil }
    guard case .array(let nodes) = found.node.value else {
      noteWrongType(found, "a list")
      return nil
    }
    return Elements(nodes: nodes, path: found.path)
  }

  private mutating func words(_ key: String, of value: Value) -> [WrittenWord]? {
    guard let elements = array(key, of: value) else { return nil }
    var words: [WrittenWord] = []
    for element in elements {
      if case .string(let text) = element.node.value {
        words.append(cut(text, at: element.path))
      } else {
        list.add(
          .wrongType, at: element.path,
          "\(list.who) takes \(element.node.value.summary) for the empty string, as no string stands here")
        words.append(WrittenWord(text: "", path: element.path))
      }
    }
    return words
  }

  private mutating func word(_ key: String, of value: Value) -> WrittenWord? {
    guard let found = member(key, of: value) else { return nil }
    guard case .string(let text) = found.node.value else {
      noteWrongType(found, "a string")
      return nil
    }
    return cut(text, at: found.path)
  }

  private mutating func cut(_ text: String, at path: JSONPath) -> WrittenWord {
    let seen = text.cutAtNUL
    if seen.utf8.count < text.utf8.count { list.noteCut(text, to: seen, at: path) }
    return WrittenWord(text: seen, path: path)
  }

  private mutating func number(
    _ key: String, of value: Value, upTo maximum: UInt64
  ) throws(Refusal) -> WrittenNumber? {
    guard let found = member(key, of: value) else { return nil }
    guard case .number(let number) = found.node.value else {
      noteWrongType(found, "a number")
      return nil
    }
    let isNegative = number.text.utf8.first == UInt8(ascii: "-")
    let magnitude = number.isInteger ? UInt64(isNegative ? number.text.dropFirst() : number.text[...]) : nil
    guard let magnitude, (isNegative ? 0 &- magnitude : magnitude) <= maximum else {
      let text = JSONText.shortened(number.text)
      throw list.refusal(
        .numberRefused, at: found.path,
        "\(list.who) takes integers up to \(maximum) here, written without fraction and exponent; this is \(text)",
        message: "Invalid value '\(number.text)' with type")
    }
    guard isNegative, magnitude > 0 else { return WrittenNumber(value: magnitude, path: found.path) }
    list.add(.negativeNumber, at: found.path, "\(list.who) reads \(number.text) as \(0 &- magnitude)")
    return WrittenNumber(value: 0 &- magnitude, path: found.path)
  }

  private func require(_ value: Any?, _ key: String, of object: Value) throws(Refusal) {
    guard value == nil else { return }
    throw list.refusal(
      .missingFieldRefused, at: object.path, "\(list.who) does not start without the field \"\(key)\" here",
      message: "Required field '\(key)' not present")
  }

  private mutating func noteWrongType(_ value: Value, _ expected: String) {
    list.add(
      .wrongType, at: value.path,
      "\(list.who) takes \(value.node.value.summary) for no value at all, as \(expected) is expected here")
  }

  private mutating func noteMembers(of value: Value, keys: [String]) {
    guard case .object(let members) = value.node.value else { return }
    var seen: Set<String> = []
    for member in members {
      let path = value.path.appending(.key(member.key))
      guard let key = keys.first(where: { ProfileWords.isExactly($0, member.key.cutAtNUL) }) else {
        list.noteUnknown(member.key, at: path, isEntry: keys == SeccompKeys.entry)
        continue
      }
      if key.utf8.count < member.key.utf8.count { list.noteCut(member.key, to: key, at: path) }
      if !seen.insert(key).inserted {
        list.add(
          .repeatedKey, at: path, "the key \"\(key)\" stands here twice: \(list.who) takes the first value")
      }
    }
  }
}

/// What both decoders have to say.
extension ClauseList {
  mutating func noteUnknown(_ key: String, at path: JSONPath, isEntry: Bool) {
    if isEntry, ProfileWords.isExactly(key, "name") {
      add(
        .singularName, at: path,
        "\(who) does not know \"name\", only \"names\": the name given here has no effect")
    } else {
      add(
        .unknownField, at: path,
        "\(who) does not know the field \(JSONText.quoted(JSONText.shortened(key))): it has no effect")
    }
  }

  mutating func noteCut(_ text: String, to seen: String, at path: JSONPath) {
    add(
      .nulInString, at: path,
      "the string \(JSONText.quoted(JSONText.shortened(text))) is cut at its NUL: it means \"\(seen)\"")
  }

  /// `index` and `value` are required by the specification.
  mutating func noteMissing(_ given: Set<String>, in argument: Value) {
    for key in ["index", "value"] where !given.contains(key) {
      add(.missingField, at: argument.path, "\(who) takes the \(key) that is not given here for 0")
    }
  }
}
