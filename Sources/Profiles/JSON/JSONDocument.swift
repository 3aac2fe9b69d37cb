/// A JSON text that is no profile, read strictly, with the places of its values.
package struct JSONDocument: Sendable {
  package let root: JSONNode
  private let source: String
  private let lines: LineIndex

  /// - Parameter source: what errors call the text.
  package init(_ bytes: [UInt8], source: String) throws(ProfileError) {
    let result = bytes.withUnsafeBufferPointer { buffer in
      let lines = LineIndex(buffer)
      return Result { () throws(JSONError) in try JSONParser.parse(buffer) }
        .map { ($0, lines) }
        .mapError { error in
          ProfileError(
            source: source, path: error.path.description, position: lines.position(of: error.offset),
            expected: error.expected, found: error.found)
        }
    }
    (root, lines) = try result.get()
    self.source = source
  }

  /// What is wrong with a value of the document.
  package func error(at node: JSONNode, _ path: JSONPath, expected: String, found: String? = nil)
    -> ProfileError
  {
    ProfileError(
      source: source, path: path.description, position: lines.position(of: node.offset), expected: expected,
      found: found ?? node.value.summary)
  }
}
