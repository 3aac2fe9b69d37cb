import SeccompModel

/// The elements of `syscalls`.
extension ProfileReading {
  static let ociEntryFields = ["names", "action", "errnoRet", "args"]
  static let dockerEntryFields = ["name", "comment", "includes", "excludes", "errno"]

  /// The entry at `value`; nil when its conditions leave it out. Its form is checked either way.
  mutating func entry(
    _ value: Value, names check: NameCheck
  ) throws(JSONError) -> (entry: Profile.Entry, comment: String?)? {
    let fields = try value.fields("an entry of syscalls: an object with names and action")
    let known = form == .docker ? Self.ociEntryFields + Self.dockerEntryFields : Self.ociEntryFields
    remarkUnknownFields(of: fields, known: known, in: "an entry of syscalls")

    let names = try names(fields)
    let action = try action(in: fields, key: "action", errnoRet: "errnoRet", errnoName: "errno")
    let conditions = try conditions(fields)
    var comment: String?
    if form == .docker {
      comment = try fields["comment"].map { value throws(JSONError) in try value.string("a comment") }
      if let reason = try reasonToLeaveOut(fields) {
        let count = names.texts.count
        remark(
          .leftOut, .note, at: value.path, offset: value.node.offset,
          "entry with \(count) \(count == 1 ? "name" : "names") left out: \(reason)")
        return nil
      }
    }
    for (index, name) in names.texts.enumerated() where !check.isKnown(name) {
      let value = names.value(at: index)
      remark(.unknownName, at: value.path, offset: value.node.offset, check.explanation(of: name))
    }
    let entry = Profile.Entry(names: names.texts, action: action, conditions: conditions)
    return (entry, comment?.isEmpty == true ? nil : comment)
  }

  private struct Names {
    var texts: [String]
    /// Where they stand: the array `names`, or Docker's `name`.
    var elements: Elements?
    var single: Value

    func value(at index: Int) -> Value { elements?[index] ?? single }
  }

  private func names(_ fields: Fields) throws(JSONError) -> Names {
    let expected = "the name of a system call"
    var texts: [String] = []
    let elements = try fields["names"].map { value throws(JSONError) in
      try value.elements("an array of system call names")
    }
    for element in elements ?? Elements(nodes: [], path: fields.path) {
      let text = try element.string(expected)
      guard !text.isEmpty else { throw element.fault(expected: expected) }
      texts.append(text)
    }
    // The form before Docker 1.13 named one call per entry; the empty string is Go's "not given".
    if form == .docker, let value = fields["name"] {
      let text = try value.string(expected)
      if !text.isEmpty {
        guard texts.isEmpty else { throw value.fault(expected: "either name or names", found: "both") }
        return Names(texts: [text], elements: nil, single: value)
      }
    }
    let value = try fields.required("names", "the names of at least one system call")
    guard !texts.isEmpty else { throw value.fault(expected: "the names of at least one system call") }
    return Names(texts: texts, elements: elements, single: value)
  }

  private mutating func conditions(_ fields: Fields) throws(JSONError) -> [Condition] {
    guard let value = fields["args"] else { return [] }
    var conditions: [Condition] = []
    for element in try value.elements("an array of comparisons") {
      conditions.append(try condition(element))
    }
    return conditions
  }

  private mutating func condition(_ value: Value) throws(JSONError) -> Condition {
    let fields = try value.fields("a comparison: an object with index, value and op")
    remarkUnknownFields(of: fields, known: ["index", "value", "valueTwo", "op"], in: "a comparison")

    let indexValue = try fields.required("index", "the index of an argument")
    let index = try indexValue.unsigned(upTo: UInt64(UInt32.max), "the index of an argument")
    if index >= Arguments.count {
      remark(
        .argumentIndex, at: indexValue.path, offset: indexValue.node.offset,
        "a system call has the arguments 0 to 5; libseccomp refuses \(index)")
    }
    let datum = try fields.required("value", "a value to compare with")
      .unsigned(upTo: UInt64.max, "a value to compare with")
    let second = try fields["valueTwo"].map { value throws(JSONError) in
      try value.unsigned(upTo: UInt64.max, "a second value to compare with")
    }
    let words = Condition.Comparison.allCases.map(\.word).joined(separator: ", ")
    let op = try fields.required("op", "an operator: \(words)")
    guard let comparison = ProfileWords.comparison(of: try op.string("an operator: \(words)")) else {
      throw op.fault(expected: "an operator: \(words)")
    }
    return Condition(
      index: UInt32(truncatingIfNeeded: index), comparison, value: datum, valueTwo: second ?? 0)
  }
}
