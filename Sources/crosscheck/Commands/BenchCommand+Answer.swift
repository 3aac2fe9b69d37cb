import Campaign
import Foundation
import Overhead
import Reporting

// What is told of a measurement, and what it is held against.
extension BenchCommand {
  func tell(_ report: BenchReport, old: BenchReport?) throws {
    let json = try ResultJSON.text(of: report)
    var failures = save.map { [PageOption.write(json, to: $0)] } ?? []
    let comparison = old.map { BenchComparison(old: $0, new: report) }
    let results = BenchPage(report, comparison: comparison).page
    failures.append(page.write { results })
    for plot in plots == nil ? [] : results.plots {
      failures.append(PageOption.write(plot.svg, to: "\(plots ?? ".")/\(plot.name)"))
    }
    let verdicts = assert.map { $0.assertion.judged(by: report) }
    var text = BenchText(report).text
    if let comparison { text += BenchComparisonText(comparison).text }
    if !verdicts.isEmpty { text += "\nAssertions\n" + verdicts.map { "  \($0.text)\n" }.joined() }
    try StandardStream.output.writeAnswer(
      printing.json ? ResultJSON.text(of: ComparedReport(report, comparison)) : text)
    if printing.json {
      for line in comparison.map({ BenchComparisonText($0).lines }) ?? [] {
        StandardStream.error.write("crosscheck: \(line)\n")
      }
      for verdict in verdicts where verdict.verdict != .holds {
        StandardStream.error.write("crosscheck: \(verdict.text)\n")
      }
    }
    if let failure = failures.compactMap(\.self).first { throw failure }
    if verdicts.contains(where: { $0.verdict != .holds }) || comparison?.isDifferent == true {
      throw ExitStatus.differ
    }
  }

  private struct Format: Decodable { var format: Int }

  static func report(in file: String) throws -> BenchReport {
    guard let bytes = FileManager.default.contents(atPath: file) else {
      throw Failure(.badInput, "--compare \(file): the file cannot be read")
    }
    do {
      // Alone and first: another layout has other fields.
      let format = try JSONDecoder().decode(Format.self, from: bytes).format
      guard format == BenchReport.currentFormat else {
        throw Failure(
          .badInput,
          "\(file): expected results of format \(BenchReport.currentFormat), found format \(format): it was saved by "
            + "another version of crosscheck")
      }
      return try JSONDecoder().decode(BenchReport.self, from: bytes)
    } catch let error as DecodingError {
      throw Failure(
        .badInput, "\(file): expected the results of 'crosscheck bench --save': \(explain(error))")
    }
  }
}
