internal import CLinux
internal import Glibc

/// Where the guardian program is.
enum GuardianLocation {
  static let program = "crosscheck-guardian"
  /// An environment variable that names the program and ends the search.
  static let variable = "CROSSCHECK_GUARDIAN"

  /// The environment's word where there is one; else beside the running executable, beside the program as it was
  /// called, or beside the image that holds this code (a test bundle runs in another's executable).
  static func find() throws(RuntimeError) -> String {
    let candidates: [String]
    if let named = getenv(variable), named.pointee != 0 {
      candidates = [String(cString: named)]
    } else {
      var directories: [String] = []
      for path in [executable(), CommandLine.arguments.first, image()] {
        if let path, let end = path.lastIndex(of: "/"), !directories.contains(String(path[..<end])) {
          directories.append(String(path[..<end]))
        }
      }
      candidates = directories.map { "\($0)/\(program)" }
    }
    guard let path = candidates.first(where: { access($0, X_OK) == 0 }) else {
      throw .guardianNotFound(searched: candidates)
    }
    return path
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
