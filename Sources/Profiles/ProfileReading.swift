import SeccompModel

/// The state of reading one text: the lines for positions, and the remarks so far.
struct ProfileReading {
  let context: ResolutionContext
  let lines: LineIndex
  let form: ProfileDocument.Form
  var remarks: [ProfileDocument.Remark] = []

  init(context: ResolutionContext, lines: LineIndex, form: ProfileDocument.Form) {
    self.context = context
    self.lines = lines
    self.form = form
  }

  var omittedRemarks = 0

  mutating func remark(
    _ kind: ProfileDocument.Remark.Kind, _ severity: ProfileDocument.Remark.Severity = .warning,
    at path: @autoclosure () -> JSONPath, offset: UInt32, _ message: @autoclosure () -> String
  ) {
    guard remarks.count < ProfileDocument.remarkLimit else {
      omittedRemarks += 1
      return
    }
    remarks.append(
      ProfileDocument.Remark(
        severity: severity, kind: kind, path: path().description, position: lines.position(of: offset),
        message: message()))
  }

  /// The remarks in the order in which they stand in the text; at one place, in the order they were made.
  var sortedRemarks: [ProfileDocument.Remark] {
    remarks.enumerated()
      .sorted { left, right in
        (left.element.position.line, left.element.position.column, left.offset)
          < (right.element.position.line, right.element.position.column, right.offset)
      }
      .map(\.element)
  }

  /// Reports every member of `fields` that is not in `known`.
  mutating func remarkUnknownFields(of fields: Fields, known: [String], in what: String) {
    for member in fields.members
    where !known.contains(where: { ProfileWords.isExactly($0, member.key) }) {
      remark(
        .unknownField, at: fields.path.appending(.key(member.key)), offset: member.keyOffset,
        "unknown field \(JSONText.quoted(JSONText.shortened(member.key))) in \(what); runtimes ignore it")
    }
  }
}

/// An object whose members are being asked for by key.
struct Fields {
  let members: [JSONMember]
  let path: JSONPath
  let offset: UInt32

  /// The value of `key`; nil when it is absent or null, which Go's decoder (and so every runtime) takes for the
  /// same.
  subscript(key: String) -> Value? {
    guard let member = members.first(where: { ProfileWords.isExactly($0.key, key) }) else { return nil }
    if case .null = member.node.value { return nil }
    return Value(node: member.node, path: path.appending(.key(key)))
  }

  /// The value of `key`, which must be there.
  func required(_ key: String, _ expected: String) throws(JSONError) -> Value {
    if let value = self[key] { return value }
    if let null = members.first(where: { ProfileWords.isExactly($0.key, key) }) {
      throw Value(node: null.node, path: path.appending(.key(key))).fault(expected: expected)
    }
    throw JSONError(
      path: path.appending(.key(key)), offset: offset, expected: expected, found: "no field \"\(key)\"")
  }
}

/// A value being read, with its path.
struct Value {
  let node: JSONNode
  let path: JSONPath

  func fault(expected: String, found: String? = nil) -> JSONError {
    JSONError(path: path, offset: node.offset, expected: expected, found: found ?? node.value.summary)
  }

  func fields(_ expected: String) throws(JSONError) -> Fields {
    guard case .object(let members) = node.value else { throw fault(expected: expected) }
    return Fields(members: members, path: path, offset: node.offset)
  }

  func elements(_ expected: String) throws(JSONError) -> Elements {
    guard case .array(let nodes) = node.value else { throw fault(expected: expected) }
    return Elements(nodes: nodes, path: path)
  }

  func string(_ expected: String) throws(JSONError) -> String {
    guard case .string(let text) = node.value else { throw fault(expected: expected) }
    // Names, paths and words end up as C strings, which a NUL would cut short.
    guard !text.utf8.contains(0) else { throw fault(expected: "\(expected) without a NUL") }
    return text
  }

  func strings(_ expected: String, each: String) throws(JSONError) -> [String] {
    var result: [String] = []
    for element in try elements(expected) { result.append(try element.string(each)) }
    return result
  }

  /// An integer from 0 to `maximum`.
  func unsigned(upTo maximum: UInt64, _ what: String) throws(JSONError) -> UInt64 {
    let expected = "\(what), an integer from 0 to \(maximum)"
    guard case .number(let number) = node.value, let value = number.unsigned, value <= maximum else {
      throw fault(expected: expected)
    }
    return value
  }
}

/// The values of an array. Their paths are made when asked for, because an array can have millions of values.
struct Elements: RandomAccessCollection {
  let nodes: [JSONNode]
  let path: JSONPath

  var startIndex: Int { 0 }
  var endIndex: Int { nodes.count }

  subscript(index: Int) -> Value { Value(node: nodes[index], path: path.appending(.index(index))) }
}
