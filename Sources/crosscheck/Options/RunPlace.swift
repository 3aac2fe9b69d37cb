import Foundation

/// Where a run writes.
enum RunPlace {
  /// `base`, or the first of `base-2`, `base-3`, … that does not exist yet.
  static func free(_ base: String) -> String {
    guard exists(base) else { return base }
    return (2...).lazy.map { "\(base)-\($0)" }.first { !exists($0) } ?? base
  }

  /// A part of a file name made of the last component of a profile's path.
  static func name(ofProfile path: String) -> String {
    if path == "-" { return "stdin" }
    let last = path.split(separator: "/").last.map(String.init) ?? "profile"
    let stem = last.hasSuffix(".json") ? String(last.dropLast(5)) : last
    return stem.isEmpty ? "profile" : stem
  }

  private static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }
}
