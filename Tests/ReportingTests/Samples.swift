import Campaign
import Foundation

/// Fixed results, read from JSON as a machine that keeps them would.
enum Samples {
  static func fuzz(_ change: (inout FuzzSummary) -> Void = { _ in }) throws -> FuzzSummary {
    var summary = try read(FuzzSummary.self, "fuzz.json")
    change(&summary)
    return summary
  }

  static func check(_ change: (inout CheckReport) -> Void = { _ in }) throws -> CheckReport {
    var report = try read(CheckReport.self, "check.json")
    change(&report)
    return report
  }

  static func lint() throws -> LintReport { try read(LintReport.self, "lint.json") }

  /// The file's text.
  static func text(_ name: String) throws -> String {
    let here = URL(filePath: #filePath).deletingLastPathComponent()
    return try String(contentsOf: here.appending(path: "Snapshots/\(name)"), encoding: .utf8)
  }

  private static func read<Value: Decodable>(_ type: Value.Type, _ name: String) throws -> Value {
    try JSONDecoder().decode(type, from: Data(try text(name).utf8))
  }
}
