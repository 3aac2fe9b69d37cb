package import Conformance

/// A suite's report in the Kernel Test Anything Protocol, version 1 (Documentation/dev-tools/ktap.rst), which is also
/// what TAP's tools read.
///
/// A warning is `ok` with XFAIL, the form that kselftest's parsers count apart and all others take for a pass.
package struct KTAPText {
  let report: SuiteReport

  package init(_ report: SuiteReport) { self.report = report }

  package var text: String {
    var lines = ["KTAP version 1", "1..\(report.results.count)"]
    lines += report.properties.map { Self.diagnostic("\($0.name): \($0.value)") }
    for (index, result) in report.results.enumerated() {
      if result.verdict != .pass {
        lines += result.diagnostics.map { Self.diagnostic("\(result.name): \($0)") }
      }
      lines.append(Self.line(result, number: index + 1))
    }
    let counts = SuiteReport.Verdict.allCases.map { "\($0.rawValue):\(report.count(of: $0))" }
    lines.append(Self.diagnostic("Totals: " + counts.joined(separator: " ")))
    return lines.map { $0 + "\n" }.joined()
  }

  private static func line(_ result: SuiteReport.Result, number: Int) -> String {
    let start = "\(result.verdict.isFailure ? "not ok" : "ok") \(number) \(oneLine(result.name, hash: false))"
    let directive: String? =
      switch result.verdict {
      case .pass: nil
      case .warn: "XFAIL"
      case .skip: "SKIP"
      case .fail: ""
      case .timeout: "TIMEOUT"
      case .error: "ERROR"
      }
    guard let directive else { return start }
    // Without a directive nothing that follows may look like one.
    let words = [directive, directive.isEmpty ? lead(result.reason) : oneLine(result.reason)]
      .filter { !$0.isEmpty }
    return words.isEmpty ? start : start + " # " + words.joined(separator: " ")
  }

  private static func lead(_ reason: String) -> String {
    let text = oneLine(reason)
    let first = text.prefix { $0.isLetter }.uppercased()
    return ["SKIP", "TODO", "XFAIL", "TIMEOUT", "ERROR"].contains { first.hasPrefix($0) } ? "- " + text : text
  }

  private static func diagnostic(_ text: String) -> String { "# " + oneLine(text) }

  /// Line ends and other control characters would begin or end a line of the protocol; a hash in a description would
  /// begin the directive.
  private static func oneLine(_ text: String, hash isAllowed: Bool = true) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { scalar in
          if scalar.properties.generalCategory == .control || scalar == "\u{2028}" || scalar == "\u{2029}" {
            return " "
          }
          return scalar == "#" && !isAllowed ? "_" : scalar
        }))
  }
}
