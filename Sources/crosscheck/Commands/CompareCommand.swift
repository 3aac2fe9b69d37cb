import ArgumentParser
import Conformance
import ProfileFiles
import Profiles
import Reporting

/// `crosscheck compare`
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Say what changed between two kernels' results.",
    discussion: """
      Takes two files that 'conform --json' or 'runtime --suite --json' wrote, and lists new failures, what is fixed, newly skipped, and \
      what only one of them has. The exit status is 0 when no verdict differs and 1 when one does.

      EXAMPLE
        crosscheck compare linux-6.1.json linux-6.18.json
      """)

  @Argument(help: ArgumentHelp("The earlier result: a file, or - for standard input.", valueName: "before"))
  var before: String

  @Argument(help: ArgumentHelp("The later one.", valueName: "after"))
  var after: String

  @OptionGroup var printing: OutputOptions

  init() {}

  func validate() throws {
    if before == ProfileFile.standardInput, after == before {
      throw ValidationError("standard input can be one of the results, not both")
    }
  }

  func run() throws {
    let old = try Self.report(before)
    let new = try Self.report(after)
    guard old.suite == new.suite else {
      throw Failure(
        .badInput,
        "\(before) is of the suite \(old.suite), and \(after) of \(new.suite): there is nothing to compare")
    }
    let comparison = SuiteComparison(
      old, from: ProfileFile.name(of: before), new, from: ProfileFile.name(of: after))
    try StandardStream.output.writeAnswer(
      printing.json ? try ResultJSON.text(of: comparison) : SuiteComparisonText(comparison).text)
    if !comparison.isEmpty { throw ExitStatus.differ }
  }

  private static func report(_ path: String) throws -> SuiteReport {
    let bytes = try ProfileFile.bytes(of: path, what: "a suite's results")
    return try SuiteReport(reading: bytes, source: ProfileFile.name(of: path))
  }
}
