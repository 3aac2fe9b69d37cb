import ArgumentParser
import Campaign
import Conformance
import Foundation
import ProfileFiles
import Profiles
import Reporting

/// `crosscheck conform`
struct ConformCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "conform",
    abstract: "Judge this kernel's seccomp, scenario by scenario, and print KTAP.",
    discussion: """
      A scenario is a few processes that install filters and make harmless calls, with what is written to be right for \
      every step: the results, the signals, who dies and of what. It fails when the kernel does otherwise, and when the \
      project's own model of the kernel says otherwise. What a scenario needs is found out by trying; without it the \
      scenario is skipped, with the reason. Nothing of this machine's settings is changed. The exit status is 0 when \
      nothing failed, and 69 when everything was skipped.

      EXAMPLE
        crosscheck conform --junit report.xml
        crosscheck conform --filter 'notify*' --filter sync
        crosscheck conform --json > kernel.json
        crosscheck conform --baseline kernel-baseline.json
        crosscheck conform --list
      """)

  @Flag(name: .long, help: "Play nothing: list the scenarios, their groups and claims.")
  var list = false

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Only the scenarios or groups of this name (repeatable); * is any text.", valueName: "glob"))
  var filter: [String] = []

  @Option(
    name: .long, help: ArgumentHelp("Write the results as JUnit XML into this file.", valueName: "file"))
  var junit: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Fail only for what is worse than in this file, which --write-baseline wrote.", valueName: "file"))
  var baseline: String?

  @Flag(name: .long, help: "Write this run's verdicts into the file of --baseline.")
  var writeBaseline = false

  @OptionGroup var page: PageOption
  @OptionGroup var printing: OutputOptions

  init() {}

  func validate() throws {
    if junit == "" { throw ValidationError("--junit wants a file, found an empty word") }
    if baseline == "" { throw ValidationError("--baseline wants a file, found an empty word") }
    if writeBaseline, baseline == nil {
      throw ValidationError("--write-baseline wants the file in --baseline")
    }
    if list, junit != nil || baseline != nil || page.html != nil {
      throw ValidationError("--list plays nothing: --junit, --html and --baseline go without it")
    }
  }

  func run() throws {
    let suite = try KernelSuite(filters: filter)
    if list { return try printList(suite.scenarios) }
    try page.prepare()
    try PageOption.prepare("--junit", junit)
    if writeBaseline { try PageOption.prepare("--baseline", baseline) }
    // First, so that nothing is played for a baseline that cannot be read.
    let known = try writeBaseline ? nil : baseline.map(Self.baseline)
    let line = ProgressLine(isWanted: printing.wantsProgress)
    var report = try suite.runHere(properties: [.init("tool", "crosscheck \(toolVersion)")]) { progress in
      line.show("\(progress.finished) of \(progress.total): \(progress.result.name)")
    }
    line.remove()
    if let known { report = known.applied(to: report) }
    let unwritten = [
      writeBaseline ? baseline.flatMap { PageOption.write(SuiteBaseline(of: report).text, to: $0) } : nil,
      junit.flatMap { PageOption.write(JUnitXML(report).text, to: $0) },
      page.write {
        SuitePage(report, command: "crosscheck conform", written: Date()) {
          "crosscheck conform --filter \($0)"
        }
        .page
      },
    ]
    try StandardStream.output.writeAnswer(
      printing.json ? try ResultJSON.text(of: report) : KTAPText(report).text)
    if let failure = unwritten.first(where: { $0 != nil }) ?? nil { throw failure }
    try SuiteAnswer.judge(report)
  }

  private func printList(_ scenarios: [Scenario]) throws {
    let summaries = scenarios.map(ScenarioSummary.init)
    try StandardStream.output.writeAnswer(
      printing.json ? try ResultJSON.text(of: summaries) : ScenarioListText(summaries).text)
  }

  private static func baseline(_ path: String) throws -> SuiteBaseline {
    let bytes = try ProfileFile.bytes(of: path, what: "a baseline")
    return try SuiteBaseline(reading: bytes, source: ProfileFile.name(of: path))
  }
}
