import Campaign
import ClassicBPF
import Foundation
import Prediction
import Profiles
import SeccompModel
import Testing

private let corpus = URL(filePath: #filePath).deletingLastPathComponent()
  .appending(path: "../../Corpus").standardizedFileURL

private let regressions: [String] = {
  let names = (try? FileManager.default.contentsOfDirectory(atPath: corpus.path + "/regressions")) ?? []
  return names.filter { $0.hasSuffix(".json") }.sorted()
}()

@Suite("Kept cases")
struct RegressionTests {
  @Test("there are kept cases, so the tests below are not empty")
  func exist() { #expect(regressions.count >= 8) }

  @Test("the policy's answer to a kept case is still the one on file", arguments: regressions)
  func policy(name: String) throws {
    let saved = try FindingStore.loadCase("\(corpus.path)/regressions/\(name)")
    guard let call = saved.witness, let profile = saved.profiles.last else { return }
    let oracle = PolicyOracle(
      rules: profile.rules, defaultAction: profile.defaultAction,
      architectures: profile.effectiveArchitectures)
    #expect(oracle.answer(to: call.seccompData()).verdicts == saved.answers.policy)
  }

  @Test("the kept program still returns what it returned", arguments: regressions)
  func filter(name: String) throws {
    let saved = try FindingStore.loadCase("\(corpus.path)/regressions/\(name)")
    guard let call = saved.witness, let filter = saved.filters.last else { return }
    #expect(filter.evaluate(call.seccompData()) == saved.answers.filter)
  }

  @Test(
    "what the installed libseccomp is known to get wrong is found again by asking all parties",
    arguments: regressions)
  func replay(name: String) throws {
    let saved = try FindingStore.loadCase("\(corpus.path)/regressions/\(name)")
    let known = try KnownDisagreements(directory: corpus.path + "/known")
    let report = try Replay.run(saved, workbench: Workbench.Options())
    guard report.reproduced else {
      // A library that has mended it: then the known list must not claim that version any more.
      #expect(known.match(Finding(original: saved, minimized: saved)) == nil, "\(report.lines)")
      return
    }
    #expect(known.match(Finding(original: saved, minimized: saved)) != nil)
  }
}
