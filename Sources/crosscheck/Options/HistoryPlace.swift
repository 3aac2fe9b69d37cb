import Campaign
import Foundation

/// A saved history that a command was given: a finding's directory, or one case file.
struct HistoryPlace {
  /// The case file.
  let file: String
  let saved: SavedHistory

  /// nil when what stands there is no history, whatever else it is.
  init?(_ path: String, original: Bool = false) throws {
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else { return nil }
    file = isDirectory.boolValue ? "\(path)/\(original ? "case.json" : "minimized.json")" : path
    guard FileManager.default.fileExists(atPath: file), let saved = try? HistoryStore.find(file) else {
      return nil
    }
    self.saved = saved
  }
}
