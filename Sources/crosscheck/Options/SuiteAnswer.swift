import Conformance

/// What a suite's report comes to, for every command that plays one.
enum SuiteAnswer {
  /// Throws when a check failed, and when none was judged: that is no agreement, and no difference either.
  static func judge(_ report: SuiteReport) throws {
    if report.results.contains(where: \.verdict.isFailure) { throw ExitStatus.differ }
    guard !report.isJudged else { return }
    let reasons = Set(report.results.map(\.reason)).sorted().joined(separator: "; ")
    throw Failure(.missing, "nothing was judged, as every check was skipped: \(reasons)")
  }
}
