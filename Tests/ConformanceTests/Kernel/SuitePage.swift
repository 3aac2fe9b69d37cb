import Foundation

/// The tables of docs/kernel-suite.md.
enum SuitePage {
  static func text() throws -> String {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: "../../../docs/kernel-suite.md")
    return try String(contentsOf: file, encoding: .utf8)
  }

  /// The rows of the table below the line `heading`, their cells without back quotes.
  static func table(under heading: String) throws -> [[String]] {
    let lines = try text().split(separator: "\n", omittingEmptySubsequences: false)
    guard let start = lines.firstIndex(of: Substring(heading)) else { return [] }
    return lines[start...].drop { !$0.hasPrefix("|") }.prefix { $0.hasPrefix("|") }.dropFirst(2).map { row in
      row.dropFirst().dropLast().split(separator: "|").map {
        $0.trimmingCharacters(in: .whitespaces).replacing("`", with: "")
      }
    }
  }
}
