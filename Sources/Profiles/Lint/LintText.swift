import SeccompModel

/// A profile's text as a tree, mended where a strict reader stops although runtimes go on, with a note of what was
/// mended.
struct LintText {
  let root: JSONNode
  let lines: LineIndex
  /// Where the profile stands.
  var path = JSONPath.root
  /// Whether that is a place where no runtime looks: `seccomp` beside `linux`, instead of in it.
  var isMisplaced = false
  var isConfig = false
  /// `errnoRet` and `defaultErrnoRet` beside actions that have no errno. They are taken out of ``profile``.
  var unusedErrnos: [JSONPath] = []
  /// The profile's object, mended.
  private(set) var profile: JSONNode

  init(_ root: JSONNode, lines: LineIndex) {
    self.root = root
    self.lines = lines
    profile = root
    let inner = root["seccomp"]
    if root["ociVersion"] != nil || root["linux"] != nil {
      isConfig = true
      if let found = root["linux"]?["seccomp"] {
        profile = found
        path = JSONPath([.key("linux"), .key("seccomp")])
      }
    }
    if let inner, inner.isObject, path == .root, root["defaultAction"] == nil {
      profile = inner
      path = JSONPath([.key("seccomp")])
      isMisplaced = true
    }
    takeOutUnusedErrnos()
  }

  /// Whether there is a profile to read; if not, the strict reader's message is the better one.
  var isFound: Bool { !isConfig || path != .root }

  /// The value at `path`, or the deepest one on the way that is there.
  func position(of path: JSONPath) -> SourcePosition {
    var node = root
    for step in path.steps {
      let next: JSONNode? =
        switch step {
        case .key(let key): node[key]
        case .index(let index): node.elements.indices.contains(index) ? node.elements[index] : nil
        }
      guard let next else { break }
      node = next
    }
    return lines.position(of: node.offset)
  }

  private mutating func takeOutUnusedErrnos() { profile = mended(profile, at: path, isProfile: true) }

  /// `node` without an errno that its action does not have; for the profile its entries too.
  private mutating func mended(_ node: JSONNode, at path: JSONPath, isProfile: Bool) -> JSONNode {
    guard case .object(var members) = node.value else { return node }
    let action = isProfile ? "defaultAction" : "action"
    let errno = isProfile ? "defaultErrnoRet" : "errnoRet"
    if case .string(let word)? = node[action]?.value, let kind = ProfileWords.kind(of: word),
      kind != .errno, kind != .trace, case .number? = node[errno]?.value
    {
      unusedErrnos.append(path.appending(.key(errno)))
      members.removeAll { ProfileWords.isExactly($0.key, errno) }
    }
    if isProfile {
      for index in members.indices where ProfileWords.isExactly(members[index].key, "syscalls") {
        guard case .array(let entries) = members[index].node.value else { continue }
        let list = path.appending(.key("syscalls"))
        members[index].node.value = .array(
          entries.enumerated().map {
            mended($1, at: list.appending(.index($0)), isProfile: false)
          })
      }
    }
    var result = node
    result.value = .object(members)
    return result
  }
}

extension JSONNode {
  /// The member `key`; nil where there is none, and for null.
  subscript(key: String) -> JSONNode? {
    guard case .object(let members) = value,
      let member = members.first(where: { ProfileWords.isExactly($0.key, key) })
    else { return nil }
    if case .null = member.node.value { return nil }
    return member.node
  }

  var elements: [JSONNode] {
    guard case .array(let elements) = value else { return [] }
    return elements
  }

  var isObject: Bool {
    guard case .object = value else { return false }
    return true
  }
}
