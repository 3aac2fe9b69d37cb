import ArgumentParser
import Campaign
import ClassicBPF
import Foundation
import Overhead
import ProfileFiles
import Profiles
import Reporting
import SeccompModel
import Targets

/// `crosscheck bench`
struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract: "Measure what seccomp filters cost on this machine, and how sure that is.",
    discussion: """
      Every figure is timed round after round, each time in a fresh process on one processor; what a difference means \
      is told by a bootstrap interval of the rounds' paired differences, and by the same thing measured against itself. \
      A difference that is not above that noise is called not resolved. Best on a machine that does little else.

      With a profile and a workload, the cost of each call of the workload is measured without a filter, with one that \
      allows everything, with the profile's as a list and as a binary tree, and with what --runtime installs; none of \
      these calls is carried out. The workload is a file of names and counts, such as strace -c prints, or a command \
      whose calls are counted first.

      --json with --compare has the comparison in "comparison"; the file of --save is the measurement alone.

      Interrupted, it ends after the round at hand and judges by those that were made, if they are twelve.

      The exit status is 1 when an assertion does not hold or is undecided, or when --compare finds a difference.

      EXAMPLE
        crosscheck bench --quick
        crosscheck bench --html bench.html --save before.json
        crosscheck bench --compare before.json
        crosscheck bench --quick --assert 'entry<60ns' --assert 'instruction<1ns'
        crosscheck bench --quick /usr/share/containers/seccomp.json -- ls -lR /usr/bin
        crosscheck bench profile.json --workload trace.txt --runtime runc
      """)

  @Argument(help: "A profile to measure with a workload: a file, or - for standard input.")
  var profile: String?

  @Argument(
    parsing: .postTerminator,
    help: ArgumentHelp(
      "After --: a command whose calls are the workload. It is run, once, before anything is measured; "
        + "with --json it writes its output to standard error."))
  var command: [String] = []

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The workload: a file of calls and counts (docs/workload-format.md).", valueName: "file"))
  var workload: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Measure what this runtime installs too: runc or crun (repeatable).", valueName: "runtime"))
  var runtime: [RuntimeWord] = []

  @OptionGroup var compile: CompileOptions

  @Flag(name: .long, help: "Less than a minute instead of five; intervals are wider.")
  var quick = false

  @Option(
    name: .long,
    help: ArgumentHelp("For the rounds (default: 4m, with --quick 35s).", valueName: "duration"))
  var duration: DurationWord?

  @Option(
    name: .long,
    help: ArgumentHelp("The processor to measure on (default: the last one allowed).", valueName: "number"))
  var cpu: Int?

  @Option(
    name: .long,
    help: ArgumentHelp("Of all intervals, in percent.", valueName: "percent"))
  var confidence = 99.0

  @Option(
    name: .long,
    help: ArgumentHelp(
      "A figure that must keep a limit: 'entry<40ns'; by its whole interval (repeatable; docs/overhead.md names the figures).",
      valueName: "expression"))
  var assert: [AssertionWord] = []

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Hold the results against those of an older run, saved with --save.", valueName: "file"))
  var compare: String?

  @Option(name: .long, help: ArgumentHelp("Write the results as JSON into this file.", valueName: "file"))
  var save: String?

  @Option(
    name: .long,
    help: ArgumentHelp("Write the page's plots as SVG files into this directory.", valueName: "dir"))
  var plots: String?

  @OptionGroup var page: PageOption
  @OptionGroup var printing: OutputOptions

  init() {}

  func validate() throws {
    if !(confidence >= 50 && confidence <= 99.9) {
      throw ValidationError("--confidence is 50 to 99.9 percent, found \(confidence)")
    }
    if profile == nil {
      if workload != nil || !command.isEmpty || !runtime.isEmpty {
        throw ValidationError("a workload and --runtime go with a profile, found none")
      }
    } else if (workload == nil) == command.isEmpty {
      throw ValidationError(
        "a profile is measured with a workload: give --workload, or a command after --"
          + (workload == nil ? "" : ", not both"))
    }
    if compile.optimize != 1 { throw ValidationError("bench measures both levels; --optimize is not for it") }
    if plots == "" { throw ValidationError("--plots wants a directory, found an empty word") }
    if save == "" { throw ValidationError("--save wants a file, found an empty word") }
    if let cpu, cpu < 0 { throw ValidationError("--cpu is a processor's number from 0, found \(cpu)") }
  }

  func run() throws {
    let old = try compare.map(Self.report(in:))
    try page.prepare()
    try PageOption.prepare("--save", save)
    if profile == nil { try requireFigures(Bench.figureNames) }
    if let plots {
      do {
        try FileManager.default.createDirectory(atPath: plots, withIntermediateDirectories: true)
      } catch {
        throw Failure(
          .missing, "--plots \(plots): the directory cannot be made: \(error.localizedDescription)")
      }
    }
    var options = Bench.Options(
      extent: duration != nil ? "asked for" : quick ? "quick" : "full",
      seconds: duration.map { $0.duration / .seconds(1) } ?? (quick ? 35 : 240),
      tool: toolVersion)
    options.processor = cpu
    options.confidence = confidence / 100
    let interruption = Interruption()
    // First of all, so that no command runs for a processor that is not there.
    let bench = try Bench(options, until: interruption)
    let subject = try profile.map(subject)
    // Not before, since the terminal's keys are the command's while it is counted. None of the above leaves a thread behind
    // that would not know of the signals' mask.
    StopSignals.handle { interruption.request() }
    let line = ProgressLine(isWanted: printing.wantsProgress)
    let show = { (stage: String, share: Double) in
      line.show("measuring: \(stage), \(Int(share * 100)) %")
    }
    var report =
      try subject.map {
        try bench.run($0.workload, under: $0.variants, profile: $0.profile, progress: show)
      } ?? bench.run(progress: show)
    line.remove()
    report.skips += subject?.remarks ?? []
    try tell(report, old: old)
  }

  /// A profile's filters and the calls that they are measured with.
  private struct Subject {
    var profile: String
    var variants: [Variant]
    var workload: Workload
    /// Of the counting.
    var remarks: [String]
  }

  private func subject(_ path: String) throws -> Subject {
    let bytes = try ProfileFile.bytes(of: path)
    let source = ProfileFile.name(of: path)
    let document = try ProfileReader.read(bytes, source: source, context: compile.context)
    var variants = [Variant("allow-all", [Filter([.return(.allow)])])]
    var settings = compile
    for level in [1, 2] {
      settings.optimize = level
      let filter = try settings.filter(of: document, libseccomp: nil)
      variants.append(Variant(level == 1 ? "profile" : "profile level 2", [filter]))
    }
    for word in runtime {
      let program = try RuntimeProgram.find(word.name)
      let subject = try RuntimeSubject(source: source, file: bytes, reading: .success(document))
      let stack = try InstalledStack.capture(subject, by: program, settings: compile.settings)
      variants.append(Variant("\(program.name)", stack))
    }
    try requireFigures(Bench.figureNames(of: variants))
    let (calls, remarks) = try counted(variants.flatMap(\.filters))
    return Subject(profile: source, variants: variants, workload: calls, remarks: remarks)
  }

  private func requireFigures(_ names: [String]) throws {
    for word in assert { try word.assertion.require(among: names) }
  }

  private func counted(_ filters: [Filter]) throws -> (Workload, remarks: [String]) {
    if let workload { return (try Workload.read(path: workload), []) }
    let counted = try CallCounter.count(
      command: command, keeping: try ArgumentMasks(filters),
      output: (printing.json ? StandardStream.error : .output).descriptor)
    for remark in counted.remarks { printing.note(remark) }
    return (counted.workload, counted.remarks)
  }
}
