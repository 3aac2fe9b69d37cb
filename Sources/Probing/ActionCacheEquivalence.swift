package import ClassicBPF
package import Prediction
package import SeccompModel

/// The kernel's action cache against the filter itself.
///
/// When a filter is installed, Linux (5.11 and later, kernel/seccomp.c, `seccomp_cache_prepare`) works out for which
/// numbers it allows the call whatever the arguments are, and from then on does not run it for those. A filter that looks
/// at an argument first is never cached so. Put before a filter, such a look must change no answer.
package struct ActionCacheEquivalence {
  /// One call that the two filters answer differently, or one of them other than predicted.
  package struct Difference: Hashable, Sendable {
    package var call: Call
    package var manner: Manner
    /// What the filter returns, as interpreted.
    package var verdict: Verdict
    /// What came of the call under the filter, and under its uncacheable form; nil when it was not made.
    package var plain: Outcome?
    package var uncacheable: Outcome?
    package var expected: Outcome
  }

  /// How a call was made.
  package enum Manner: String, Hashable, Sendable {
    /// Every return replaced by a tag.
    case tagged
    /// As they are, over a shield. The kernel caches nothing then: the shield denies every call.
    case shielded
    /// As they are, without a shield, from the live table: the cache is in use.
    case live
  }

  /// What judging one filter came to.
  package struct Report: Hashable, Sendable {
    /// Calls made under the one filter and the other, by manner.
    package var taggedCalls = 0
    package var shieldedCalls = 0
    package var liveCalls = 0
    /// The first few of the differences, and how many there are.
    package var differences: [Difference] = []
    package var differed = 0
    /// The filter cannot be tagged: a RET A or a DIV X. The other comparisons stand.
    package var isUntaggable = false

    package init() {}

    package static func += (report: inout Report, more: Report) {
      report.taggedCalls += more.taggedCalls
      report.shieldedCalls += more.shieldedCalls
      report.liveCalls += more.liveCalls
      report.differences += more.differences
      report.differed += more.differed
      report.isUntaggable = report.isUntaggable || more.isUntaggable
    }
  }

  /// The filter and its uncacheable form.
  package let filter: Filter
  package let uncacheable: Filter
  /// Killing calls that are really made under each of the two, over each shield; the others are left out there.
  package var kills = 24
  /// Differences that are kept.
  package var kept = 4
  let model: KernelModel
  private var evaluator: FilterEvaluator

  /// Nil when two more instructions make the filter too long.
  ///
  /// - Throws: what the checker says against the filter.
  package init?(_ filter: Filter, model: KernelModel) throws(FilterRejection) {
    guard let uncacheable = Self.uncacheable(filter) else { return nil }
    evaluator = try FilterEvaluator(filter)
    self.filter = filter
    self.uncacheable = uncacheable
    self.model = model
  }

  /// The filter with a look at an argument before it, and A = 0 again, as filters begin; nil when it gets too long.
  package static func uncacheable(_ filter: Filter) -> Filter? {
    guard filter.count + 2 <= Filter.maximumLength else { return nil }
    return Filter([.load(.low(argument: 0)), .load(immediate: 0)] + filter.instructions)
  }

  /// Every number of both tables and beyond their ends, and edges: by `syscall`, as an x32 number, by `int $0x80`.
  package static func calls(arguments: Arguments = Arguments(1, 2, 3, 4, 5, 6)) -> [Call] {
    let edges: [UInt32] = [
      1023, 1024, 4095, 4096, 0x7fff, 0xffff, 0x1_0000, 0x3fff_ffff, 0x7fff_ffff, 0x8000_0000, 0x8000_0027,
      0xc000_0027, 0xffff_fdff, 0xffff_fffe, 0xffff_ffff,
    ]
    let native = Array(0...SyscallTable.x86_64.highestNumber + 64) + edges
    let x32 = (0...548 as ClosedRange<UInt32>).map { $0 | x32SyscallBit }
    let compat = Array(0...SyscallTable.i386.highestNumber + 64) + edges
    return (native + x32).map { Call(.syscall, rax: UInt64($0), arguments: arguments) }
      + compat.map { Call(.int80, rax: UInt64($0), arguments: arguments) }
  }

  /// Judges by tags and by the real verdicts over a shield.
  ///
  /// - Parameter install: what the kernel is given for a filter; a test plants faults here.
  package mutating func judge(
    _ calls: [Call] = Self.calls(), on probe: Probe, install: (Filter) -> Filter = { $0 }
  ) throws(ProbeError) -> Report {
    var report = Report()
    if let tagged = try? filter.tagged(), let other = Self.uncacheable(tagged.filter) {
      let expected = answers(calls, on: probe).map { answer in
        tagged.sites.firstIndex(of: answer.site).map { Outcome.returned(-Int64($0 + 1)) }
      }
      let compared = try compare(
        [install(tagged.filter), install(other)], calls, expected, .tagged, on: probe, shield: .standard)
      report += compared
    } else {
      report.isUntaggable = true
    }
    let made = withFewKills(calls, on: probe)
    report += try compare(
      [install(filter), install(uncacheable)], made, expectations(made, on: probe, .standard), .shielded,
      on: probe, shield: .standard)
    return report
  }

  /// What the filter answers to each call.
  mutating func answers(_ calls: [Call], on probe: Probe) -> [(verdict: Verdict, site: Int)] {
    let pointers = probe.instructionPointers
    return calls.map { call in
      evaluator.evaluate(
        call.seccompData(
          instructionPointer: call.entryPath == .int80 ? pointers.int80 : pointers.syscall))
    }
  }

  /// What the model expects of each call; nil where it cannot say.
  private mutating func expectations(_ calls: [Call], on probe: Probe, _ shield: Shield) -> [Outcome?] {
    let pointers = probe.instructionPointers
    let modelled: KernelModel.Shield =
      if case .errno(let marker) = shield { .errno(marker: marker) } else { .none }
    return zip(calls, answers(calls, on: probe)).map { call, answer in
      let context = KernelModel.Context(
        shield: modelled,
        instructionPointer: call.entryPath == .int80 ? pointers.int80 : pointers.syscall)
      guard case .exactly(let outcome) = model.predict(answer.verdict, call, context).expectation else {
        return nil
      }
      return outcome
    }
  }

  /// Without most of the calls that kill, and without those whose end cannot be told: TRAP on a number that reads as
  /// a restart code may make the call again for ever.
  private mutating func withFewKills(_ calls: [Call], on probe: Probe) -> [Call] {
    let expected = expectations(calls, on: probe, .standard)
    var killed = 0
    return zip(calls, expected).filter { call, outcome in
      guard let outcome else { return model.resultOfExemptCall(call) != nil }
      guard case .died = outcome else { return true }
      killed += 1
      return killed <= kills
    }.map(\.0)
  }

  /// Makes the calls under each of two filters, one after the other.
  func compare(
    _ filters: [Filter], _ calls: [Call], _ expected: [Outcome?], _ manner: Manner, on probe: Probe,
    shield: Shield
  ) throws(ProbeError) -> Report {
    var report = Report()
    var seen: [[Outcome?]] = []
    for filter in filters {
      try probe.install([filter], shield: shield)
      seen.append(try Self.outcomes(of: calls, on: probe))
    }
    switch manner {
    case .tagged: report.taggedCalls += seen.count * calls.count
    case .shielded: report.shieldedCalls += seen.count * calls.count
    case .live: report.liveCalls += seen.count * calls.count
    }
    for (index, call) in calls.enumerated() {
      // Filters are not asked about these, cached or not.
      let right = manner == .live ? expected[index] : model.resultOfExemptCall(call) ?? expected[index]
      guard let right, seen.contains(where: { $0[index] != right }) else { continue }
      report.differed += 1
      guard report.differences.count < kept else { continue }
      report.differences.append(
        Difference(
          call: call, manner: manner, verdict: filter.evaluate(call.seccompData()), plain: seen[0][index],
          uncacheable: seen[1][index], expected: right))
    }
    return report
  }

  /// What becomes of calls under what is installed.
  static func outcomes(of calls: [Call], on probe: Probe) throws(ProbeError) -> [Outcome?] {
    var outcomes: [Outcome?] = []
    var rest = calls[...]
    while !rest.isEmpty {
      let batch = rest.prefix(Probe.batchCapacity)
      rest = rest.dropFirst(batch.count)
      _ = probe.calls.update(fromContentsOf: batch)
      _ = try probe.run(count: batch.count)
      outcomes += batch.indices.map { probe.outcome($0 - batch.startIndex) }
    }
    return outcomes
  }
}
