package import Campaign

/// What a replay showed, for people.
package struct ReplayText {
  let report: ReplayReport
  let file: String
  let isFirst: Bool

  /// - Parameters:
  ///   - file: the case file.
  ///   - isFirst: whether nothing was printed before: then the machine is told too.
  package init(_ report: ReplayReport, file: String, isFirst: Bool = true) {
    self.report = report
    self.file = file
    self.isFirst = isFirst
  }

  package var text: String {
    var page = TextPage()
    if isFirst { EnvironmentText(report.environment).write(to: &page) }
    page.blank()
    page.line("\(report.reproduced ? "REPRODUCED" : "gone      ")  \(report.fingerprint)")
    let words = SignatureText(report.signature)
    page.paragraph(words.headline, indent: 2)
    if !words.shape.isEmpty { page.paragraph(words.shape, indent: 2) }
    for line in report.lines { page.paragraph(line, indent: 2, hanging: 6) }
    page.paragraph(file, indent: 2)
    return page.text
  }
}

/// What a minimisation came to, for people.
package struct MinimizeText {
  let report: Remaking.Report

  package init(_ report: Remaking.Report) { self.report = report }

  package var text: String {
    var page = TextPage()
    let words = SignatureText(report.signature)
    if !report.reproduced {
      page.line("gone: the answers agree now; nothing was written.")
    } else if report.weightAfter < report.weightBefore {
      page.line("smaller: \(report.fingerprint)")
    } else {
      page.line("no smaller: \(report.fingerprint)")
    }
    page.paragraph(words.headline, indent: 2)
    if !words.shape.isEmpty { page.paragraph(words.shape, indent: 2) }
    if let path = report.path { page.paragraph(path, indent: 2) }
    return page.text
  }
}
