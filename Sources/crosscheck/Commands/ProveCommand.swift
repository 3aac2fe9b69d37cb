import ArgumentParser
import Campaign
import ProfileFiles
import Profiles
import Reporting
import Targets

/// `crosscheck prove`
struct ProveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prove",
    abstract:
      "Prove for all inputs that libseccomp's filter means what a profile says, or say where it does not.",
    discussion: """
      All inputs are all that a filter can be shown: every number, architecture, instruction pointer and argument, \
      2^512 in all. Where policy and filter differ, the calls are told by a condition, and one of them is made on \
      this kernel over a shield. With --runtime the filter that a container runtime installs is proved too, against \
      libseccomp's and against the policy; that takes root. The exit status is 0 when everything is proved, \
      and told, and the kernel answers as the filters say; what the solver could not tell in time is not.

      EXAMPLE
        crosscheck prove /usr/share/containers/seccomp.json
        crosscheck prove --optimize 2 Corpus/profiles/*.json
        crosscheck prove --runtime runc profile.json
      """)

  @Argument(help: "The profiles: files, or - for standard input.")
  var profiles: [String]

  @Option(
    name: .long,
    help: ArgumentHelp("Prove what this runtime installs too: runc or crun.", valueName: "runtime"))
  var runtime: RuntimeWord?

  @OptionGroup var proofLimit: ProofLimitOption
  @OptionGroup var compile: CompileOptions
  @OptionGroup var machine: MachineOptions
  @OptionGroup var printing: OutputOptions

  init() {}

  func run() throws {
    // First, so that nothing is started for a profile that cannot be read.
    let subjects = try profiles.map(subject)
    let program = try runtime.map { try RuntimeProgram.find($0.name) }
    let options = proofLimit.options(compile.settings, machine)
    let line = ProgressLine(isWanted: printing.wantsProgress)
    var reports: [ProofReport] = []
    for (document, subject) in subjects {
      line.show("proving \(document.source)")
      let report = try ProfileProof.run(
        document, runtime: program.map { (program: $0, subject: subject) }, on: try ProofBench(options))
      line.remove()
      if !printing.json {
        try StandardStream.output.writeAnswer((reports.isEmpty ? "" : "\n") + ProofText(report).text)
      }
      reports.append(report)
    }
    if printing.json { try StandardStream.output.writeAnswer(try ResultJSON.text(of: reports)) }
    if !reports.allSatisfy(\.passes) { throw ExitStatus.differ }
  }

  private func subject(_ path: String) throws -> (ProfileDocument, RuntimeSubject) {
    let bytes = try ProfileFile.bytes(of: path)
    let source = ProfileFile.name(of: path)
    let document = try ProfileReader.read(bytes, source: source, context: compile.context)
    return (document, try RuntimeSubject(source: source, file: bytes, reading: .success(document)))
  }
}

extension RuntimeWord {
  /// The program to start.
  var name: RuntimeName {
    switch runtime {
    case .runc: .runc
    case .crun: .crun
    }
  }
}
