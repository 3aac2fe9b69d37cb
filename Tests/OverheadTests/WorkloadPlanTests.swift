import ClassicBPF
import Prediction
import Probing
import SeccompModel
import Testing

@testable import Overhead

@Suite("The plan for a workload")
struct WorkloadPlanTests {
  private static let allowAll = Variant("allow-all", [SyntheticFilters.allowAll])

  /// This action for one number of x86_64 and all else allowed, but never by the cache.
  private static func only(_ number: UInt32, _ action: Action) -> Variant {
    Variant(
      "profile",
      [
        Filter([
          .load(absolute: 16), .load(.number), .jump(equal: number, then: 0, otherwise: 1), .return(action),
          .return(.allow),
        ])
      ])
  }

  private static func plan(
    _ entries: [Workload.Entry], _ variant: Variant, cache: ActionCache = ActionCache(),
    canTime: (Condition) -> Bool = { _ in true }
  ) throws -> WorkloadPlan {
    WorkloadPlan(
      try #require(Workload(source: "test", entries: entries)), under: [allowAll, variant], cache: cache,
      canTime: canTime)
  }

  @Test("gives no figure for calls that are logged, keeps them out of the means, and says why")
  func log() throws {
    let plan = try Self.plan(
      [.init(.x86_64, 39, count: 5), .init(.x86_64, 102, count: 2)], Self.only(102, .log))
    #expect(plan.costs[0][1].figure != nil)
    #expect(plan.costs[1][1].figure == nil)
    #expect(plan.costs[1][1].answer == "LOG (not timed)")
    #expect(plan.timedCalls == 5)
    #expect(plan.skips.count == 1)
    #expect(plan.skips.first?.hasPrefix("2 calls are not timed under profile: they are logged") == true)
    #expect(!plan.plan.conditions.contains { $0.id.contains("getuid") && $0.id.hasPrefix("profile") })
  }

  @Test("times int $0x80 only where the workload has it, and goes without where the kernel has none")
  func int80() throws {
    let variant = Self.only(1, .errno(1))
    func isByInt80(_ condition: Condition) -> Bool { condition.task.entry == .int80 }
    let without = try Self.plan([.init(.x86_64, 39, count: 1)], variant)
    #expect(!without.plan.conditions.contains(where: isByInt80))
    let entries: [Workload.Entry] = [.init(.x86_64, 39, count: 3), .init(.i386, 20, count: 2)]
    let with = try Self.plan(entries, variant)
    #expect(with.plan.conditions.count(where: isByInt80) == 6)
    #expect(with.costs.allSatisfy { $0.allSatisfy { $0.figure != nil } })
    let refused = try Self.plan(entries, variant) { !isByInt80($0) }
    #expect(!refused.plan.conditions.contains(where: isByInt80))
    #expect(refused.costs[0].allSatisfy { $0.figure != nil })
    #expect(refused.costs[1].map(\.answer) == ["cached (not timed)", "allowed (not timed)"])
    #expect(refused.timedCalls == 3)
    #expect(refused.skips.count == 2)
    let timed = Set(refused.plan.conditions.map(\.id))
    for figure in refused.plan.figures { #expect(Set(figure.weights.keys).isSubset(of: timed)) }
  }

  @Test(
    "leaves out seccomp(2) by which the variant is installed, says so, and knows other ABIs' numbers apart")
  func installer() throws {
    let plan = try Self.plan(
      [.init(.x86_64, 317, count: 3), .init(.i386, 317, count: 2), .init(.x86_64, 354, count: 1)],
      Self.only(1, .errno(1)))
    #expect(plan.costs[0][1].answer == "allowed (not timed)")
    #expect(plan.costs[1][1].figure != nil)
    #expect(plan.costs[2][1].figure != nil)
    #expect(
      plan.skips == [
        "3 calls are not timed under profile: seccomp(2) installs the variant, so it cannot be denied before"
      ])
  }

  @Test(
    "takes as cached only what the kernel surely caches; what it shows to no filter is allowed whatever they say"
  )
  func cached() throws {
    var features = KernelFeatures()
    features[.ia32Emulation] = true
    let before = ActionCache.sure(release: KernelVersion(5, 10), features: features)
    features[.uretprobeExempt] = true
    let now = ActionCache.sure(release: KernelVersion(6, 14), features: features)
    let entries: [Workload.Entry] = [
      .init(.x86_64, 39, count: 4), .init(.x86_64, 335, count: 3), .init(.x86_64, 466, count: 2),
      .init(.x86_64, 467, count: 1),
    ]
    let denies = Variant("profile", [SyntheticFilters.always(.errno(1))])
    let old = try Self.plan(entries, denies, cache: before)
    #expect(old.costs.allSatisfy { $0[0].answer == "allowed" && $0[0].figure != nil })
    #expect(old.costs.allSatisfy { $0[1].answer == "ERRNO" })
    let new = try Self.plan(entries, denies, cache: now)
    #expect(new.costs.map { $0[0].answer } == ["cached", "cached", "cached", "allowed"])
    #expect(new.costs.map { $0[1].answer } == ["ERRNO", "cached", "ERRNO", "ERRNO"])
  }

  @Test("of the running kernel has a cache that knows no more than its release brought")
  func running() throws {
    let cache = try ActionCache.running()
    #expect(cache.nativeCount <= SyscallTable.x86_64.highestNumber + 1)
    let release = KernelVersion(release: BenchEnvironment.release ?? "")
    #expect((cache.nativeCount > 441) == (release >= KernelVersion(5, 11)))
  }

  @Test("counts calls up to 2⁶⁴ − 1 exactly")
  func large() throws {
    let plan = try Self.plan(
      [.init(.x86_64, 39, count: .max - 3), .init(.x86_64, 1, count: 3)], Self.only(1, .errno(1)))
    #expect(plan.timedCalls == UInt64.max - 3)
    #expect(plan.workload.total - plan.timedCalls == 3)
  }
}

@Suite("A workload's report", .timeLimit(.minutes(30)))
struct WorkloadReportTests {
  @Test("has counts up to 2⁶⁴ − 1 exactly, and says that a filter looks at the instruction pointer")
  func extremes() throws {
    let workload = try #require(
      Workload(
        source: "test",
        entries: [.init(.x86_64, 39, count: .max - 3), .init(.x86_64, 231, count: 3)]))
    // Offset 8 is the instruction pointer's low half.
    let filter = Filter([
      .load(absolute: 8), .jump(equal: 7, then: 2, otherwise: 0), .load(.number),
      .jump(equal: 231, then: 0, otherwise: 1), .return(.errno(5)), .return(.allow),
    ])
    var options = Bench.Options(extent: "test", seconds: 0.1, tool: "test")
    options.processor = Processors.allowed.last
    let report = try Bench(options).run(
      workload, under: [Variant("allow-all", [SyntheticFilters.allowAll]), Variant("profile", [filter])],
      profile: "test")
    #expect(report.subject?.calls == UInt64.max)
    #expect(report.subject?.rows.contains { $0.call == "getpid" && $0.count == UInt64.max - 3 } == true)
    #expect(
      report.skips.contains {
        $0.hasPrefix("3 of 18446744073709551615 calls are not in the means: some variant denies them")
      })
    #expect(report.skips.contains { $0.hasPrefix("some filter looks at the instruction pointer") })
    #expect(!report.skips.contains { $0.contains("int80") })
  }
}
