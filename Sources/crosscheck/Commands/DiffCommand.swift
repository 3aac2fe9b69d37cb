import ArgumentParser
import Campaign
import Reporting

/// `crosscheck diff`
struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Say for all inputs which of two profiles or filters lets more through, and where.",
    discussion: """
      A and B are each a profile, a filter as 'dump --raw' writes it, 'pid:1234' for what binds a process, or \
      'runc:profile.json' or 'crun:profile.json' for what that runtime installs (both take root). Profiles are compared by \
      their text; the calls that show a difference are made on this kernel under the filters, over a shield. \
      The exit status is 0 when the two are proved equal, and with 'pid:' when all threads of the process are bound alike.

      EXAMPLE
        crosscheck diff old.json new.json
        crosscheck diff profile.json pid:4711
        crosscheck diff runc:profile.json crun:profile.json
      """)

  @Argument(help: ArgumentHelp("The first: a file, - for standard input, or as above.", valueName: "a"))
  var one: String

  @Argument(help: ArgumentHelp("The second.", valueName: "b"))
  var other: String

  @OptionGroup var proofLimit: ProofLimitOption
  @OptionGroup var compile: CompileOptions
  @OptionGroup var machine: MachineOptions
  @OptionGroup var printing: OutputOptions

  init() {}

  func validate() throws {
    if one == "-", other == "-" { throw ValidationError("standard input can be read once only") }
  }

  func run() throws {
    // First both, so that nothing is started for a file that cannot be read.
    let words = [one, other].map { SideWord(word: $0, compile: compile) }
    let meanings = try words.map { try $0.meaning() }
    let bench = try ProofBench(proofLimit.options(compile.settings, machine))
    let line = ProgressLine(isWanted: printing.wantsProgress)
    line.show("comparing")
    let sides = try zip(words, meanings).map { try $0.side($1, on: bench) }
    let comparison = try bench.compare(sides[0], sides[1])
    var report = bench.report("\(one) - \(other)", [comparison])
    report.limits = sides.compactMap(\.leftOut)
    let difference = SideDifference(report)
    line.remove()
    try StandardStream.output.writeAnswer(
      printing.json ? try ResultJSON.text(of: difference) : DifferenceText(difference).text)
    if difference.relation != .equal || !report.limits.isEmpty { throw ExitStatus.differ }
  }
}
