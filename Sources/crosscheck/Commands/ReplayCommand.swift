import ArgumentParser
import Campaign
import Reporting

/// `crosscheck replay`
struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Ask saved findings again, here and now.",
    discussion: """
      Each profile is compiled and each call made again. The exit status is 1 when one of the findings still shows its \
      difference, 0 when all answers agree now.

      EXAMPLE
        crosscheck replay crosscheck-run-1/findings/*
        crosscheck replay case.json --libseccomp ./new.so --libseccomp system
      """)

  @Argument(help: "Findings: directories under a run's 'findings', or case files.")
  var finding: [String]

  @Flag(name: .long, help: "Of a directory, replay the case as it was found (case.json), not the smallest.")
  var original = false

  @OptionGroup var machine: MachineOptions
  @OptionGroup var printing: OutputOptions

  func run() throws {
    // All are read first: a slip in the last path should not show after minutes.
    let histories = try finding.compactMap { try HistoryPlace($0, original: original) }
    if !histories.isEmpty {
      guard histories.count == finding.count else {
        throw Failure(.badInput, "histories and other findings are replayed apart: name one kind at a time")
      }
      if !machine.given.isEmpty {
        throw ValidationError(
          "a history is replayed without profiles and without a shield: no \(machine.given.joined(separator: ", "))"
        )
      }
      return try replay(histories)
    }
    let places = try finding.map { try FindingPlace($0, original: original) }
    let line = ProgressLine(isWanted: printing.wantsProgress)
    var reports: [ReplayReport] = []
    for (index, place) in places.enumerated() {
      line.show("replaying \(index + 1) of \(places.count): \(place.saved.fingerprint)")
      let report = try Replay.run(place.saved, workbench: workbench(for: place.saved))
      line.remove()
      reports.append(report)
      if !printing.json {
        try StandardStream.output.writeAnswer(ReplayText(report, file: place.file, isFirst: index == 0).text)
      }
    }
    if printing.json { try StandardStream.output.writeAnswer(try ResultJSON.text(of: reports)) }
    if reports.contains(where: \.reproduced) { throw ExitStatus.differ }
  }

  private func replay(_ places: [HistoryPlace]) throws {
    let replays = try places.map { place in
      let replay = try HistoryReplay.run(place.saved)
      if !printing.json {
        try StandardStream.output.writeAnswer(HistoryReplayText(replay, file: place.file).text)
      }
      return replay
    }
    if printing.json { try StandardStream.output.writeAnswer(try ResultJSON.text(of: replays)) }
    if replays.contains(where: \.reproduced) { throw ExitStatus.differ }
  }

  /// The libraries named here, else those that the case was found with.
  private func workbench(for saved: SavedCase) -> Workbench.Options {
    var options = machine.workbench
    if machine.libseccomp.isEmpty {
      let attributes = saved.attributes
      options.libraries = [attributes.libraryPath]
      if saved.kind == .libraryLibrary { options.libraries.append(attributes.otherLibraryPath) }
    }
    return options
  }
}
