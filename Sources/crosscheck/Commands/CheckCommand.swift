package import ArgumentParser
import Campaign
import Reporting

/// `crosscheck check`
package struct CheckCommand: ParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Check one profile exhaustively: every system call number, every entry path, the arguments that matter.",
    discussion: """
      The profile is the OCI 'linux.seccomp' object, a whole config.json, or the form that Docker and Podman read. The \
      exit status is 0 when policy, filter and kernel give the same answers and no rule of the profile was lost.

      EXAMPLE
        crosscheck check /usr/share/containers/seccomp.json
        crosscheck check profile.json --optimize 2 --libseccomp ./libseccomp.so.2.6.0 --json
      """)

  @Argument(help: "The profile: a file, or - for standard input.")
  package var profile: String

  @OptionGroup package var compile: CompileOptions
  @OptionGroup package var machine: MachineOptions

  @Flag(name: .long, help: "Do not really execute the harmless calls that the filter allows.")
  package var noLive = false

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Where findings are saved if answers differ (default: ./crosscheck-check-<name>).", valueName: "dir"))
  package var output: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The accepted disagreements, to tell known differences (default: Corpus/known beside the program).",
      valueName: "dir"))
  package var known: String?

  @OptionGroup package var printing: OutputOptions

  package init() {}

  package func validate() throws {
    if output == "" { throw ValidationError("--output wants a directory, found an empty word") }
  }

  package func run() throws {
    let document = try compile.read(profile)
    let options = CheckOptions(
      document: document, settings: compile.settings, workbench: machine.workbench, runsLive: !noLive,
      findingsDirectory: output ?? RunPlace.free("./crosscheck-check-\(RunPlace.name(ofProfile: profile))"),
      knownDirectory: KnownPlace.directory(asked: known))
    let line = ProgressLine(isWanted: printing.wantsProgress)
    let report = try ProfileCheck.run(options) { progress in
      line.show(ProgressText.check(stage: progress.stage, fraction: progress.fraction))
    }
    line.remove()
    StandardStream.output.write(printing.json ? try ResultJSON.text(of: report) : CheckText(report).text)
    if !report.agrees { throw ExitStatus.differ }
  }
}
