import ClassicBPF
import Prediction
import Probing
import SeccompModel

/// A filter and a form of it that the kernel does not cache: every number of every table must get the same answer.
enum ActionCacheCheck {
  /// What is wrong, a line for each of the first differences.
  static func complaints(about filter: Filter, live: Bool) throws -> [String] {
    let model = KernelModel(features: try FeatureProbe.detect())
    guard var equivalence = try ActionCacheEquivalence(filter, model: model) else {
      return ["the filter has no form that is not cached"]
    }
    let report =
      live
      ? try equivalence.judgeLive(ActionCacheEquivalence.LiveBaseline(entryPaths: [.syscall, .int80]))
      : try equivalence.judge(on: Probe())
    guard report.differed > 0 else { return [] }
    return ["\(report.differed) calls are answered differently"] + report.differences.map { "\($0)" }
  }
}
