import Glibc
import ProfileFiles
import Profiles

/// Files of this repository, found from this source file's place.
enum Repository {
  static let root: String = {
    let file = #filePath
    return file.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" }
  }()

  static var profiles: String { root + "/Corpus/profiles" }
  static var malformed: String { root + "/Corpus/malformed" }

  /// The names in `directory` that end in `suffix`, sorted.
  static func names(in directory: String, suffix: String) -> [String] {
    guard let stream = opendir(directory) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasSuffix(suffix) { names.append(name) }
    }
    return names.sorted()
  }

  static func exists(_ path: String) -> Bool { access(path, R_OK) == 0 }
}
