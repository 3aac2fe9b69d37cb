package import Profiles

/// The verdicts that are taken for granted: kept in a repository, so that a run fails only for what is worse.
package struct SuiteBaseline: Codable, Hashable, Sendable {
  package var suite: String
  /// By name. Scenarios that are skipped do not stand here: another machine may play them.
  package var verdicts: [String: SuiteReport.Verdict]

  package init(of report: SuiteReport) {
    suite = report.suite
    verdicts = Dictionary(
      uniqueKeysWithValues: report.results.filter { $0.verdict != .skip }.map { ($0.name, $0.verdict) })
  }

  /// Reads what was kept. An error names the place.
  package init(reading bytes: [UInt8], source: String) throws(ProfileError) {
    let document = try JSONDocument(bytes, source: source)
    let root = try Reading(document, document.root, .root)
    suite = try root.member("suite").string()
    verdicts = [:]
    for (name, value) in try root.member("verdicts").members() { verdicts[name] = try value.verdict() }
  }

  /// The report in which failures that are known become warnings: what still fails is worse than before.
  package func applied(to report: SuiteReport) -> SuiteReport {
    var report = report
    for index in report.results.indices where report.results[index].verdict.isFailure {
      guard let known = verdicts[report.results[index].name], known.isFailure else { continue }
      report.results[index].reason = "known (\(known.rawValue)): \(report.results[index].reason)"
      report.results[index].verdict = .warn
    }
    let fixed = report.results.filter { $0.verdict == .pass && verdicts[$0.name]?.isFailure == true }
    if !fixed.isEmpty {
      report.properties.append(
        .init("better than the baseline", fixed.map(\.name).joined(separator: " ")))
    }
    return report
  }

  /// The form that is kept: keys in order, a line each, so that a difference shows.
  package var text: String {
    JSONWriter.text(
      .object([
        JSONMember(key: "suite", node: JSONNode(.string(suite))),
        JSONMember(
          key: "verdicts",
          node: JSONNode(
            .object(
              verdicts.sorted { $0.key < $1.key }.map {
                JSONMember(key: $0.key, node: JSONNode(.string($0.value.rawValue)))
              }))),
      ]))
  }
}
