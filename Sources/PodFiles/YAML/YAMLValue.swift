import Profiles

/// A value on its way from the document's root: what it is, where, and what is expected of it.
struct YAMLValue {
  var node: YAMLNode
  var path: JSONPath
  /// The file's name, for errors.
  var source: String

  init(_ node: YAMLNode, path: JSONPath = .root, source: String) {
    self.node = node
    self.path = path
    self.source = source
  }

  var position: SourcePosition { node.position }

  func fault(expected: String, found: String? = nil) -> ProfileError {
    ProfileError(
      source: source, path: path.description, position: position, expected: expected,
      found: found ?? node.kind)
  }

  /// The members of a mapping.
  func fields(_ expected: String) throws(ProfileError) -> YAMLFields {
    guard case .mapping(let members) = node.content else { throw fault(expected: expected) }
    return YAMLFields(owner: self, members: members)
  }

  func string(_ expected: String) throws(ProfileError) -> String {
    guard case .string(let text) = node.content else { throw fault(expected: expected) }
    return text
  }

  func bool(_ expected: String) throws(ProfileError) -> Bool {
    guard case .bool(let value) = node.content else { throw fault(expected: expected) }
    return value
  }

  func elements(_ expected: String) throws(ProfileError) -> [YAMLValue] {
    guard case .sequence(let elements) = node.content else { throw fault(expected: expected) }
    return elements.enumerated().map { index, element in
      YAMLValue(element, path: path.appending(.index(index)), source: source)
    }
  }
}

/// A mapping's members by key. A member whose value is nothing counts as absent, as in Kubernetes.
struct YAMLFields {
  let owner: YAMLValue
  let members: [YAMLNode.Member]

  subscript(_ key: String) -> YAMLValue? {
    guard let member = members.first(where: { $0.key == key }) else { return nil }
    if case .null = member.value.content { return nil }
    return value(of: member)
  }

  func required(_ key: String, _ expected: String) throws(ProfileError) -> YAMLValue {
    if let value = self[key] { return value }
    var fault = owner.fault(expected: expected, found: "none")
    fault.path = owner.path.appending(.key(key)).description
    throw fault
  }

  func value(of member: YAMLNode.Member) -> YAMLValue {
    YAMLValue(member.value, path: owner.path.appending(.key(member.key)), source: owner.source)
  }
}
