import ArgumentParser
import Campaign
import Foundation

/// The command.
@main
struct Crosscheck: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "crosscheck",
    abstract:
      "Ask what a process may do under a seccomp filter: the profile, the compiled filter, the kernel.",
    discussion: """
      A profile is compiled by libseccomp; then every answer to a system call is compared with the others: what the \
      profile's text says, what the compiled program returns, what the running kernel really does. Nothing dangerous \
      is executed: a second filter under the tested one answers the calls that are allowed.

      EXAMPLE
        crosscheck check /usr/share/containers/seccomp.json
        crosscheck fuzz --duration 60s

      EXIT STATUS
        0   the answers agree
        1   they differ; for lint: a warning or an error; for prove: not proved;
            for bench: an assertion not kept, or with --compare a difference
        64  wrong usage
        65  bad input: a profile or a finding that cannot be read
        69  something the run needs is missing, or nothing could be judged
        70  a bug of this program
      """,
    version: "crosscheck \(toolVersion)",
    subcommands: [
      CheckCommand.self, FuzzCommand.self, ReplayCommand.self, MinimizeCommand.self, LintCommand.self,
      ProveCommand.self, DiffCommand.self, ExplainCommand.self, DisasmCommand.self, DumpCommand.self,
      RuntimeCommand.self, PodCommand.self, ConformCommand.self, CompareCommand.self,
      BenchCommand.self,
    ])

  init() {}

  static func main() {
    StandardDescriptors.fill()
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch {
      end(with: error)
    }
  }

  /// Ends the process: with the text that was asked for (`--help`), a status that a command chose, or one line that
  /// says what is wrong.
  private static func end(with error: any Error) -> Never {
    if let status = error as? ExitStatus { Foundation.exit(status.rawValue) }
    // Everything that ArgumentParser throws or asks for, and only that, has a code other than failure.
    let code = exitCode(for: error)
    if code == .success { exit(withError: error) }
    let failure = code == .validationFailure ? usage(message(for: error)) : Failure(error)
    StandardStream.error.write(failure.line + "\n")
    Foundation.exit(failure.status.rawValue)
  }

  private static func usage(_ message: String) -> Failure {
    let verbs = configuration.subcommands.compactMap { $0.configuration.commandName }
    let verb = CommandLine.arguments.dropFirst().first { verbs.contains($0) }.map { " " + $0 } ?? ""
    return Failure(.usage, "\(message) (see 'crosscheck\(verb) --help')")
  }
}

extension ExitStatus: Error {}
