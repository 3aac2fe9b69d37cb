package import ClassicBPF
import Glibc
import Probing
import SeccompModel

/// How the cost of each call of a workload under each variant is measured, without any of these calls being carried out.
///
/// - A call that the cache answers costs what any such call costs: that of getppid is taken.
/// - One that a filter allows is made above a second, older filter that denies it. What the variant's own filters take is
///   the difference to that older filter alone; what the first filter that is run costs comes from getppid.
/// - One that is denied costs the whole time of the denial, less what the older filter takes; it stands there too, so that
///   nothing is carried out whatever the variant says.
/// - One that kills has no cost a call: the process is at its end.
/// - One that is logged is not timed: above the older filter, whose answer wins, the kernel writes no audit record, and that
///   is what takes the time.
package struct WorkloadPlan {
  package private(set) var plan: Plan
  /// For each entry, for each variant.
  private(set) var costs: [[Cost]] = []
  let workload: Workload
  let variants: [Variant]
  private let cache: ActionCache
  /// Whether there are calls by `int $0x80` here; false where none is wanted.
  private var hasInt80 = false
  /// Why calls were left out beforehand, and how many.
  private var leftOut: [(reason: String, calls: UInt64)] = []

  struct Cost: Hashable, Sendable {
    var answer: String
    var isCarriedOut: Bool
    var figure: Figure?
  }

  /// An errno that the kernel never returns: the older filter's.
  private static let marker: UInt16 = 998

  /// - Parameters:
  ///   - cache: what the kernel answers without running a filter.
  ///   - canTime: whether a condition can be timed here: what cannot is left out.
  package init(
    _ workload: Workload, under variants: [Variant], cache: ActionCache, canTime: (Condition) -> Bool
  ) {
    self.workload = workload
    self.variants = variants
    self.cache = cache
    plan = Plan.base()
    for condition in Self.basis(of: .syscall) { plan.time(condition) }
    if workload.entries.contains(where: { $0.call.entryPath == .int80 }) {
      let basis = Self.basis(of: .int80)
      // A kernel without 32-bit calls has none of them.
      hasInt80 = basis.allSatisfy(canTime)
      if hasInt80 { for condition in basis { plan.time(condition) } }
    }
    for (index, entry) in workload.entries.enumerated() {
      var row: [Cost] = []
      for variant in variants { row.append(cost(index, entry, under: variant, canTime)) }
      costs.append(row)
    }
    addMeans()
  }

  /// What the costs of calls by one way in are worked out from.
  private static func basis(of entry: EntryKind) -> [Condition] {
    let shield = shield(number: UInt32(entry.number), architecture: entry.architecture, .errno(marker))
    var denied = entry.condition("denied", [shield])
    denied.outcome = .returns(-Int64(marker))
    return [
      entry.condition("no filter", []), entry.condition("cached", [SyntheticFilters.allowAll]),
      entry.condition("1 filter", [SyntheticFilters.length(2)]),
      entry.condition("2 filters", [SyntheticFilters.length(2), SyntheticFilters.length(2)]), denied,
    ]
  }

  /// What was left out, and why.
  package var skips: [String] { leftOut.map { "\($0.calls) calls are not timed \($0.reason)" } }

  private mutating func leaveOut(_ entry: Workload.Entry, _ reason: String) {
    if let index = leftOut.firstIndex(where: { $0.reason == reason }) {
      // Each at most once a variant, so that the sum is no more than that of the workload.
      leftOut[index].calls += entry.count
    } else {
      leftOut.append((reason, entry.count))
    }
  }

  /// Why a call under a variant is not even tried.
  private func obstacle(
    _ entry: Workload.Entry, _ answer: VariantAnswer, under variant: Variant
  ) -> String? {
    if entry.call.entryPath == .int80, !hasInt80 {
      return "under \(variant.name): int $0x80 cannot be timed here"
    }
    if answer.isCached { return nil }
    if answer.verdict.kind == .log {
      return
        "under \(variant.name): they are logged, and above the filter that keeps them from being carried out the "
        + "kernel writes no audit record"
    }
    // Only this ABI's number is denied, so others' seccomp(2) can be timed.
    if entry.abi == .x86_64, entry.number == Self.installer, !variant.filters.isEmpty {
      return "under \(variant.name): seccomp(2) installs the variant, so it cannot be denied before"
    }
    return nil
  }

  private mutating func cost(
    _ index: Int, _ entry: Workload.Entry, under variant: Variant, _ canTime: (Condition) -> Bool
  ) -> Cost {
    let answer = VariantAnswer(entry, under: variant, in: cache)
    var cost = Cost(answer: answer.text, isCarriedOut: answer.isCarriedOut)
    let kind: EntryKind = entry.call.entryPath == .int80 ? .int80 : .syscall
    let id = "\(variant.name): \(index) \(CallText.text(of: entry))"
    if let reason = obstacle(entry, answer, under: variant) {
      leaveOut(entry, reason)
      cost.answer += " (not timed)"
      return cost
    }
    if answer.isCached {
      cost.figure = Figure(
        id, id, .profile, [kind.id("cached"): 1, kind.id("no filter"): -1], place: Double(index))
      return cost
    }
    guard let condition = condition(id, entry, answer, under: variant), canTime(condition) else {
      if answer.text != "kills" { cost.answer += " (not timed)" }
      return cost
    }
    plan.time(condition)
    let perFilter = [kind.id("2 filters"): 1.0, kind.id("1 filter"): -1.0]
    let weights: [String: Double]
    if answer.isCarriedOut {
      // Having a filter that is run at all, without its own run, and then this variant's run.
      weights = Figure.sum([
        (1, [kind.id("1 filter"): 1, kind.id("no filter"): -1]), (-1, perFilter),
        (1, [condition.id: 1, kind.id("denied"): -1]),
      ])
    } else {
      weights = Figure.sum([(1, [condition.id: 1, "loop": -1]), (-1, perFilter)])
    }
    cost.figure = Figure(
      id, id, .profile, weights, place: Double(index), isDifference: answer.isCarriedOut)
    return cost
  }

  /// seccomp(2) of asm/unistd_64.h, by which the meter installs filters.
  private static let installer: UInt32 = 317

  private func condition(
    _ id: String, _ entry: Workload.Entry, _ answer: VariantAnswer, under variant: Variant
  ) -> Condition? {
    let outcome: Condition.Outcome
    var action = Action.errno(Self.marker)
    switch answer.verdict.kind {
    case .allow: outcome = .returns(-Int64(Self.marker))
    case .errno: outcome = .returns(-Int64(min(answer.verdict.data, 4095)))
    case .trap: outcome = .traps
    // Weaker than what is timed, and without a tracer nothing is carried out either.
    case .trace: (outcome, action) = (.returns(-Int64(ENOSYS)), .trace(0))
    case .notify: (outcome, action) = (.isAnswered, .trace(0))
    case .log, .killThread, .killProcess, .unknown: return nil
    }
    let shield = Self.shield(number: entry.number, architecture: entry.data.architecture, action)
    var task = MeterTask(
      Plan.uncalibrated, rax: entry.call.rax, under: [shield] + variant.filters,
      entry: entry.call.entryPath == .int80 ? .int80 : .syscall)
    task.arguments = (0..<Arguments.count).map { entry.arguments[$0] }
    if answer.verdict.kind == .notify { task.listener = MeterTask.Listener() }
    return Condition(id, task, outcome)
  }

  private static func shield(number: UInt32, architecture: UInt32, _ action: Action) -> Filter {
    Filter([
      .load(.architecture), .jump(equal: architecture, then: 0, otherwise: 3), .load(.number),
      .jump(equal: number, then: 0, otherwise: 1), .return(action), .return(.allow),
    ])
  }

  /// For each variant the mean over the calls that all variants let through, and what it is beside the first filter.
  private mutating func addMeans() {
    let measured = costs.indices.filter { row in
      costs[row].allSatisfy { $0.isCarriedOut && $0.figure != nil }
    }
    // Some of the workload's entries: no more than all of them, which are below 2⁶⁴.
    timedCalls = measured.reduce(0) { $0 + workload.entries[$1].count }
    guard timedCalls > 0 else { return }
    let total = Double(timedCalls)
    let means = variants.indices.map { variant in
      Figure.sum(
        measured.map { row in
          (Double(workload.entries[row].count) / total, costs[row][variant].figure?.weights ?? [:])
        })
    }
    for (variant, mean) in zip(variants, means) {
      plan.add(Figure(Self.mean(variant), "\(variant.name), beside no filter", .profile, mean))
    }
    for index in variants.indices.dropFirst(2) {
      plan.add(
        Figure(
          Self.mean(variants[index], beside: variants[1]),
          "\(variants[index].name), beside \(variants[1].name)", .profile,
          Figure.sum([(1, means[index]), (-1, means[1])])))
    }
  }

  static func mean(_ variant: Variant) -> String { "mean.\(variant.name)" }
  static func mean(_ variant: Variant, beside other: Variant) -> String {
    "mean.\(variant.name)-\(other.name)"
  }

  /// Calls that the means are over.
  private(set) var timedCalls: UInt64 = 0
}

/// The two ways in, by getppid's number there.
private enum EntryKind {
  case syscall, int80

  var number: UInt64 { self == .syscall ? MeterTask.getppid : MeterTask.getppid32 }
  var architecture: UInt32 { self == .syscall ? AuditToken.x86_64 : AuditToken.i386 }
  func id(_ name: String) -> String { self == .syscall ? name : "int80, \(name)" }
  func condition(_ name: String, _ filters: [Filter]) -> Condition {
    Plan.allowed(id(name), under: filters, entry: self == .syscall ? .syscall : .int80)
  }
}
