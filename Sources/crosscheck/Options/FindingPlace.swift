import Campaign
import Foundation

/// A saved case that a command was given: a finding's directory, or one case file.
struct FindingPlace {
  /// The case file.
  let file: String
  let saved: SavedCase

  /// - Parameters:
  ///   - path: a directory with `minimized.json` and `case.json`, or a file of either form.
  ///   - original: of a directory, the case as it was found rather than the smallest.
  init(_ path: String, original: Bool = false) throws {
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
      throw Failure(
        .badInput, "\(path): expected a finding's directory or its case.json, found nothing there")
    }
    file = isDirectory.boolValue ? "\(path)/\(original ? "case.json" : "minimized.json")" : path
    saved = try FindingStore.loadCase(file)
  }

  /// The finding: from a directory both its cases, from a file that one as both.
  static func finding(_ path: String) throws -> Finding {
    let place = try FindingPlace(path)
    let isFile = place.file == path
    return Finding(
      original: isFile ? place.saved : try FindingPlace(path, original: true).saved, minimized: place.saved)
  }
}
