import Foundation
import Synchronization
import Testing

@testable import Campaign

@Suite("Going on with a run", .serialized, .timeLimit(.minutes(30)))
struct ResumeTests {
  /// What another process did between our first look at the run and the moment at which it let go of it: it holds the
  /// journal, `body` begins, then 50 cases are written and the journal is closed.
  private func race<Summary: Sendable>(
    _ run: String, _ options: [String: String], _ body: @escaping @Sendable () throws -> Summary
  ) throws -> Summary {
    var journal: Journal? = try Journal(openingRun: run)
    try journal?.append(.started(seed: 1, options: options, versions: Samples.versions))
    let box = Box<Summary>()
    let thread = Thread { box.put(Result { try body() }) }
    thread.stackSize = 8 << 20
    thread.start()
    // Long enough for the first look, and less than the second for which the lock is waited for.
    Thread.sleep(forTimeInterval: 0.3)
    try journal?.append(.completed(worker: 0, cases: 0..<50, counters: ["cases": 50, "histories": 50]))
    journal = nil
    while true {
      if let outcome = box.outcome { return try outcome.get() }
      Thread.sleep(forTimeInterval: 0.02)
    }
  }

  private final class Box<Summary: Sendable>: Sendable {
    private let held = Mutex<Result<Summary, any Error>?>(nil)
    var outcome: Result<Summary, any Error>? { held.withLock { $0 } }
    func put(_ outcome: Result<Summary, any Error>) { held.withLock { $0 = outcome } }
  }

  @Test("a campaign about programs does not repeat what another process did while it waited for the run")
  func programs() throws {
    let scratch = try Scratch()
    let path = scratch.path
    let summary = try race(path, ["subject": "filters"]) {
      var options = FuzzOptions(seed: 9, directory: path, workers: 1)
      options.cases = 60
      options.resumes = true
      return try FuzzCampaign(options).run { _ in }
    }
    #expect(summary.tally.cases == 60)
    let state = try #require(try Journal.state(ofRun: path))
    #expect(state.completed.ranges == [0..<60])
  }

  @Test("a campaign of histories does not repeat what another process did while it waited for the run")
  func histories() throws {
    let scratch = try Scratch()
    let path = scratch.path
    let summary = try race(path, ["subject": "histories"]) {
      var options = HistoryOptions(seed: 9, directory: path, workers: 1)
      options.cases = 60
      options.resumes = true
      return try HistoryCampaign(options).run { _ in }
    }
    #expect(summary.tally.histories == 60)
    let state = try #require(try Journal.state(ofRun: path))
    #expect(state.completed.ranges == [0..<60])
  }

  @Test("a run goes on with its own libraries, and with no others")
  func libraries() throws {
    let scratch = try Scratch()
    let path = scratch.path + "/run"
    var options = FuzzOptions(seed: 1, directory: path, workers: 1)
    options.cases = 1
    options.libraries = ["libseccomp.so.2", nil]
    _ = try FuzzCampaign(options).run { _ in }
    let words = try #require(try Journal.state(ofRun: path)).options
    #expect(words["libraries"] == #"["libseccomp.so.2","system"]"#)

    options.resumes = true
    options.cases = 2
    options.libraries = nil
    let summary = try FuzzCampaign(options).run { _ in }
    #expect(summary.environment.libraries.count == 2)
    options.cases = 3
    options.libraries = ["libseccomp.so.2", nil]
    #expect(try FuzzCampaign(options).run { _ in }.tally.cases == 3)
    for others: [String?] in [[nil], [nil, "libseccomp.so.2"], ["./new.so", nil]] {
      options.libraries = others
      #expect {
        try FuzzCampaign(options)
      } throws: { error in
        guard case CampaignError.otherLibraries(path, then: "libseccomp.so.2, system", _) = error else {
          return false
        }
        return true
      }
    }
  }

  @Test("libraries are kept in their order, by paths that mean the same elsewhere")
  func words() {
    let words = LibraryWords(["./a b,c.so", nil, "/opt/x.so", "libseccomp.so.2"])
    let here = FileManager.default.currentDirectoryPath
    #expect(words.words == ["\(here)/a b,c.so", "system", "/opt/x.so", "libseccomp.so.2"])
    #expect(LibraryWords(journalled: words.journalled) == words)
    #expect(words.libraries == ["\(here)/a b,c.so", nil, "/opt/x.so", "libseccomp.so.2"])
    #expect(LibraryWords(["./a b,c.so", nil, "/opt/x.so", "libseccomp.so.2"].reversed()) != words)
  }
}
