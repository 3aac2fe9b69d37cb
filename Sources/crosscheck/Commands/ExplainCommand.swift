import ArgumentParser
import Campaign
import Proving
import Reporting
import SeccompModel

/// `crosscheck explain`
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Say for all inputs which calls get which answer from a profile or a filter.",
    discussion: """
      Each answer stands with the calls that get it, and with the exact condition where arguments matter: a0 to a5 are \
      the arguments, low() and high() their halves. Numbers that are not told of a call are the same as their \
      neighbours'. The exit status is 1 when the solver could not tell everything.

      EXAMPLE
        crosscheck explain /usr/share/containers/seccomp.json
        crosscheck explain profile.json --syscall clone
        crosscheck explain pid:4711
      """)

  @Argument(
    help: ArgumentHelp(
      "A profile or a filter, a file; - for standard input; pid:1234, runc:profile or crun:profile as for 'diff'.",
      valueName: "profile or filter"))
  var subject: String

  @Option(name: .long, help: ArgumentHelp("Of this call only.", valueName: "name"))
  var syscall: String?

  @OptionGroup var proofLimit: ProofLimitOption
  @OptionGroup var compile: CompileOptions
  @OptionGroup var machine: MachineOptions
  @OptionGroup var printing: OutputOptions

  init() {}

  func validate() throws {
    guard let syscall else { return }
    let tables: [SyscallTable] = [.x86_64, .i386, .x32]
    guard tables.contains(where: { $0.number(named: syscall) != nil }) else {
      throw ValidationError("--syscall '\(syscall)': x86 has no call of that name")
    }
  }

  func run() throws {
    let word = SideWord(word: subject, compile: compile)
    let meaning = try word.meaning()
    let bench = try ProofBench(proofLimit.options(compile.settings, machine))
    let side = try word.side(meaning, on: bench)
    var explanation = try Explanation(
      of: side, call: syscall, limits: ProofLimits(seconds: proofLimit.limit))
    explanation.leaveOut(side.leftOut)
    try StandardStream.output.writeAnswer(
      printing.json ? try ResultJSON.text(of: explanation) : ExplanationText(explanation).text)
    if explanation.unfinished != nil { throw ExitStatus.differ }
  }
}
