package import Conformance

/// A suite's report as JUnit XML, the form that continuous integration reads: `testsuites`, one `testsuite`, a
/// `testcase` each. Times are seconds.
///
/// The form has no word for a warning: it is a passed case with the reason in `system-out`, and counted in the property
/// `warnings`.
package struct JUnitXML {
  let report: SuiteReport

  package init(_ report: SuiteReport) { self.report = report }

  package var text: String {
    let counts = [
      ("tests", report.results.count), ("failures", report.count(of: .fail) + report.count(of: .timeout)),
      ("errors", report.count(of: .error)), ("skipped", report.count(of: .skip)),
    ].map { ($0, "\($1)") }
    let attributes = [("name", report.suite)] + counts + [("time", Self.seconds(report.seconds))]
    var lines = [#"<?xml version="1.0" encoding="UTF-8"?>"#, Self.open("testsuites", attributes)]
    lines.append("  " + Self.open("testsuite", attributes))
    lines.append("    <properties>")
    for property in report.properties + [.init("warnings", "\(report.count(of: .warn))")] {
      lines.append(
        "      " + Self.open("property", [("name", property.name), ("value", property.value)], empty: true))
    }
    lines.append("    </properties>")
    for result in report.results { lines += self.lines(of: result) }
    lines += ["  </testsuite>", "</testsuites>"]
    return lines.map { $0 + "\n" }.joined()
  }

  private func lines(of result: SuiteReport.Result) -> [String] {
    let attributes = [
      ("classname", "\(report.suite).\(result.group)"), ("name", result.name),
      ("time", Self.seconds(result.seconds)),
    ]
    let content = Self.content(of: result)
    guard !content.isEmpty else { return ["    " + Self.open("testcase", attributes, empty: true)] }
    return ["    " + Self.open("testcase", attributes)] + content.map { "      " + $0 } + ["    </testcase>"]
  }

  private static func content(of result: SuiteReport.Result) -> [String] {
    let details = result.diagnostics.joined(separator: "\n")
    switch result.verdict {
    case .pass: return []
    case .warn: return [element("system-out", [], "warning: \(result.reason)\n\(details)")]
    case .skip: return [open("skipped", [("message", result.reason)], empty: true)]
    case .fail, .timeout:
      let attributes = [("message", result.reason), ("type", result.verdict.rawValue)]
      return [element("failure", attributes, details)]
    case .error:
      let attributes = [("message", result.reason), ("type", result.verdict.rawValue)]
      return [element("error", attributes, details)]
    }
  }

  // MARK: XML

  private static func open(_ name: String, _ attributes: [(String, String)], empty isEmpty: Bool = false)
    -> String
  {
    let list = attributes.map { #" \#($0)="\#(Markup.escaped($1))""# }.joined()
    return "<\(name)\(list)\(isEmpty ? "/" : "")>"
  }

  private static func element(_ name: String, _ attributes: [(String, String)], _ text: String) -> String {
    open(name, attributes) + Markup.escaped(text, inAttribute: false) + "</\(name)>"
  }

  /// With milliseconds, and a point wherever the machine is: JUnit's schema has decimals.
  private static func seconds(_ value: Double) -> String {
    let milliseconds = Int((max(0, value) * 1000).rounded())
    let rest = String(milliseconds % 1000)
    return "\(milliseconds / 1000)." + String(repeating: "0", count: 3 - rest.count) + rest
  }
}
