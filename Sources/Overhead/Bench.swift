import CLinux
import Probing

/// `crosscheck bench`: what filters cost on this machine.
package struct Bench {
  package struct Options: Hashable, Sendable {
    /// How a report calls it: `quick`, `full`.
    package var extent: String
    /// For the rounds, in seconds; what is measured once takes a few more.
    package var seconds: Double
    /// Where to measure; nil: on the last processor that this process may use.
    package var processor: Int?
    package var confidence = 0.99
    package var seed: UInt64 = 1
    package var tool: String

    package init(extent: String, seconds: Double, tool: String) {
      self.extent = extent
      self.seconds = seconds
      self.tool = tool
    }
  }

  /// What is going on, and the share of it that is done.
  package typealias Progress = (_ stage: String, _ share: Double) -> Void

  let options: Options
  let processor: Int
  let otherProcessor: Int?
  let meter: Meter
  let interruption: Interruption

  /// - Parameter interruption: ends the rounds early, and leaves out what is measured once.
  package init(_ options: Options, until interruption: Interruption = Interruption()) throws {
    self.interruption = interruption
    let allowed = Processors.allowed
    self.options = options
    processor = options.processor ?? allowed.last ?? 0
    guard allowed.contains(processor) else {
      throw OverheadError.processor(asked: processor, available: allowed)
    }
    otherProcessor = allowed.last { [processor] in $0 != processor }
    meter = try Meter(processor: processor)
  }

  /// The names of the figures of ``run(progress:)``; what this machine has no means for is left out later.
  package static var figureNames: [String] {
    Plan.standard(otherProcessor: 0).figures.filter { $0.relation == nil }.map(\.id)
  }

  /// The general figures.
  package func run(progress: Progress = { _, _ in }) throws -> BenchReport {
    let begin = clinux_monotonic_time()
    let whole = Plan.standard(otherProcessor: otherProcessor)
    let refused = try refusals(whole)
    var report = try measure(whole.without(Set(refused.keys)), progress: progress)
    report.skips += refused.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
    measureOnce(without: Set(refused.keys), into: &report, progress: progress)
    if otherProcessor == nil {
      report.skips.append("notifications answered on another processor: there is only one")
    }
    finish(&report, since: begin)
    return report
  }

  /// What is measured once costs the rounds nothing: what fails of it, and what an interruption leaves out, is told.
  private func measureOnce(
    without refused: Set<String>, into report: inout BenchReport, progress: Progress
  ) {
    progress("distributions", 0)
    let (distributions, undistributed) = distributions(without: refused)
    progress("memory", 0)
    let (memory, unmeasured) = memory()
    progress("counts", 0)
    let (counts, uncounted) = counts()
    (report.distributions, report.memory, report.counts) = (distributions, memory, counts)
    report.skips += undistributed + unmeasured + uncounted
  }

  /// Which conditions this kernel has no means for, and why: one without 32-bit calls, or from before
  /// SYNC_WAKE_UP (6.6). That a call comes to something unexpected is no such reason, and neither is what all figures rest on.
  private func refusals(_ plan: Plan) throws -> [String: String] {
    let needed = Set(Plan.base().conditions.map(\.id))
    var refused: [String: String] = [:]
    for condition in plan.conditions where !needed.contains(condition.id) {
      do throws(ProbeError) {
        _ = try meter.run(Self.trial(of: condition))
      } catch {
        refused[condition.id] = error.description
      }
    }
    return refused
  }

  /// The least that shows whether a condition can be timed.
  static func trial(of condition: Condition) -> MeterTask {
    var task = condition.task
    switch task.subject {
    case .calls: task.subject = .calls(perBlock: 2, blocks: 2)
    case .deaths(let death, _, _): task.subject = .deaths(death, perBlock: 1, blocks: 1)
    case .latencies, .hold: break
    }
    return task
  }

  /// The rounds of a plan, judged; `further` works out what else is wanted of them.
  func measure(
    _ plan: Plan, progress: Progress, further: (Judge, inout BenchReport) -> Void = { _, _ in }
  ) throws -> BenchReport {
    var environment = BenchEnvironment.detect(processor: processor)
    let rate = TickRate()
    let session = try Session(plan.conditions, .init(seconds: options.seconds, processor: processor))
    let data = try session.run(until: interruption) { progress("rounds", $0) }
    environment.clockRate = 1 / (try rate.measured())
    let bootstrap = Bootstrap(confidence: options.confidence, seed: options.seed)
    let judge = Judge(data, controls: plan.controls, bootstrap: bootstrap)
    var report = BenchReport(
      tool: options.tool, extent: interruption.isRequested ? "interrupted" : options.extent,
      environment: environment, confidence: options.confidence,
      rounds: data.rounds, quietShare: judge.quietShare,
      conditions: plan.conditions.compactMap { judge.result($0.id) }, seconds: 0,
      noiseFloor: judge.noiseFloor, controls: judge.controls,
      figures: plan.figures.filter { $0.relation == nil }.compactMap(judge.result),
      relations: plan.figures.compactMap(judge.relation), distributions: [], memory: [], counts: [], skips: []
    )
    further(judge, &report)
    return report
  }

  func finish(_ report: inout BenchReport, since begin: Int64) {
    report.environment.loadAfter = BenchEnvironment.load()
    report.seconds = Double(clinux_monotonic_time() - begin) / 1e9
    if !report.environment.isClockSteady {
      report.skips.append(
        "nothing vouches for the clock: this processor does not say that its time stamp counter is steady")
    }
  }
}
