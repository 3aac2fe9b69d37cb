import CLinux
import ClassicBPF
import Probing

extension Bench {
  /// The names of the figures of a measurement under these variants; without a call that all let through it has no means.
  package static func figureNames(of variants: [Variant]) -> [String] {
    Plan.base().figures.map(\.id) + variants.map(WorkloadPlan.mean)
      + variants.dropFirst(2).map { WorkloadPlan.mean($0, beside: variants[1]) }
  }

  /// What a workload's calls cost under each of the variants.
  ///
  /// - Parameter profile: what a report calls the variants' origin.
  package func run(
    _ workload: Workload, under variants: [Variant], profile: String,
    progress: Progress = { _, _ in }
  ) throws -> BenchReport {
    let begin = clinux_monotonic_time()
    var refused: [String] = []
    let plan = WorkloadPlan(workload, under: variants, cache: try ActionCache.running()) { condition in
      do {
        let trial = Self.trial(of: condition)
        let complaint = condition.complaint(try meter.run(trial), calls: trial.subject.calls)
        if let complaint { refused.append("\(condition.id): \(complaint)") }
        return complaint == nil
      } catch {
        refused.append("\(condition.id): \(error)")
        return false
      }
    }
    var report = try measure(plan.plan, progress: progress) { judge, report in
      report.subject = Self.subject(plan, profile: profile, judge)
    }
    report.skips += plan.skips + refused
    if try ArgumentMasks(variants.flatMap(\.filters)).missesInstructionPointer {
      report.skips.append(
        "some filter looks at the instruction pointer, which no workload has: its answers and its cost are those for 0"
      )
    }
    if workload.undistinguished > 0 {
      report.skips.append(
        "\(workload.undistinguished) calls had more combinations of arguments than were kept; they count as the most "
          + "frequent one of their number")
    }
    if workload.total > plan.timedCalls {
      report.skips.append(
        "\(workload.total - plan.timedCalls) of \(workload.total) calls are not in the means: some variant denies them, "
          + "or they could not be timed")
    }
    finish(&report, since: begin)
    return report
  }

  private static func subject(_ plan: WorkloadPlan, profile: String, _ judge: Judge) -> BenchReport.Subject {
    let rows = zip(plan.workload.entries, plan.costs).map { entry, costs in
      BenchReport.Subject.Row(
        call: CallText.text(of: entry), count: entry.count,
        costs: costs.map { .init(answer: $0.answer, figure: $0.figure.flatMap(judge.result)) })
    }
    // By what the calls take together under the profile.
    func weight(_ row: BenchReport.Subject.Row) -> Double {
      Double(row.count) * (row.costs.dropFirst().first?.figure?.estimate ?? 0)
    }
    return BenchReport.Subject(
      profile: profile, workload: plan.workload.source, calls: plan.workload.total,
      variants: plan.variants.map(\.name), rows: rows.sorted { weight($0) > weight($1) })
  }
}
