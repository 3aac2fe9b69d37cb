import ArgumentParser
import Campaign
import Foundation
import Reporting

/// `crosscheck check`
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract:
      "Check one profile exhaustively: every system call number, every entry path, the arguments that matter.",
    discussion: """
      The profile is the OCI 'linux.seccomp' object, a whole config.json, or the form that Docker and Podman read. The \
      exit status is 0 when policy, filter and kernel give the same answers and no rule of the profile was lost.

      EXAMPLE
        crosscheck check /usr/share/containers/seccomp.json
        crosscheck check profile.json --libseccomp ./libseccomp.so.2.6.0 --json
        crosscheck check profile.json --html profile.html
      """)

  @Argument(help: "The profile: a file, or - for standard input.")
  var profile: String

  @OptionGroup var compile: CompileOptions
  @OptionGroup var machine: MachineOptions

  @Flag(name: .long, help: "Do not really execute the harmless calls that the filter allows.")
  var noLive = false

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Where findings are saved if answers differ (default: ./crosscheck-check-<name>).", valueName: "dir"))
  var output: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The accepted disagreements, to tell known differences (default: Corpus/known beside the program).",
      valueName: "dir"))
  var known: String?

  @OptionGroup var page: PageOption
  @OptionGroup var printing: OutputOptions

  init() {}

  func validate() throws {
    if output == "" { throw ValidationError("--output wants a directory, found an empty word") }
  }

  func run() throws {
    try page.prepare()
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
    let unwritten = page.write {
      CheckPage(report, isFallbackAsked: machine.fallback, written: Date(), finding: FindingStore.load(at:))
        .page
    }
    try StandardStream.output.writeAnswer(
      printing.json
        ? try ResultJSON.text(of: report) : CheckText(report, isFallbackAsked: machine.fallback).text)
    if let unwritten { throw unwritten }
    if !report.agrees { throw ExitStatus.differ }
  }
}
