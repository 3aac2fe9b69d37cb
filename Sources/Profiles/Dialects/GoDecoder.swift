import SeccompModel

/// Decodes `linux.seccomp` as Go's encoding/json does for runc, into the structs of the specification's Go types.
///
/// - A key is found in any letter case, also with U+017F for `s`; what no field is called is passed over.
/// - A key that comes again is decoded on top of what the first one left. A list is made shorter and longer in
///   place, so that an element's fields that the later text does not name keep their earlier values.
/// - `null` empties a list or an optional number and leaves anything else as it is.
/// - A value of another type, a fraction, an exponent, a sign, or a number that does not fit is an error.
///
/// Source: Go 1.19, src/encoding/json/decode.go (`object`, `array`, `literalStore`) and fold.go; measured with runc
/// 1.1.5.
struct GoDecoder {
  typealias Refusal = RuntimeReading.Refusal

  private(set) var list: ClauseList

  init(_ dialect: RuntimeDialect) { list = ClauseList(dialect) }

  /// Nil for `null`.
  mutating func decode(_ root: Value) throws(Refusal) -> WrittenSeccomp? {
    if case .null = root.node.value { return nil }
    var seccomp = Seccomp()
    try object(root, keys: SeccompKeys.seccomp) { (decoder, key, value) throws(Refusal) in
      switch key {
      case "defaultAction": try decoder.word(value, into: &seccomp.defaultAction)
      case "defaultErrnoRet": try decoder.optionalNumber(value, into: &seccomp.defaultErrnoRet)
      case "architectures": try decoder.words(value, into: &seccomp.architectures)
      case "flags": try decoder.words(value, into: &seccomp.flags)
      case "listenerPath": try decoder.word(value, into: &seccomp.listenerPath)
      case "listenerMetadata": try decoder.word(value, into: &seccomp.listenerMetadata)
      default: try decoder.entries(value, into: &seccomp.syscalls)
      }
    }
    return seccomp.written
  }

  private mutating func entries(_ value: Value, into entries: inout GoSlice<Entry>) throws(Refusal) {
    try slice(value, into: &entries, of: Entry()) { (decoder, value, entry) throws(Refusal) in
      entry.path = value.path
      try decoder.object(value, keys: SeccompKeys.entry) { (decoder, key, value) throws(Refusal) in
        switch key {
        case "names": try decoder.words(value, into: &entry.names)
        case "action": try decoder.word(value, into: &entry.action)
        case "errnoRet": try decoder.optionalNumber(value, into: &entry.errnoRet)
        default: try decoder.arguments(value, into: &entry.arguments)
        }
      }
    }
  }

  private mutating func arguments(_ value: Value, into arguments: inout GoSlice<Argument>) throws(Refusal) {
    try slice(value, into: &arguments, of: Argument()) { (decoder, value, argument) throws(Refusal) in
      argument.path = value.path
      var given: Set<String> = []
      try decoder.object(value, keys: SeccompKeys.argument) { (decoder, key, value) throws(Refusal) in
        if !value.isNull { given.insert(key) }
        switch key {
        case "index": try decoder.number(value, into: &argument.index)
        case "value": try decoder.number(value, into: &argument.value)
        case "valueTwo": try decoder.number(value, into: &argument.valueTwo)
        default: try decoder.word(value, into: &argument.comparison)
        }
      }
      decoder.list.noteMissing(given, in: value)
    }
  }

  // MARK: Go's structs

  private struct Seccomp {
    var defaultAction = WrittenWord.empty
    var defaultErrnoRet: WrittenNumber?
    var architectures = GoSlice<WrittenWord>()
    var flags = GoSlice<WrittenWord>()
    var listenerPath = WrittenWord.empty
    var listenerMetadata = WrittenWord.empty
    var syscalls = GoSlice<Entry>()

    var written: WrittenSeccomp {
      WrittenSeccomp(
        defaultAction: defaultAction, defaultErrnoRet: defaultErrnoRet, architectures: architectures.elements,
        flags: flags.isNil ? nil : flags.elements, listenerPath: listenerPath,
        syscalls: syscalls.elements.map(\.written))
    }
  }

  private struct Entry: GoValue {
    var path = JSONPath.root
    var names = GoSlice<WrittenWord>()
    var action = WrittenWord.empty
    var errnoRet: WrittenNumber?
    var arguments = GoSlice<Argument>()

    var written: WrittenSeccomp.Entry {
      WrittenSeccomp.Entry(
        path: path, names: names.elements, action: action, errnoRet: errnoRet,
        arguments: arguments.elements.map(\.written))
    }

    func isSame(as other: Entry) -> Bool {
      names.isSame(as: other.names) && action.text == other.action.text
        && errnoRet?.value == other.errnoRet?.value && arguments.isSame(as: other.arguments)
    }
  }

  private struct Argument: GoValue {
    var path = JSONPath.root
    var index: UInt64 = 0
    var value: UInt64 = 0
    var valueTwo: UInt64 = 0
    var comparison = WrittenWord.empty

    var written: WrittenSeccomp.Argument {
      WrittenSeccomp.Argument(
        path: path, index: index, value: value, valueTwo: valueTwo, comparison: comparison)
    }

    func isSame(as other: Argument) -> Bool {
      (index, value, valueTwo, comparison.text)
        == (other.index, other.value, other.valueTwo, other.comparison.text)
    }
  }

  // MARK: Go's rules

  private mutating func object(
    _ value: Value, keys: [String],
    _ decode: (inout GoDecoder, String, Value) throws(Refusal) -> Void
  ) throws(Refusal) {
    guard case .object(let members) = value.node.value else {
      // `null` leaves a struct as it is.
      if value.isNull { return }
      throw mismatch(value)
    }
    var seen: [String: String] = [:]
    for member in members {
      let path = value.path.appending(.key(member.key))
      guard let key = keys.first(where: { Self.isKey(member.key, $0) }) else {
        list.noteUnknown(member.key, at: path, isEntry: keys == SeccompKeys.entry)
        continue
      }
      if !ProfileWords.isExactly(key, member.key) {
        list.add(
          .letterCase, at: path,
          "\(list.who) takes the key \(JSONText.quoted(member.key)) for \"\(key)\": it does not heed letter case"
        )
      }
      if let first = seen[key] {
        let others = first == member.key ? "twice" : "twice, as \"\(first)\" and as \"\(member.key)\""
        list.add(
          .repeatedKey, at: path,
          "the key \"\(key)\" stands here \(others): \(list.who) takes the later value")
      }
      seen[key] = member.key
      try decode(&self, key, Value(node: member.node, path: path))
    }
  }

  private mutating func slice<Element: GoValue>(
    _ value: Value, into slice: inout GoSlice<Element>, of zero: Element,
    _ decode: (inout GoDecoder, Value, inout Element) throws(Refusal) -> Void
  ) throws(Refusal) {
    switch value.node.value {
    case .null: slice = GoSlice()
    case .array(let nodes):
      for (index, element) in Elements(nodes: nodes, path: value.path).enumerated() {
        if index == slice.storage.count { slice.storage.append(zero) }
        let old = slice.storage[index]
        try decode(&self, element, &slice.storage[index])
        guard !old.isSame(as: zero) else { continue }
        var fresh = zero
        var silent = GoDecoder(list.dialect)
        try decode(&silent, element, &fresh)
        if !fresh.isSame(as: slice.storage[index]) {
          list.add(
            .leftoverValue, at: element.path,
            "what is not given here keeps the value that the earlier list of the same key had at this place")
        }
      }
      slice.count = nodes.count
      slice.isNil = false
      if nodes.isEmpty { slice.storage = [] }
    default: throw mismatch(value)
    }
  }

  private mutating func words(_ value: Value, into words: inout GoSlice<WrittenWord>) throws(Refusal) {
    try slice(value, into: &words, of: .empty) { (decoder, value, word) throws(Refusal) in
      word.path = value.path
      try decoder.word(value, into: &word)
    }
  }

  private func word(_ value: Value, into word: inout WrittenWord) throws(Refusal) {
    switch value.node.value {
    case .string(let text): word = WrittenWord(text: text, path: value.path)
    case .null: break
    default: throw mismatch(value)
    }
  }

  private func number(_ value: Value, into number: inout UInt64) throws(Refusal) {
    switch value.node.value {
    case .number(let written):
      guard let read = written.unsigned else {
        let text = JSONText.shortened(written.text)
        throw list.refusal(
          .numberRefused, at: value.path,
          "\(list.who) takes integers from 0 to 2^64-1 here, written without fraction and exponent; this is \(text)",
          message: "json: cannot unmarshal number \(text)")
      }
      number = read
    case .null: break
    default: throw mismatch(value)
    }
  }

  private func optionalNumber(_ value: Value, into number: inout WrittenNumber?) throws(Refusal) {
    if value.isNull {
      number = nil
    } else {
      var read: UInt64 = 0
      try self.number(value, into: &read)
      number = WrittenNumber(value: read, path: value.path)
    }
  }

  private func mismatch(_ value: Value) -> Refusal {
    let type =
      switch value.node.value {
      case .null: "null"
      case .bool: "bool"
      case .number: "number"
      case .string: "string"
      case .array: "array"
      case .object: "object"
      }
    return list.refusal(
      .wrongTypeRefused, at: value.path, "\(list.who) takes no \(type) here",
      message: "json: cannot unmarshal \(type)")
  }

  /// Whether Go's decoder takes `text` for the field `key`, which is of ASCII letters.
  static func isKey(_ text: String, _ key: String) -> Bool {
    var rest = key.unicodeScalars[...]
    for scalar in text.unicodeScalars {
      guard let expected = rest.popFirst() else { return false }
      switch scalar {
      // LATIN SMALL LETTER LONG S, KELVIN SIGN: their simple case folding is an ASCII letter.
      case "\u{17f}": guard expected == "s" || expected == "S" else { return false }
      case "\u{212a}": guard expected == "k" || expected == "K" else { return false }
      default: guard scalar.isASCII, scalar.value | 0x20 == expected.value | 0x20 else { return false }
      }
    }
    return rest.isEmpty
  }
}

/// A Go slice: what lies behind `count` is kept, and shows again when the slice grows over it.
private struct GoSlice<Element: GoValue> {
  var storage: [Element] = []
  var count = 0
  var isNil = true

  var elements: [Element] { Array(storage[..<count]) }

  func isSame(as other: Self) -> Bool {
    count == other.count && zip(elements, other.elements).allSatisfy { $0.isSame(as: $1) }
  }
}

/// What a Go slice can hold; two are the same when they say the same, wherever it stands.
private protocol GoValue {
  func isSame(as other: Self) -> Bool
}

extension WrittenWord: GoValue {
  fileprivate static let empty = WrittenWord(text: "", path: .root)

  fileprivate func isSame(as other: WrittenWord) -> Bool { text == other.text }
}

extension Value {
  var isNull: Bool {
    if case .null = node.value { true } else { false }
  }
}
