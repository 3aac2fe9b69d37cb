import Foundation

extension FileSystem {
  /// Writes a run's summary.json in place of an older one.
  static func replaceDurably(summary: some Encodable, ofRun directory: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try replaceDurably(Array(try encoder.encode(summary)), at: directory + "/summary.json")
  }
}
