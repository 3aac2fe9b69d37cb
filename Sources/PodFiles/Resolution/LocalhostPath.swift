/// The rules for `localhostProfile`, as the API server has them.
package enum LocalhostPath {
  /// What is wrong with a path: what was expected, and what was found; nil when it is a path below the root.
  package static func objection(to path: String) -> (expected: String, found: String)? {
    if path.isEmpty { return ("a path below the directory of profiles", "an empty path") }
    if path.utf8.contains(0) { return ("a path below the directory of profiles", "a path with a NUL") }
    if path.hasPrefix("/") { return ("a path relative to the directory of profiles", "an absolute path") }
    if path.split(separator: "/").contains("..") { return ("a path without '..'", "one that goes up") }
    return nil
  }

  /// Whether a resolved path is below a resolved directory.
  package static func isBelow(_ path: String, _ root: String) -> Bool {
    path.hasPrefix(root.hasSuffix("/") ? root : root + "/")
  }
}
