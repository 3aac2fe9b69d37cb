import ArgumentParser
import ClassicBPF
import ProfileFiles
import Profiles
import Reporting

/// `crosscheck disasm`
struct DisasmCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "disasm",
    abstract: "Print a filter as text, with the names of calls, architectures and actions.",
    discussion: """
      FILE is a filter as the kernel takes it: an array of struct sock_filter, little-endian, as \
      seccomp_export_bpf(3) writes it. With --profile it is a profile, which libseccomp compiles first.

      EXAMPLE
        crosscheck disasm filter.bpf
        crosscheck disasm --profile /usr/share/containers/seccomp.json --optimize 2
      """)

  @Argument(help: "The filter, or with --profile the profile: a file, or - for standard input.")
  var file: String

  @Flag(name: .long, help: "FILE is a profile: compile it and print the filter.")
  var profile = false

  @OptionGroup var compile: CompileOptions

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The build of libseccomp that compiles, a file (default: the system's).", valueName: "file"))
  var libseccomp: String?

  @OptionGroup var printing: OutputOptions

  init() {}

  func validate() throws {
    let foreign = compile.given + (libseccomp == nil ? [] : ["--libseccomp"])
    if !profile, !foreign.isEmpty {
      throw ValidationError("nothing is compiled without --profile: no \(foreign.joined(separator: ", "))")
    }
  }

  func run() throws {
    let filter = try profile ? compiled() : raw()
    do {
      try filter.check()
    } catch {
      printing.note("the kernel would not take this filter: \(error)")
    }
    try StandardStream.output.writeAnswer(
      printing.json ? try ResultJSON.text(of: FilterListing(filter)) : Disassembler(filter).text)
  }

  private func raw() throws -> Filter {
    let bytes = try ProfileFile.bytes(of: file)
    do {
      return try Filter(bytes: bytes)
    } catch {
      throw Failure(.badInput, "\(file): \(error)")
    }
  }

  private func compiled() throws -> Filter {
    try compile.filter(of: try compile.read(file), libseccomp: libseccomp)
  }
}

/// A filter for machines.
struct FilterListing: Encodable {
  struct Line: Encodable {
    var code: UInt16
    var jt: UInt8
    var jf: UInt8
    var k: UInt32
    var text: String
  }

  var instructions: [Line]
  /// Why the kernel would refuse it; absent when it would not.
  var rejection: String?

  init(_ filter: Filter) {
    instructions = zip(filter.instructions, Disassembler(filter).lines).map { instruction, text in
      Line(
        code: instruction.code, jt: instruction.jumpTrue, jf: instruction.jumpFalse, k: instruction.k,
        text: text)
    }
    do {
      try filter.check()
    } catch {
      rejection = error.description
    }
  }
}
