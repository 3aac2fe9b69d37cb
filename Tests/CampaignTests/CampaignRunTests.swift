import Campaign
import Foundation
import Prediction
import Testing

@Suite("Campaigns", .serialized)
struct CampaignRunTests {
  /// Runs `cases` cases of seed 1 in a new directory and hands over the summary.
  private func campaign(
    workers: Int, cases: UInt64, directory: String, resumes: Bool = false
  ) throws -> FuzzSummary {
    var options = FuzzOptions(seed: 1, directory: directory, workers: workers)
    options.cases = cases
    options.resumes = resumes
    return try FuzzCampaign(options).run { _ in }
  }

  private func inNewDirectory(_ body: (String) throws -> Void) throws {
    let path = NSTemporaryDirectory() + "crosscheck-campaign-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try body(path)
  }

  @Test("the same seed asks the same questions whatever the number of workers")
  func deterministic() throws {
    try inNewDirectory { directory in
      var one = try campaign(workers: 1, cases: 500, directory: directory + "/one")
      var three = try campaign(workers: 3, cases: 500, directory: directory + "/three")
      #expect(one.tally.cases == 500)
      #expect(one.tally.kernelCalls > 100_000)
      #expect(one.tally.taggedDiffered == 0 && one.tally.realDiffered == 0)
      // A hang is a matter of a deadline: on a busy machine one more compile may count as hung.
      one.tally.compilerHangs = 0
      three.tally.compilerHangs = 0
      #expect(one.tally == three.tally)
      let families = { (summary: FuzzSummary) in
        Set(summary.families.filter { !$0.signature.hasPrefix("compiler-") }.map(\.fingerprint))
      }
      #expect(families(one) == families(three))
    }
  }

  @Test("a run in two parts counts what a run in one part counts")
  func resumed() throws {
    try inNewDirectory { directory in
      let whole = try campaign(workers: 2, cases: 300, directory: directory + "/whole")
      _ = try campaign(workers: 2, cases: 100, directory: directory + "/parts")
      let parts = try campaign(workers: 2, cases: 300, directory: directory + "/parts", resumes: true)
      #expect(parts.tally == whole.tally)
      #expect(Set(parts.families.map(\.fingerprint)) == Set(whole.families.map(\.fingerprint)))
    }
  }

  @Test("a directory that holds a run is not written over")
  func inUse() throws {
    try inNewDirectory { directory in
      _ = try campaign(workers: 1, cases: 10, directory: directory)
      #expect(throws: CampaignError.directoryInUse(directory)) {
        try campaign(workers: 1, cases: 10, directory: directory)
      }
    }
  }
}
