import ArgumentParser
import ClassicBPF
import Campaign
import Foundation
import Profiles
import Reporting
import Targets

/// `crosscheck dump`
struct DumpCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dump",
    abstract: "Print the filters that a running process has, oldest first.",
    discussion: """
      The process is stopped for a moment and goes on as it was. That takes root: CAP_SYS_PTRACE to stop it and \
      CAP_SYS_ADMIN to read its filters. The exit status is 1 when the process has no filter, and with --against when \
      none of its filters means what the profile says.

      EXAMPLE
        crosscheck dump 4711
        crosscheck dump 4711 --raw filters
        crosscheck dump 4711 --against profile.json
      """)

  @Argument(help: ArgumentHelp("The process, or a thread of it.", valueName: "pid"))
  var process: Int32

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Write the filters into this directory as filter-0.bpf, filter-1.bpf and so on, and do not print them.",
      valueName: "dir"))
  var raw: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Compare each filter, for every call, with what libseccomp makes of this profile: a file, or - for standard "
        + "input.", valueName: "profile"))
  var against: String?

  @OptionGroup var compile: CompileOptions

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The build of libseccomp that compiles, a file (default: the system's).", valueName: "file"))
  var libseccomp: String?

  @OptionGroup var printing: OutputOptions

  init() {}

  func validate() throws {
    if process <= 0 { throw ValidationError("a process has a number above 0, found \(process)") }
    if raw == "" { throw ValidationError("--raw wants a directory, found an empty word") }
    let foreign = compile.given + (libseccomp == nil ? [] : ["--libseccomp"])
    if against == nil, !foreign.isEmpty {
      throw ValidationError("nothing is compiled without --against: no \(foreign.joined(separator: ", "))")
    }
  }

  func run() throws {
    // First, so that a process is not stopped for a profile that cannot be read.
    let document = try against.map { try compile.read($0) }
    let expected = try document.map(expected)
    let dump = try ProcessDump(of: process)
    let report =
      if let document, let expected {
        try DumpReport(dump, against: expected, source: document.source)
      } else {
        DumpReport(dump)
      }
    let files = try raw.map { try write(dump, into: $0) }
    try StandardStream.output.writeAnswer(
      printing.json
        ? try ResultJSON.text(of: DumpListing(report, files: files)) : DumpText(report, files: files).text)
    if !report.agrees { throw ExitStatus.differ }
  }

  /// What a process under this profile has; none has a program that the kernel does not load.
  private func expected(_ document: ProfileDocument) throws -> Filter {
    let filter = try compile.filter(of: document, libseccomp: libseccomp)
    do {
      try filter.check()
    } catch {
      throw Failure(
        .badInput,
        "\(document.source): the kernel would not take the filter that libseccomp makes of it: \(error)")
    }
    return filter
  }

  /// Writes each filter as the kernel takes it; their paths.
  private func write(_ dump: ProcessDump, into directory: String) throws -> [String] {
    let place = URL(filePath: directory)
    do {
      try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
      return try dump.filters.enumerated().map { index, installed in
        let file = place.appending(path: "filter-\(index).bpf")
        try Data(installed.filter.bytes).write(to: file)
        return file.path
      }
    } catch {
      throw Failure(.missing, "writing filters into \(directory): \(error.localizedDescription)")
    }
  }
}

/// A process's filters for machines.
struct DumpListing: Encodable {
  struct Entry: Encodable {
    var filter: FilterListing
    /// Whether SECCOMP_FILTER_FLAG_LOG was set; absent when the kernel did not say.
    var logged: Bool?
    var file: String?
    var comparison: Answer?
  }

  struct Answer: Encodable {
    /// `same`, `different` or `undecided`
    var result: String
    var witness: String?
    var expected: String?
    var installed: String?
    var reason: String?
  }

  var process: Int32
  var agrees: Bool
  /// The profile's file.
  var against: String?
  var filters: [Entry]

  init(_ report: DumpReport, files: [String]?) {
    process = report.dump.process
    agrees = report.agrees
    against = report.comparison?.source
    filters = report.dump.filters.enumerated().map { index, installed in
      Entry(
        filter: FilterListing(installed.filter), logged: installed.isLogged, file: files?[index],
        comparison: (report.comparison?.answers[index]).map(Answer.init))
    }
  }
}

extension DumpListing.Answer {
  init(_ answer: DumpReport.Answer) {
    switch answer {
    case .same: result = "same"
    case .different(let witness, let expected, let installed):
      result = "different"
      self.witness = CallText(witness).description
      self.expected = "\(expected)"
      self.installed = "\(installed)"
    case .undecided(let reason):
      result = "undecided"
      self.reason = reason
    }
  }
}
