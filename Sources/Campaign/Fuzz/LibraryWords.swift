import Foundation

/// The libseccomp builds of a run as its journal keeps them: in their order, with a word for the system's, and with paths
/// that mean the same from another directory.
struct LibraryWords: Hashable {
  /// In the journal's options.
  static let key = "libraries"
  /// As after `--libseccomp`.
  static let system = "system"

  let words: [String]

  /// - Parameter libraries: nil is the system's.
  init(_ libraries: [String?]) { words = libraries.map { $0.map(Self.absolute) ?? Self.system } }

  /// A JSON array: a path can have any character in it.
  init(journalled text: String) {
    words = (try? JSONDecoder().decode([String].self, from: Data(text.utf8))) ?? [text]
  }

  var journalled: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .withoutEscapingSlashes
    return (try? encoder.encode(words)).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  var libraries: [String?] { words.map { $0 == Self.system ? nil : $0 } }

  /// For people.
  var text: String { words.joined(separator: ", ") }

  /// dlopen(3) searches for a name without a slash, wherever one stands.
  private static func absolute(_ path: String) -> String {
    path.contains("/") ? URL(filePath: path).standardizedFileURL.path : path
  }
}
