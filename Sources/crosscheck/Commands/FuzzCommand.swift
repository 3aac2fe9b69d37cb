import ArgumentParser
import Campaign
import Foundation
import Reporting

/// `crosscheck fuzz`
struct FuzzCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fuzz",
    abstract: "Try random profiles and calls until told to stop; save what differs, as small as it gets.",
    discussion: """
      Every case of a seed is one random profile, or a stack of several, with calls drawn from it. Differences are \
      minimised and saved under the run's directory, each with a program in C that shows it alone. Control-C ends the \
      run with its summary; a second one ends it at once. The exit status is 0 when nothing new was \
      found, and 69 when it ended before its first case did.

      With --filters every case is one random filter program, or a stack of several, or programs at the edges of \
      what the kernel loads; a difference is about the kernel or about crosscheck's model of it.

      With --histories every case is one history: threads and processes that install filters, change modes, trace and \
      signal each other, listen, and make calls by every way into the kernel. Each step is compared with a model of the \
      kernel's seccomp.

      EXAMPLE
        crosscheck fuzz --duration 60s
        crosscheck fuzz --seed 1 --cases 5000 --output run-1
        crosscheck fuzz --resume run-1 --duration 10m
        crosscheck fuzz --filters --duration 60s
        crosscheck fuzz --histories --duration 120s
      """)

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The seed, decimal or 0x…: the same seed gives the same cases on any machine (default: a random one).",
      valueName: "n"))
  var seed: SeedWord?

  @Option(
    name: .long,
    help: ArgumentHelp("Stop after this time: 60s, 5m, 2h, 1h30m (default: go on).", valueName: "time"))
  var duration: DurationWord?

  @Option(
    name: .long,
    help: ArgumentHelp("Stop when this many cases of the seed are done (default: go on).", valueName: "n"))
  var cases: UInt64?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Workers, each with a probe and a compiler (default: one for a core).", valueName: "n")
  )
  var jobs: Int?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("The run's directory (default: ./crosscheck-run-<seed>).", valueName: "dir"))
  var output: String?

  @Option(name: .long, help: ArgumentHelp("Go on with the run in this directory.", valueName: "dir"))
  var resume: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Profiles to mutate: a directory or a file (repeatable; default: Corpus/profiles beside the program).",
      valueName: "path"))
  var corpus: [String] = []

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The accepted disagreements, which are not counted as new (default: Corpus/known beside the program).",
      valueName: "dir"))
  var known: String?

  @Flag(name: .long, help: "Accepted disagreements count as differences too.")
  var strict = false

  @Flag(
    name: .long,
    help:
      "Random programs instead of profiles: what the kernel loads and answers. libseccomp has no part in it.")
  var filters = false

  @Flag(
    name: .long,
    help:
      "Random histories instead of profiles: what several processes and threads do with seccomp, step by step."
  )
  var histories = false

  @OptionGroup var machine: MachineOptions
  @OptionGroup var page: PageOption
  @OptionGroup var printing: OutputOptions

  init() {}

  func validate() throws {
    if resume != nil, seed != nil {
      throw ValidationError("--resume goes on with the run's own seed: no --seed")
    }
    if resume != nil, output != nil {
      throw ValidationError("--resume names the run's directory: no --output")
    }
    if let jobs, !(1...1024).contains(jobs) { throw ValidationError("--jobs is 1 to 1024, found \(jobs)") }
    if cases == 0 { throw ValidationError("--cases is at least 1") }
    if filters, !corpus.isEmpty {
      throw ValidationError("--filters makes programs, not profiles: no --corpus")
    }
    if filters, !machine.libseccomp.isEmpty {
      throw ValidationError("--filters asks no libseccomp: no --libseccomp")
    }
    if histories, filters {
      throw ValidationError("--histories and --filters are about different things: one of them")
    }
    if histories, !corpus.isEmpty || known != nil || strict {
      throw ValidationError("--histories knows no profiles and no accepted disagreements")
    }
    if histories { try refuseForHistories() }
    if output == "" || resume == "" { throw ValidationError("the run's directory has an empty name") }
  }

  /// What was found out about a run that is resumed can make more options wrong.
  private func refuseForHistories() throws {
    let foreign =
      (filters ? ["--filters"] : []) + (corpus.isEmpty ? [] : ["--corpus"])
      + (known == nil ? [] : ["--known"])
      + (strict ? ["--strict"] : []) + machine.given
    if !foreign.isEmpty {
      throw ValidationError("a run about histories has nothing to do with \(foreign.joined(separator: ", "))")
    }
  }

  private func refuseForFilters() throws {
    let foreign = (corpus.isEmpty ? [] : ["--corpus"]) + (machine.libseccomp.isEmpty ? [] : ["--libseccomp"])
    if !foreign.isEmpty {
      throw ValidationError("a run about programs has nothing to do with \(foreign.joined(separator: ", "))")
    }
  }

  func run() throws {
    if try histories || resume.map({ try HistoryCampaign.owns($0) }) ?? false {
      try refuseForHistories()
      return try runHistories()
    }
    if try resume.map({ try FuzzCampaign.subject(ofRun: $0) }) == .filters { try refuseForFilters() }
    try page.prepare()
    let options = try campaignOptions()
    let campaign = try FuzzCampaign(options)
    StopSignals.handle { campaign.stop() }
    let line = ProgressLine(isWanted: printing.wantsProgress)
    let summary = try campaign.run { line.show($0.text) }
    line.remove()
    let unwritten = page.write {
      FuzzPage(summary, isFallbackAsked: machine.fallback, written: Date(), finding: FindingStore.load(at:))
        .page
    }
    try StandardStream.output.writeAnswer(
      printing.json
        ? try ResultJSON.text(of: summary) : FuzzText(summary, isFallbackAsked: machine.fallback).text)
    if let unwritten { throw unwritten }
    if summary.isEmpty {
      throw Failure(.missing, "nothing was tried: the run ended before its first case did")
    }
    if !summary.agrees { throw ExitStatus.differ }
  }

  private func campaignOptions() throws -> FuzzOptions {
    let seed = seed?.value ?? UInt64.random(in: .min ... .max)
    var options = FuzzOptions(
      seed: seed, directory: resume ?? output ?? RunPlace.free("./crosscheck-run-\(String(seed, radix: 16))"),
      workers: jobs ?? ProcessInfo.processInfo.activeProcessorCount)
    options.resumes = resume != nil
    options.duration = duration?.duration
    options.cases = cases
    if filters {
      options.subject = .filters
    } else {
      options.corpus = try CorpusPlace.profiles(
        in: corpus.isEmpty ? [CorpusPlace.standard()].compactMap(\.self) : corpus)
    }
    options.knownDirectory = KnownPlace.directory(asked: known)
    options.isStrict = strict
    options.workbench = machine.workbench
    options.libraries = machine.libseccomp.isEmpty ? nil : machine.libraries
    if resume == nil { printing.note("seed \(Numbers.hexadecimal(seed)), run in \(options.directory)") }
    if options.corpus.isEmpty, !filters { printing.note("no corpus of profiles found; random profiles only") }
    return options
  }
}

extension FuzzProgress {
  var text: String {
    ProgressText.fuzz(
      seconds: seconds, remaining: remaining.map { $0 / .seconds(1) }, cases: tally.cases,
      kernelCalls: tally.kernelCalls, earlier: earlierKernelCalls, families: families,
      newFamilies: newFamilies)
  }
}
