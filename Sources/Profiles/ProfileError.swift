/// Why a profile could not be read: the first thing wrong with it, where it stands, and what was expected there.
public struct ProfileError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file (or `<stdin>`, or whatever name the caller gave the text).
  public var source: String
  /// The JSON path of the value at fault, such as `$.syscalls[3].args[0].value`; `$` is the whole document.
  public var path: String
  /// Where it stands in the text; nil when the text itself could not be had (no such file, a directory).
  public var position: SourcePosition?
  public var expected: String
  public var found: String

  public init(
    source: String, path: String, position: SourcePosition?, expected: String, found: String
  ) {
    self.source = source
    self.path = path
    self.position = position
    self.expected = expected
    self.found = found
  }

  /// One line: `profile.json:12:16: $.syscalls[0].action: expected …, found …`.
  public var description: String {
    let place = position.map { "\(source):\($0)" } ?? source
    let value = position == nil ? "" : " \(path):"
    return "\(place):\(value) expected \(expected), found \(found)"
  }
}
