internal import CLinux
internal import Glibc

/// A program of this package's own that another one starts.
package struct SiblingProgram: Hashable, Sendable {
  package var name: String
  /// An environment variable that names the program and ends the search.
  package var variable: String

  package init(_ name: String, variable: String) {
    self.name = name
    self.variable = variable
  }

  /// Looks for the program: as `explicit` or the environment names it; else beside the running executable, beside the program
  /// as it was called, or beside the image that holds this code (a test bundle runs in another's executable).
  ///
  /// - Returns: its path, nil when it is nowhere, and where it was looked for.
  package func find(explicit: String? = nil) -> (path: String?, searched: [String]) {
    let candidates: [String]
    if let explicit {
      candidates = [explicit]
    } else if let named = getenv(variable), named.pointee != 0 {
      candidates = [String(cString: named)]
    } else {
      var directories: [String] = []
      for path in [Self.executable(), CommandLine.arguments.first, Self.image()] {
        if let path, let end = path.lastIndex(of: "/"), !directories.contains(String(path[..<end])) {
          directories.append(String(path[..<end]))
        }
      }
      candidates = directories.map { "\($0)/\(name)" }
    }
    return (candidates.first { access($0, X_OK) == 0 }, candidates)
  }

  private static func executable() -> String? {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(PATH_MAX)) { buffer in
      guard let start = buffer.baseAddress else { return nil }
      let length = readlink("/proc/self/exe", start, buffer.count)
      guard length > 0 else { return nil }
      return String(decoding: UnsafeRawBufferPointer(start: start, count: length), as: UTF8.self)
    }
  }

  private static func image() -> String? {
    clinux_worker_image_path(#dsohandle).map { String(cString: $0) }
  }
}
