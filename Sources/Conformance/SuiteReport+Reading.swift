package import Profiles

// Reading reports and baselines that were kept in files.
extension SuiteReport {
  /// Reads what `--json` printed. An error names the place.
  package init(reading bytes: [UInt8], source: String) throws(ProfileError) {
    let document = try JSONDocument(bytes, source: source)
    let root = try Reading(document, document.root, .root)
    suite = try root.member("suite").string()
    seconds = try root.member("seconds").number()
    properties = try root.member("properties").elements { entry throws(ProfileError) in
      Property(try entry.member("name").string(), try entry.member("value").string())
    }
    results = try root.member("results").elements { entry throws(ProfileError) in
      Result(
        name: try entry.member("name").string(), group: try entry.member("group").string(),
        claim: try entry.member("claim").string(), verdict: try entry.member("verdict").verdict(),
        reason: try entry.member("reason").string(), seconds: try entry.member("seconds").number(),
        diagnostics: try entry.member("diagnostics").elements { line throws(ProfileError) in try line.string()
        })
    }
  }
}

/// A value of a document, and the way to it.
struct Reading {
  private let document: JSONDocument
  private let node: JSONNode
  private let path: JSONPath

  init(_ document: JSONDocument, _ node: JSONNode, _ path: JSONPath) throws(ProfileError) {
    self.document = document
    self.node = node
    self.path = path
  }

  private func error(_ expected: String) -> ProfileError {
    document.error(at: node, path, expected: expected)
  }

  func member(_ key: String) throws(ProfileError) -> Reading {
    guard case .object(let members) = node.value else { throw error("an object") }
    guard let member = members.first(where: { $0.key == key }) else {
      throw document.error(at: node, path, expected: "the member \"\(key)\"", found: "none")
    }
    return try Reading(document, member.node, path.appending(.key(key)))
  }

  func members() throws(ProfileError) -> [(key: String, value: Reading)] {
    guard case .object(let members) = node.value else { throw error("an object") }
    var result: [(key: String, value: Reading)] = []
    for member in members {
      result.append((member.key, try Reading(document, member.node, path.appending(.key(member.key)))))
    }
    return result
  }

  func elements<Element>(_ read: (Reading) throws(ProfileError) -> Element) throws(ProfileError) -> [Element]
  {
    guard case .array(let nodes) = node.value else { throw error("an array") }
    var result: [Element] = []
    for (index, element) in nodes.enumerated() {
      result.append(try read(try Reading(document, element, path.appending(.index(index)))))
    }
    return result
  }

  func string() throws(ProfileError) -> String {
    guard case .string(let text) = node.value else { throw error("a string") }
    return text
  }

  func number() throws(ProfileError) -> Double {
    guard case .number(let number) = node.value, let value = Double(number.text) else {
      throw error("a number")
    }
    return value
  }

  func verdict() throws(ProfileError) -> SuiteReport.Verdict {
    guard let verdict = SuiteReport.Verdict(rawValue: try string()) else {
      throw error("one of " + SuiteReport.Verdict.allCases.map(\.rawValue).joined(separator: ", "))
    }
    return verdict
  }
}
