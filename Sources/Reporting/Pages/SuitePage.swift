package import Conformance
package import Foundation

/// What a suite found as a page: all of it as one picture, then what failed.
package struct SuitePage {
  let report: SuiteReport
  let command: String
  let written: Date
  let replay: (String) -> String

  /// - Parameters:
  ///   - command: `crosscheck conform`.
  ///   - replay: The command that runs the check of a name alone.
  package init(
    _ report: SuiteReport, command: String, written: Date, replay: @escaping (String) -> String
  ) {
    self.report = report
    self.command = command
    self.written = written
    self.replay = replay
  }

  /// A word of a command for ``replay``, quoted where a shell wants it.
  package static func shellWord(_ text: String) -> String { ShellWord.quoted(text) }

  package var page: HTMLPage {
    HTMLPage(
      command: command, subject: report.suite, answer: answer,
      tone: !report.isJudged ? .neutral : report.succeeded ? .good : .bad,
      lead: [HTMLText("\(counts) It took \(Numbers.seconds(report.seconds)).")],
      facts: DefinitionTable(report.properties.map { ($0.name.capitalised, HTMLText($0.value)) }),
      sections: [
        themes, told("Failed", [.fail, .timeout, .error]), told("Other than most do", [.warn]), skips, all,
      ].compactMap(\.self), written: written)
  }

  private var answer: String {
    let failed = report.results.count { $0.verdict.isFailure }
    let judged = report.results.count { $0.verdict != .skip }
    if failed > 0 { return "\(Numbers.grouped(failed)) of \(Numbers.counted(judged, "check")) failed." }
    if !report.isJudged { return "Nothing was judged: every check was skipped." }
    return judged == report.count(of: .pass)
      ? "All \(Numbers.counted(judged, "check")) that ran passed."
      : "None of \(Numbers.counted(judged, "check")) failed."
  }

  private var counts: String {
    let words: [(SuiteReport.Verdict, String)] = [
      (.pass, "passed"), (.fail, "failed"), (.timeout, "did not come to an end"),
      (.error, "could not be carried out"),
      (.warn, "passed with a warning"), (.skip, "skipped"),
    ]
    return words.filter { report.count(of: $0.0) > 0 }
      .map { "\(Numbers.grouped(report.count(of: $0.0))) \($0.1)" }.joined(separator: ", ").capitalised + "."
  }

  // MARK: Sections

  private func told(_ heading: String, _ verdicts: Set<SuiteReport.Verdict>) -> HTMLSection? {
    let results = report.results.filter { verdicts.contains($0.verdict) }
    guard !results.isEmpty else { return nil }
    return HTMLSection(heading, results.map { .finding(words(of: $0)) })
  }

  private func words(of result: SuiteReport.Result) -> HTMLFinding {
    var blocks: [HTMLBlock] = [
      .definitions(
        DefinitionTable(
          [("check", .code(result.name)), ("theme", HTMLText(result.group))]
            + (result.reason.isEmpty ? [] : [("because", HTMLText(result.reason))])))
    ]
    if !result.diagnostics.isEmpty { blocks.append(.code(result.diagnostics.joined(separator: "\n"))) }
    blocks.append(.code(replay(result.name)))
    return HTMLFinding(
      label: Self.word(result.verdict), isNew: result.verdict.isFailure, headline: result.claim,
      blocks: blocks)
  }

  private static func word(_ verdict: SuiteReport.Verdict) -> String {
    switch verdict {
    case .pass: "passed"
    case .warn: "warning"
    case .skip: "skipped"
    case .fail: "failed"
    case .timeout: "no end"
    case .error: "not carried out"
    }
  }

  private var groups: [String] {
    report.results.map(\.group).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  private var themes: HTMLSection? {
    guard !report.results.isEmpty else { return nil }
    let categories: [MatrixPlot.Category] = SuiteReport.Verdict.allCases.map { verdict in
      let name = Self.word(verdict)
      return switch verdict {
      case .pass: .init(name, paint: .allow, sign: .none)
      case .warn: .init(name, paint: .deny, sign: .bar)
      case .skip: .init(name, paint: .none, sign: .slash)
      case .fail: .init(name, paint: .kill, sign: .cross)
      case .timeout: .init(name, paint: .kill, sign: .ring)
      case .error: .init(name, paint: .ask, sign: .triangle)
      }
    }
    let plot = TilePlot(
      title: "Checks by theme", summary: counts, categories: categories,
      groups: groups.map { group in
        .init(
          group,
          report.results.filter { $0.group == group }.map { result in
            .init(
              SuiteReport.Verdict.allCases.firstIndex(of: result.verdict) ?? 0,
              text: "\(result.name): \(Self.word(result.verdict))\n\(result.claim)")
          })
      })
    return HTMLSection(
      "By theme",
      [
        .figure(
          HTMLFigure(
            caption:
              "A tile is a check; the number is how many of the theme's passed. The pointer over a tile shows its claim.",
            plot.drawing(width:)))
      ])
  }

  private var skips: HTMLSection? {
    let skipped = report.results.filter { $0.verdict == .skip }
    guard !skipped.isEmpty else { return nil }
    let reasons = skipped.map(\.reason).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    return HTMLSection(
      "Not done, and why",
      [
        .prose("A check that did not run is no pass."),
        .table(
          DataTable(
            [.number("Checks"), .text("Reason"), .text("Which")],
            reasons.map { reason in
              let names = skipped.filter { $0.reason == reason }.map(\.name)
              return .init([
                HTMLText(Numbers.grouped(names.count)), HTMLText(reason.isEmpty ? "none was given" : reason),
                HTMLText(names.joined(separator: ", ")),
              ])
            })),
      ])
  }

  private var all: HTMLSection? {
    guard !report.results.isEmpty else { return nil }
    return HTMLSection(
      "All checks",
      groups.map { group in
        let results = report.results.filter { $0.group == group }
        return .appendix(
          "\(group): \(Numbers.grouped(results.count { $0.verdict == .pass })) of \(Numbers.grouped(results.count)) passed",
          [
            .table(
              DataTable(
                [.text("Check"), .text("Claim"), .text("Verdict"), .number("Seconds")],
                results.map { result in
                  .init(
                    [
                      .code(result.name), HTMLText(result.claim), HTMLText(Self.word(result.verdict)),
                      HTMLText(PlotTicks.number(result.seconds, decimals: 3)),
                    ], isMarked: result.verdict.isFailure)
                }))
          ])
      })
  }
}
