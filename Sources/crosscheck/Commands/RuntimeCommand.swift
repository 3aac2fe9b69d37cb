import ArgumentParser
import Campaign
import Conformance
import Foundation
import Probing
import ProfileFiles
import Profiles
import Reporting
import Synchronization
import Targets

/// `crosscheck runtime`
struct RuntimeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runtime",
    abstract: "See what a container runtime really installs for a profile, and judge it.",
    discussion: """
      A container with nothing in it is started, and every filter is caught on its way into the kernel, whatever it \
      denies. It is held against the profile's text, against what the runtime should make of that, and against this \
      kernel, also by calls made inside the container. That takes root; nothing remains of the container. The exit \
      status is 0 when the filter does what the profile says, but for what is known of the runtime and told.

      Runtimes: \(RuntimeWords.list).

      EXAMPLE
        crosscheck runtime runc profile.json
        crosscheck runtime crun Corpus/profiles/*.json
        crosscheck runtime --compare runc,crun profile.json
        crosscheck runtime firejail --options '--seccomp.drop=mkdir'
        crosscheck runtime crun --suite
        crosscheck runtime --command 'youki run -b {bundle} {id}' --suite --junit report.xml
      """)

  @Argument(
    help: ArgumentHelp(
      "The runtime (not with --command or --compare), then profiles: files, or - for standard input.",
      valueName: "runtime and profiles"))
  var words: [String] = []

  @Option(name: .long, help: ArgumentHelp("Try these runtimes and tell where they differ.", valueName: "a,b"))
  var compare: RuntimeNames?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Another runtime: its command, with {bundle} for the bundle's directory and {id} for the container's name.",
      valueName: "command"))
  var command: String?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp(
      "In place of profiles: words of the runtime's own that filter the container, quoted as for a shell.",
      valueName: "words"))
  var options: String?

  @Flag(
    name: .long,
    help: ArgumentHelp(
      "Put the suite of the OCI runtime specification to the runtime instead of profiles, and print KTAP.",
      discussion: """
        Each case is a profile with what the specification requires of a runtime: a refusal, or a filter that gives \
        these answers. The exit status is 0 when no requirement is failed, and 69 when every case was skipped.
        """))
  var suite = false

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Of the suite only the cases or groups of this name; * is any text.", valueName: "glob"))
  var filter: String?

  @Option(
    name: .long,
    help: ArgumentHelp("Write the suite's results as JUnit XML into this file.", valueName: "file"))
  var junit: String?

  @Flag(name: .long, help: "Give a profile in Docker's form to the runtime as it is, unresolved.")
  var verbatim = false

  @Flag(
    name: .long,
    help: "Do not set noNewPrivileges: the runtime installs the filter earlier, and does more under it.")
  var newPrivileges = false

  @Flag(name: .long, help: "Make no calls inside the container.")
  var noInside = false

  @Option(
    name: .long, help: ArgumentHelp("For one container (default: 20s).", valueName: "duration"))
  var timeout: DurationWord?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The accepted disagreements, to tell known differences (default: Corpus/known beside the program).",
      valueName: "dir"))
  var known: String?

  @OptionGroup var compile: CompileOptions
  @OptionGroup var page: PageOption
  @OptionGroup var printing: OutputOptions

  init() {}

  func validate() throws {
    if compare != nil, command != nil {
      throw ValidationError("--compare and --command are two ways; give one")
    }
    if suite {
      if compare != nil { throw ValidationError("--suite is put to one runtime, not to --compare's") }
      if !profiles.isEmpty {
        throw ValidationError("--suite has its own profiles, found \(profiles.joined(separator: ", "))")
      }
      if options != nil { throw ValidationError("--suite has its own profiles, found --options") }
      if words.isEmpty, command == nil { throw ValidationError("--suite wants a runtime or --command") }
      if junit == "" { throw ValidationError("--junit wants a file, found an empty word") }
      let foreign =
        (verbatim ? ["--verbatim"] : []) + (newPrivileges ? ["--new-privileges"] : [])
        + (noInside ? ["--no-inside"] : []) + (known == nil ? [] : ["--known"]) + compile.given
      if !foreign.isEmpty {
        throw ValidationError("--suite has its own containers: no \(foreign.joined(separator: ", "))")
      }
      return
    }
    if filter != nil { throw ValidationError("--filter goes with --suite") }
    if junit != nil { throw ValidationError("--junit goes with --suite") }
    if page.html != nil { throw ValidationError("--html goes with --suite") }
    if profiles.isEmpty, options == nil { throw ValidationError("there is no profile to try") }
    if let options {
      if compare != nil || command != nil {
        throw ValidationError("--options are of one runtime, which is given by its name")
      }
      if let profile = profiles.first {
        throw ValidationError("--options stand in place of profiles, found \(profile)")
      }
      if words.isEmpty { throw ValidationError("--options want the runtime's name") }
      if try Self.words(options).isEmpty { throw ValidationError("--options want words, found none") }
    }
  }

  /// The words behind the runtime's name.
  private var profiles: ArraySlice<String> {
    compare == nil && command == nil ? words.dropFirst() : words[...]
  }

  private static func words(_ options: String) throws -> [String] {
    do {
      return try CommandWords.split(options)
    } catch {
      throw ValidationError("--options '\(options)': \(error)")
    }
  }

  func run() throws {
    if suite { return try runSuite() }
    // First, so that no container is started for a profile that cannot be read.
    let subjects =
      try options.map { [RuntimeSubject(options: try Self.words($0))] } ?? profiles.map(subject)
    let programs = try self.programs()
    let checks = try programs.map { try RuntimeCheck($0, options: containers, known: knownDisagreements()) }
    let line = ProgressLine(isWanted: printing.wantsProgress)
    if compare != nil {
      try compareAll(subjects, with: checks, line)
    } else {
      try tryAll(subjects, with: checks, line)
    }
  }

  private func runSuite() throws {
    try page.prepare()
    try PageOption.prepare("--junit", junit)
    let program = try programs()[0]
    let line = Mutex(ProgressLine(isWanted: printing.wantsProgress))
    let report = try OCISuite.run(
      on: program, payload: try ProbeExecutable.path(), filter: filter,
      deadline: timeout?.duration ?? .seconds(10)
    ) { progress in
      let text = "\(progress.finished) of \(progress.total): \(progress.result.name)"
      line.withLock { $0.show(text) }
    }
    line.withLock { $0.remove() }
    let words = command.map { "--command \(SuitePage.shellWord($0))" } ?? words[0]
    let unwritten = [
      junit.flatMap { PageOption.write(JUnitXML(report).text, to: $0) },
      page.write {
        SuitePage(report, command: "crosscheck runtime --suite", written: Date()) {
          "crosscheck runtime \(words) --suite --filter \($0)"
        }.page
      },
    ]
    try StandardStream.output.writeAnswer(
      printing.json ? try ResultJSON.text(of: report) : KTAPText(report).text)
    if let failure = unwritten.first(where: { $0 != nil }) ?? nil { throw failure }
    try SuiteAnswer.judge(report)
  }

  private func tryAll(
    _ subjects: [RuntimeSubject], with checks: [RuntimeCheck], _ line: ProgressLine
  ) throws {
    var reports: [RuntimeReport] = []
    for check in checks {
      for subject in subjects {
        line.show("\(check.program.name): \(subject.source)")
        let report = try check.run(subject)
        line.remove()
        if !printing.json {
          try StandardStream.output.writeAnswer(
            subjects.count == 1 ? RuntimeText(report).text : RuntimeText(report).line)
        }
        reports.append(report)
      }
    }
    if printing.json { try StandardStream.output.writeAnswer(try ResultJSON.text(of: reports)) }
    if !reports.allSatisfy(\.agrees) { throw ExitStatus.differ }
  }

  private func compareAll(
    _ subjects: [RuntimeSubject], with checks: [RuntimeCheck], _ line: ProgressLine
  ) throws {
    var comparisons: [RuntimeComparison] = []
    for (index, subject) in subjects.enumerated() {
      line.show(subject.source)
      let comparison = try RuntimeComparison.run(subject, with: checks)
      line.remove()
      if !printing.json {
        try StandardStream.output.writeAnswer(
          (index == 0 ? "" : "\n") + RuntimeComparisonText(comparison).text)
      }
      comparisons.append(comparison)
    }
    if printing.json { try StandardStream.output.writeAnswer(try ResultJSON.text(of: comparisons)) }
    if !comparisons.allSatisfy(\.agrees) { throw ExitStatus.differ }
  }

  private func subject(_ path: String) throws -> RuntimeSubject {
    let bytes = try ProfileFile.bytes(of: path)
    let source = ProfileFile.name(of: path)
    let reading = Result { () throws(ProfileError) in
      try ProfileReader.read(bytes, source: source, context: compile.context)
    }
    return try RuntimeSubject(source: source, file: bytes, reading: reading, isVerbatim: verbatim)
  }

  private func programs() throws -> [RuntimeProgram] {
    if let command { return [try RuntimeProgram.command(command)] }
    if let compare { return try compare.names.map { try RuntimeProgram.find($0) } }
    guard let name = RuntimeName(rawValue: words[0]) else {
      throw Failure(.usage, "there is no runtime '\(words[0])' here; there are \(RuntimeWords.list)")
    }
    return [try RuntimeProgram.find(name)]
  }

  private var containers: RuntimeOptions {
    var options = RuntimeOptions()
    options.settings = compile.settings
    options.runsInside = !noInside
    options.noNewPrivileges = !newPrivileges
    if let timeout { options.deadline = timeout.duration }
    return options
  }

  private func knownDisagreements() throws -> KnownDisagreements {
    try KnownPlace.directory(asked: known).map { try KnownDisagreements(directory: $0) }
      ?? KnownDisagreements()
  }
}

/// The runtimes in words.
enum RuntimeWords {
  static let list = RuntimeName.allCases.map(\.rawValue).joined(separator: ", ")
}

/// Several runtimes on the command line, with commas.
struct RuntimeNames: ExpressibleByArgument {
  var names: [RuntimeName]

  init?(argument: String) {
    let names = argument.split(separator: ",", omittingEmptySubsequences: false).map {
      RuntimeName(rawValue: String($0))
    }
    guard names.count > 1, !names.contains(nil) else { return nil }
    self.names = names.compactMap(\.self)
  }
}
