import CLinux
import ClassicBPF
package import Generation
import Prediction
import Probing
package import Profiles
package import Proving
import SeccompModel

/// How proofs are to be made.
package struct ProofOptions: Sendable {
  package var settings = FilterSettings()
  package var workbench = Workbench.Options()
  package var limits = ProofLimits()

  package init() {}
}

/// Compares sides over all inputs, and tries the witnesses of what differs on this kernel.
package final class ProofBench {
  let options: ProofOptions
  let workbench: Workbench
  private let begin = clinux_monotonic_time()

  package init(_ options: ProofOptions) throws {
    self.options = options
    var bench = options.workbench
    // One profile may take its time; a campaign cannot wait.
    bench.compilerDeadline = max(bench.compilerDeadline, .seconds(1))
    workbench = try Workbench(bench, features: try FeatureProbe.detect(bench.probe))
  }

  package func compile(_ document: ProfileDocument) throws -> PreparedFilter {
    try PreparedFilter(document, settings: options.settings, on: workbench)
  }

  package func compare(_ one: ProofSide, _ other: ProofSide) throws -> ProofReport.Comparison {
    let result = try SideComparison(one.side, other.side, limits: options.limits).run()
    return comparison(one, other, result)
  }

  func comparison(
    _ one: ProofSide, _ other: ProofSide, _ result: SideComparisonResult
  ) -> ProofReport.Comparison {
    ProofReport.Comparison(
      one: one.name, other: other.name, isProved: result.isProvedEqual, unfinished: result.unfinished,
      differences: tried(result.differences, one, other),
      contested: tried(result.contested, one, other))
  }

  private func tried(
    _ regions: [RegionDifference], _ one: ProofSide, _ other: ProofSide
  ) -> [ProofReport.Region] {
    let hidden = workbench.hiddenNumbers
    let comparison = SideComparison(one.side, other.side)
    var regions = RegionGroups(regions).groups.map {
      ProofReport.Region($0, by: comparison, hidden: hidden)
    }
    var witnesses = regions.map(\.witness)
    WitnessReplay(workbench: workbench).run(&witnesses, one: one.filters, other: other.filters)
    for index in regions.indices { regions[index].witness = witnesses[index] }
    return regions
  }

  package func report(_ source: String, _ comparisons: [ProofReport.Comparison]) -> ProofReport {
    ProofReport(
      source: source, environment: RunEnvironment.detect(workbench),
      solver: "Z3 \(Z3Context.libraryVersion)",
      seconds: Double(clinux_monotonic_time() - begin) / 1e9, comparisons: comparisons)
  }
}
