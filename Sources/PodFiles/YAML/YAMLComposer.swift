import Profiles
import Yams

/// Makes values of Yams' nodes: aliases, merge keys, plain words. One for each document, since anchors hold within one.
struct YAMLComposer {
  /// What stands for the star of an alias.
  let star: Unicode.Scalar
  private var anchors: [String: YAMLNode] = [:]

  init(star: Unicode.Scalar) { self.star = star }

  /// What anchors are named with, as libyaml has it: ASCII letters, digits, `_` and `-`.
  static func isNamePart(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", "_", "-": true
    default: false
    }
  }

  /// - Parameter level: 1 for the root.
  mutating func node(_ node: Node, level: Int) throws(YAMLFault) -> YAMLNode {
    let position = Self.position(of: node)
    guard level <= YAMLReader.depthLimit else { throw Self.tooDeep(position) }
    var value: YAMLNode
    switch node {
    case .scalar(let scalar):
      if let name = aliasName(scalar) { return try alias(name, position: position, level: level) }
      value = YAMLNode(content: content(scalar), position: position, weight: 1, depth: 1)
    case .sequence(let sequence):
      var elements: [YAMLNode] = []
      for element in sequence { elements.append(try self.node(element, level: level + 1)) }
      value = try Self.counted(.sequence(elements), elements, position)
    case .mapping(let mapping):
      let members = try members(of: mapping, level: level)
      value = try Self.counted(.mapping(members), members.map(\.value), position)
    case .alias:
      throw YAMLFault(position: position, expected: "a value", found: "an alias that was not resolved")
    }
    if let anchor = node.anchor?.rawValue { anchors[anchor] = value }
    return value
  }

  // MARK: Mappings

  private mutating func members(
    of mapping: Node.Mapping, level: Int
  ) throws(YAMLFault) -> [YAMLNode.Member] {
    var members: [YAMLNode.Member] = []
    var merged: [YAMLNode.Member] = []
    var keys: Set<String> = []
    for (keyNode, valueNode) in mapping {
      let position = Self.position(of: keyNode)
      let key = try self.key(keyNode, level: level + 1)
      let value = try node(valueNode, level: level + 1)
      if key == "<<", case .scalar(let scalar) = keyNode, scalar.style == .plain {
        merged += try Self.mergeSources(value)
        continue
      }
      guard keys.insert(key).inserted else {
        throw YAMLFault(
          position: position, expected: "each key once",
          found: "the key \(JSONText.quoted(JSONText.shortened(key))) twice")
      }
      members.append(YAMLNode.Member(key: key, position: position, value: value))
    }
    // The mapping's own keys win, then the first of several that are merged.
    for member in merged where keys.insert(member.key).inserted { members.append(member) }
    return members
  }

  private mutating func key(_ node: Node, level: Int) throws(YAMLFault) -> String {
    switch try self.node(node, level: level).content {
    case .string(let text): return text
    // Keys of JSON are strings: `on: x` and `1: x` have the keys "true" and "1" there.
    case .bool(let value): return "\(value)"
    case .number(let text): return text
    case .null: return "null"
    case .sequence, .mapping:
      throw YAMLFault(
        position: Self.position(of: node), expected: "a word as key", found: "a list or mapping")
    }
  }

  /// `<<: *defaults` or `<<: [*a, *b]`: https://yaml.org/type/merge.html
  private static func mergeSources(_ value: YAMLNode) throws(YAMLFault) -> [YAMLNode.Member] {
    let sources: [YAMLNode]
    if case .sequence(let elements) = value.content { sources = elements } else { sources = [value] }
    var members: [YAMLNode.Member] = []
    var weight = 0
    for source in sources {
      guard case .mapping(let more) = source.content else {
        throw YAMLFault(position: value.position, expected: "a mapping to merge", found: source.kind)
      }
      weight += source.weight
      guard weight <= YAMLReader.weightLimit else { throw tooLarge(value.position) }
      members += more
    }
    return members
  }

  // MARK: Scalars

  private func aliasName(_ scalar: Node.Scalar) -> String? {
    guard scalar.style == .plain, scalar.string.unicodeScalars.first == star else { return nil }
    return String(scalar.string.unicodeScalars.dropFirst())
  }

  private func alias(_ name: String, position: SourcePosition, level: Int) throws(YAMLFault) -> YAMLNode {
    let shown = restored(name)
    guard name.unicodeScalars.allSatisfy(Self.isNamePart) else {
      throw YAMLFault(
        position: position, expected: "the name of an anchor after *",
        found: JSONText.quoted(JSONText.shortened(shown)))
    }
    guard let value = anchors[name] else {
      throw YAMLFault(
        position: position, expected: "an anchor &\(JSONText.shortened(shown)) above this alias",
        found: "none")
    }
    guard level + value.depth - 1 <= YAMLReader.depthLimit else { throw Self.tooDeep(position) }
    return value
  }

  private func content(_ scalar: Node.Scalar) -> YAMLNode.Content {
    let text = restored(scalar.string)
    // An explicit !!str makes a string of any word; Yams then has a tag.
    return scalar.style == .plain && scalar.tag.description != "tag:yaml.org,2002:str"
      ? .plain(text) : .string(text)
  }

  private func restored(_ text: String) -> String {
    guard text.unicodeScalars.contains(star) else { return text }
    var view = String.UnicodeScalarView()
    view.append(contentsOf: text.unicodeScalars.lazy.map { $0 == star ? "*" : $0 })
    return String(view)
  }

  // MARK: Bounds

  private static func counted(
    _ content: YAMLNode.Content, _ parts: [YAMLNode], _ position: SourcePosition
  ) throws(YAMLFault) -> YAMLNode {
    var weight = 1
    var depth = 0
    for part in parts {
      weight += part.weight
      depth = max(depth, part.depth)
      guard weight <= YAMLReader.weightLimit else { throw tooLarge(position) }
    }
    return YAMLNode(content: content, position: position, weight: weight, depth: depth + 1)
  }

  private static func tooLarge(_ position: SourcePosition) -> YAMLFault {
    YAMLFault(
      position: position, expected: "at most \(YAMLReader.weightLimit) values with all aliases written out",
      found: "more")
  }

  private static func tooDeep(_ position: SourcePosition) -> YAMLFault {
    YAMLFault(
      position: position, expected: "at most \(YAMLReader.depthLimit) values in one another", found: "more")
  }

  private static func position(of node: Node) -> SourcePosition {
    SourcePosition(line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
  }
}
