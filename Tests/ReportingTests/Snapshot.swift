import Foundation
import Testing

/// A text that is kept in a file beside the tests: a change shows in the diff and is read before it is kept.
/// With CROSSCHECK_SNAPSHOTS=write in the environment the files are written anew.
enum Snapshot {
  static func expect(
    _ text: String, _ name: String, file: String = #filePath,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let path = URL(filePath: file).deletingLastPathComponent().appending(path: "Snapshots/\(name)")
    if ProcessInfo.processInfo.environment["CROSSCHECK_SNAPSHOTS"] == "write" {
      try Data(text.utf8).write(to: path)
      return
    }
    let kept = try String(contentsOf: path, encoding: .utf8)
    #expect(text == kept, "the text is not that of \(path.path)", sourceLocation: sourceLocation)
  }
}
