import ClassicBPF
import SeccompModel
import Targets

extension RuntimeJudging {
  /// Programs that the kernel refused, in any form, while the container ran all the same: who asked for them believes
  /// that they bind it. A runtime that tries the program again in another way, as crun does without a flag, has
  /// refused nothing in the end.
  mutating func judgeRefusedPrograms() {
    guard case .started = run.capture.payload else { return }
    let installed = Set(run.capture.installations.filter(\.isInstalled).map(\.filter))
    var told: Set<Filter> = []
    for installation in run.capture.installations where !installed.contains(installation.filter) {
      guard installation.result != Installation.noResult, told.insert(installation.filter).inserted else {
        continue
      }
      let errno = Int(clamping: -installation.result)
      differences.append(
        RuntimeReport.Difference(
          parties: RuntimeReport.Difference.refusedProgram,
          expected: "the program of \(installation.filter.count) instructions binds the container",
          found: "no filter installed: the kernel refused it (\(errnoName(errno) ?? "errno \(errno)")"
            + (Self.fault(of: installation.filter).map { ", \($0)" } ?? "")
            + "), and the container runs without it",
          count: 1))
    }
  }

  private static func fault(of filter: Filter) -> String? {
    do throws(FilterRejection) {
      try filter.check()
      return nil
    } catch {
      return error.description
    }
  }
}

extension RuntimeReport.Difference {
  /// The parties of a difference about a program that the kernel refused.
  package static let refusedProgram = "runtime - kernel"
}

extension RuntimeReport {
  /// Whether the container runs without a program that its runtime wanted on it.
  package var lacksProgram: Bool { differences.contains { $0.parties == Difference.refusedProgram } }

  /// Whether anything said what the filter should do.
  package var wasCompared: Bool {
    proof != nil || tally.policyDecided + tally.policyContested + tally.policyDiffered > 0
  }
}
