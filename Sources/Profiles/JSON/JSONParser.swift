/// A strict JSON parser (RFC 8259): one value, valid UTF-8, no byte-order mark, no duplicate keys, nothing after
/// the value. It keeps its own stack, so no input can exhaust the thread's.
package struct JSONParser {
  /// The largest text accepted, in bytes: 16 MiB. Real profiles have some ten thousand bytes; the limit bounds
  /// memory (about 30 bytes for each byte of the worst text) and keeps offsets within 32 bits.
  package static let sizeLimit = 16 * 1024 * 1024

  /// How deeply arrays and objects may nest. A sound profile needs 6, a config.json about 10.
  package static let depthLimit = 128

  let bytes: UnsafeBufferPointer<UInt8>
  /// Whether to accept what RFC 8259 calls unpredictable but not wrong (sections 4 and 8.2): a key that an object
  /// has twice, and lone surrogates, which become U+FFFD.
  let isLenient: Bool
  var offset = 0
  private var stack: [Container] = []

  private init(_ bytes: UnsafeBufferPointer<UInt8>, isLenient: Bool) {
    self.bytes = bytes
    self.isLenient = isLenient
  }

  /// The document in `bytes`.
  package static func parse(
    _ bytes: UnsafeBufferPointer<UInt8>, isLenient: Bool = false
  ) throws(JSONError) -> JSONNode {
    guard bytes.count <= sizeLimit else {
      throw JSONError(
        path: .root, offset: 0, expected: "at most \(sizeLimit) bytes (16 MiB)", found: "\(bytes.count) bytes"
      )
    }
    var parser = JSONParser(bytes, isLenient: isLenient)
    return try parser.document()
  }

  // MARK: The stack

  /// An array or object that is not closed yet.
  private struct Container {
    var isObject: Bool
    var offset: UInt32
    var elements: [JSONNode] = []
    var members: [JSONMember] = []
    var seen = KeySet()
    /// The key whose value is being read, in an object.
    var key = ""
    var keyOffset: UInt32 = 0
    /// Whether one of its values is being read, so that the path leads into it.
    var isInValue = false
  }

  private enum Expectation {
    case value
    case valueOrEnd
    case key
    case keyOrEnd
    case separator
  }

  private mutating func document() throws(JSONError) -> JSONNode {
    var next = Expectation.value
    while true {
      skipWhitespace()
      var finished: JSONNode?
      switch next {
      case .value, .valueOrEnd:
        if next == .valueOrEnd, take("]") {
          finished = close()
          break
        }
        markInValue(true)
        let start = UInt32(offset)
        if take("[") || take("{") {
          let isObject = bytes[offset - 1] == UInt8(ascii: "{")
          guard stack.count < Self.depthLimit else {
            offset -= 1
            throw error("arrays and objects at most \(Self.depthLimit) deep", found: "one deeper")
          }
          stack.append(Container(isObject: isObject, offset: start))
          next = isObject ? .keyOrEnd : .valueOrEnd
          continue
        }
        finished = JSONNode(try scalar(orEnd: next == .valueOrEnd), offset: start)

      case .key, .keyOrEnd:
        if next == .keyOrEnd, take("}") {
          finished = close()
          break
        }
        try key(orEnd: next == .keyOrEnd)
        next = .value
        continue

      case .separator:
        let isObject = stack[stack.count - 1].isObject
        if take(",") {
          next = isObject ? .key : .value
          continue
        }
        guard take(isObject ? "}" : "]") else {
          throw error(isObject ? "',' or '}' after the member" : "',' or ']' after the element")
        }
        finished = close()
      }

      guard let finished else { continue }
      if stack.isEmpty {
        skipWhitespace()
        guard offset == bytes.count else { throw error("nothing after the JSON value") }
        return finished
      }
      attach(finished)
      next = .separator
    }
  }

  private mutating func close() -> JSONNode? {
    guard let top = stack.popLast() else { return nil }
    return JSONNode(top.isObject ? .object(top.members) : .array(top.elements), offset: top.offset)
  }

  private mutating func attach(_ node: JSONNode) {
    let top = stack.count - 1
    if stack[top].isObject {
      stack[top].members.append(
        JSONMember(key: stack[top].key, keyOffset: stack[top].keyOffset, node: node))
    } else {
      stack[top].elements.append(node)
    }
    stack[top].isInValue = false
  }

  private mutating func markInValue(_ isInValue: Bool) {
    if !stack.isEmpty { stack[stack.count - 1].isInValue = isInValue }
  }

  /// Reads `"key":` into the container on top.
  private mutating func key(orEnd: Bool) throws(JSONError) {
    guard offset < bytes.count, bytes[offset] == UInt8(ascii: "\"") else {
      throw error(orEnd ? "a key in double quotes or '}'" : "a key in double quotes")
    }
    let start = UInt32(offset)
    let key = try string()
    let top = stack.count - 1
    guard isLenient || stack[top].seen.insert(key) else {
      offset = Int(start)
      throw error("each key once", found: "the key \(JSONText.quoted(JSONText.shortened(key))) again")
    }
    stack[top].key = key
    stack[top].keyOffset = start
    stack[top].isInValue = true
    skipWhitespace()
    guard take(":") else { throw error("':' after the key") }
  }

  // MARK: Bytes

  mutating func skipWhitespace() {
    while offset < bytes.count {
      switch bytes[offset] {
      case 0x20, 0x09, 0x0a, 0x0d: offset += 1
      default: return
      }
    }
  }

  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard offset < bytes.count, bytes[offset] == UInt8(ascii: character) else { return false }
    offset += 1
    return true
  }

  /// An error at the current byte.
  func error(_ expected: String, found: String? = nil) -> JSONError {
    var steps: [JSONPath.Step] = []
    for container in stack where container.isInValue {
      steps.append(container.isObject ? .key(container.key) : .index(container.elements.count))
    }
    return JSONError(
      path: JSONPath(steps), offset: UInt32(offset), expected: expected,
      found: found ?? JSONText.summary(of: bytes, at: offset))
  }
}

/// The keys of one object, compared as code points: Swift's `String` equality is canonical equivalence, by which
/// `"\u212a"` (KELVIN SIGN) is `"K"`.
private struct KeySet {
  private struct Key: Hashable {
    var text: String

    static func == (left: Key, right: Key) -> Bool { left.text.utf8.elementsEqual(right.text.utf8) }

    func hash(into hasher: inout Hasher) {
      let isDone: Void? = text.utf8.withContiguousStorageIfAvailable {
        hasher.combine(bytes: UnsafeRawBufferPointer($0))
      }
      if isDone == nil { Array(text.utf8).withUnsafeBytes { hasher.combine(bytes: $0) } }
    }
  }

  private var few: [Key] = []
  private var many: Set<Key> = []

  /// False when `text` was there already.
  mutating func insert(_ text: String) -> Bool {
    let key = Key(text: text)
    // Nearly every object has a handful of keys; comparing those costs less than hashing.
    if many.isEmpty, few.count < 12 {
      guard !few.contains(key) else { return false }
      few.append(key)
      return true
    }
    if many.isEmpty { many = Set(few) }
    return many.insert(key).inserted
  }
}
