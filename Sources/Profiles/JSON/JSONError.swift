/// The first place where a text is not JSON as we accept it.
package struct JSONError: Error, Hashable, Sendable {
  /// The value being read when it happened.
  package var path: JSONPath
  package var offset: UInt32
  package var expected: String
  package var found: String
}
