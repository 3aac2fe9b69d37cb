import Foundation
package import Campaign
import Profiles

/// Remarks on a profile in the Static Analysis Results Interchange Format 2.1.0 (OASIS), which code hosts and editors
/// read.
///
/// Columns count bytes, which is what SARIF's code points are wherever a line has only ASCII before the remark.
package struct LintSARIF: Encodable {
  private let schema = "https://json.schemastore.org/sarif-2.1.0.json"
  private let version = "2.1.0"
  private let runs: [Run]

  private enum CodingKeys: String, CodingKey {
    case schema = "$schema"
    case version, runs
  }

  package init(_ report: LintReport) {
    let rules = (LintRule.all.map { ($0.id, $0.summary) } + [LintReport.noFilter])
      .map { Rule(id: $0.0, shortDescription: Message(text: $0.1)) }
    let driver = Driver(name: "crosscheck", version: report.environment.tool, rules: rules)
    runs = [
      Run(tool: Tool(driver: driver), results: report.remarks.map { Result($0, source: report.source) })
    ]
  }

  private struct Run: Encodable {
    let tool: Tool
    let columnKind = "unicodeCodePoints"
    let results: [Result]
  }

  private struct Tool: Encodable {
    let driver: Driver
  }

  private struct Driver: Encodable {
    let name: String
    let version: String
    let rules: [Rule]
  }

  private struct Rule: Encodable {
    let id: String
    let shortDescription: Message
  }

  private struct Message: Encodable {
    let text: String
  }

  private struct Result: Encodable {
    let ruleId: String
    let level: String
    let message: Message
    let locations: [Location]
    let properties: Properties

    init(_ remark: LintReport.Remark, source: String) {
      ruleId = remark.rule
      level = remark.severity.rawValue
      message = Message(text: "\(remark.message). Fix: \(remark.fix).")
      locations = [
        Location(
          physicalLocation: PhysicalLocation(
            artifactLocation: Artifact(uri: LintSARIF.uri(of: source)),
            region: Region(startLine: remark.line, startColumn: remark.column)),
          logicalLocations: [LogicalLocation(fullyQualifiedName: remark.path)])
      ]
      properties = Properties(witnesses: remark.witnesses, withoutWitness: remark.withoutWitness)
    }
  }

  private struct Location: Encodable {
    let physicalLocation: PhysicalLocation
    let logicalLocations: [LogicalLocation]
  }

  private struct PhysicalLocation: Encodable {
    let artifactLocation: Artifact
    let region: Region
  }

  private struct Artifact: Encodable {
    let uri: String
  }

  private struct Region: Encodable {
    let startLine: Int
    let startColumn: Int
  }

  private struct LogicalLocation: Encodable {
    let fullyQualifiedName: String
  }

  private struct Properties: Encodable {
    let witnesses: [LintReport.Witness]
    let withoutWitness: String?
  }

  /// A file's name as a relative reference; an absolute one with its scheme.
  private static func uri(of source: String) -> String {
    let escaped = source.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? "profile"
    return source.hasPrefix("/") ? "file://" + escaped : escaped
  }
}
