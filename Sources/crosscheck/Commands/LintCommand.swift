import ArgumentParser
import Campaign
import Generation
import ProfileFiles
import Profiles
import Reporting

/// `crosscheck lint`
struct LintCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint",
    abstract: "Say what is wrong with a profile as written, and show each point by a call on this kernel.",
    discussion: """
      Refusals that are cancelled by other entries, conditions that mean the opposite, names that nobody knows, calls \
      that a runtime needs: every remark has a fix, and calls that are made under the compiled filter to show it. The \
      exit status is 0 when there is no warning and no error.

      EXAMPLE
        crosscheck lint profile.json
        crosscheck lint config.json --runtime runc --sarif
      """)

  @Argument(help: "The profile: a file, or - for standard input.")
  var profile: String

  @Option(name: .long, help: ArgumentHelp("Lint for this runtime only: runc or crun.", valueName: "runtime"))
  var runtime: RuntimeWord?

  @Flag(name: .long, help: "Print the remarks in the format SARIF 2.1.0, for code hosts and editors.")
  var sarif = false

  @OptionGroup var compile: CompileOptions
  @OptionGroup var machine: MachineOptions
  @OptionGroup var printing: OutputOptions

  init() {}

  func validate() throws {
    if sarif, printing.json { throw ValidationError("--json and --sarif are two formats; give one") }
  }

  func run() throws {
    let subject = try LintSubject.read(
      try ProfileFile.bytes(of: profile), source: ProfileFile.name(of: profile), context: compile.context,
      runtime: runtime?.runtime, badArchitectureAction: compile.settings.badArchitectureAction)
    let report = try LintRun.run(subject, settings: compile.settings, workbench: machine.workbench)
    try StandardStream.output.writeAnswer(
      sarif
        ? try ResultJSON.text(of: LintSARIF(report))
        : printing.json ? try ResultJSON.text(of: report) : LintText(report).text)
    if !report.isClean { throw ExitStatus.differ }
  }
}

/// A runtime on the command line.
struct RuntimeWord: ExpressibleByArgument {
  var runtime: LintRuntime

  init?(argument: String) {
    guard let runtime = LintRuntime(rawValue: argument) else { return nil }
    self.runtime = runtime
  }

  static var allValueStrings: [String] { LintRuntime.allCases.map(\.rawValue) }
}
