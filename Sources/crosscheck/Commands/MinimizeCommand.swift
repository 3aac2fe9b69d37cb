import ArgumentParser
import Campaign
import Reporting

/// `crosscheck minimize`
struct MinimizeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "minimize",
    abstract: "Make a saved finding smaller, with more patience than a campaign has.",
    discussion: """
      The smaller case is written with its own repro.c and report.md under its name, which may be another one: \
      findings are named after what is left of them. The exit status is 1 when the finding still shows its \
      difference, 0 when the answers agree now.

      EXAMPLE
        crosscheck minimize crosscheck-run-1/findings/policy-filter-0123456789ab
        crosscheck minimize case.json --output smaller
      """)

  @Argument(help: "The finding: a directory under a run's 'findings', or a case file.")
  var finding: String

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "The directory to write to; the finding goes under its 'findings'.", valueName: "dir"))
  var output = "./crosscheck-minimized"

  @Option(
    name: .long,
    help: ArgumentHelp("How many smaller cases are tried at the most.", valueName: "n"))
  var attempts = 20_000

  @OptionGroup var machine: MachineOptions
  @OptionGroup var printing: OutputOptions

  func validate() throws {
    if attempts < 1 { throw ValidationError("--attempts is at least 1, found \(attempts)") }
    if output.isEmpty { throw ValidationError("--output wants a directory, found an empty word") }
  }

  func run() throws {
    let saved = try FindingPlace.finding(finding)
    var workbench = machine.workbench
    if machine.libseccomp.isEmpty {
      workbench.libraries = [saved.minimized.attributes.libraryPath]
      if saved.kind == .libraryLibrary {
        workbench.libraries.append(saved.minimized.attributes.otherLibraryPath)
      }
    }
    let line = ProgressLine(isWanted: printing.wantsProgress)
    line.show("minimising \(saved.fingerprint)")
    let report = try Remaking.minimize(saved, into: output, attempts: attempts, workbench: workbench)
    line.remove()
    try StandardStream.output.writeAnswer(
      printing.json ? try ResultJSON.text(of: report) : MinimizeText(report).text)
    if report.reproduced { throw ExitStatus.differ }
  }
}
