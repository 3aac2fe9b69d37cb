import Campaign
import Foundation
import ProfileFiles
import Profiles

/// A whole campaign on two cores, everything included: hangs of libseccomp, minimising, saving.
struct CampaignFigure {
  let seeds: ClosedRange<UInt64>
  let seconds: Int
  let corpus: [Profile]

  init(seeds: ClosedRange<UInt64> = 1...3, seconds: Int = 10) throws {
    self.seeds = seeds
    self.seconds = seconds
    // The package's root is the working directory (scripts/benchmark).
    corpus = try FileManager.default.contentsOfDirectory(atPath: "Corpus/profiles").sorted()
      .filter { $0.hasSuffix(".json") }
      .map { try ProfileFile.read("Corpus/profiles/\($0)").profile }
  }

  func measure() throws -> [Figure] {
    var rate = Samples()
    var cases = Samples()
    let place = FileManager.default.temporaryDirectory.appending(path: "crosscheck-benchmark-\(getpid())")
    defer { try? FileManager.default.removeItem(at: place) }
    for seed in seeds {
      var options = FuzzOptions(
        seed: seed, directory: place.appending(path: "\(seed)").path, workers: 2)
      options.duration = .seconds(seconds)
      options.corpus = corpus
      let summary = try FuzzCampaign(options).run { _ in }
      rate.append(summary.kernelCallsPerSecond)
      cases.append(Double(summary.tally.cases) / summary.seconds)
    }
    let name = "2 workers, seeds \(seeds.lowerBound) to \(seeds.upperBound), \(seconds) s each"
    return [
      Figure("fuzz campaign, \(name): kernel-checked calls", "1/s", rate, target: .atLeast(300_000)),
      Figure("  the same: cases", "1/s", cases),
    ]
  }
}
