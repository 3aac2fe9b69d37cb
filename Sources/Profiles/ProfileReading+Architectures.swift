import SeccompModel

/// `architectures`, or Docker's `archMap` for the native architecture.
extension ProfileReading {
  mutating func architectures(_ fields: Fields) throws(JSONError) -> [Architecture] {
    var listed: [Architecture] = []
    if let value = fields["architectures"] {
      for element in try value.elements("an array of architectures") {
        listed.append(try architecture(element))
      }
    }
    guard form == .docker, let map = fields["archMap"] else { return listed }

    let mapped = try mappedArchitectures(map)
    if case .array(let elements) = map.node.value, !elements.isEmpty, !listed.isEmpty {
      throw map.fault(expected: "either architectures or archMap", found: "both")
    }
    return listed.isEmpty ? mapped : listed
  }

  private func architecture(_ value: Value) throws(JSONError) -> Architecture {
    let expected = "an architecture such as \(Architecture.x86_64.rawValue)"
    guard let architecture = ProfileWords.architecture(of: try value.string(expected)) else {
      throw value.fault(expected: expected)
    }
    return architecture
  }

  /// The first element for the native architecture counts, as in Docker; the others only have to be well
  /// formed, and may name architectures that are newer than we are.
  private mutating func mappedArchitectures(_ map: Value) throws(JSONError) -> [Architecture] {
    var native: [Architecture]?
    for element in try map.elements("an array of architectures with their subArchitectures") {
      let fields = try element.fields("an object with architecture and subArchitectures")
      remarkUnknownFields(
        of: fields, known: ["architecture", "subArchitectures"], in: "an element of archMap")
      let expected = "an architecture such as \(Architecture.x86_64.rawValue)"
      let main = try fields.required("architecture", expected)
      let word = try main.string(expected)
      let subordinates = try fields["subArchitectures"].map { value throws(JSONError) in
        Array(try value.elements("an array of architectures"))
      }

      if native == nil, ProfileWords.isExactly(word, context.architecture.rawValue) {
        native = [context.architecture]
        for value in subordinates ?? [] { native?.append(try architecture(value)) }
      } else {
        for value in [main] + (subordinates ?? []) {
          let word = try value.string(expected)
          guard ProfileWords.architecture(of: word) == nil else { continue }
          remark(
            .unknownArchitecture, .note, at: value.path, offset: value.node.offset,
            "unknown architecture \(JSONText.quoted(JSONText.shortened(word)))")
        }
      }
    }
    return native ?? []
  }
}
