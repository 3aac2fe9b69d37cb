import Compilation
import SeccompModel

/// What a run has done and seen, counted. Tallies of several workers or runs add up.
package struct Tally: Codable, Hashable, Sendable {
  /// Cases begun and brought to an end: one generated profile, or stack of profiles, each.
  package var cases = 0

  /// What the compiler made of the profiles.
  package var compiled = 0
  package var compilerErrors = 0
  /// The same by the library's call and its errno, `seccomp_export_bpf EFAULT`.
  package var compilerErrorsByCall: [String: Int] = [:]
  package var compilerHangs = 0
  /// Profiles of many rules whose program took the library longer than the deadline: slow, but no hang.
  package var compilerSlow = 0
  package var compilerCrashes = 0
  /// Rules that the library answered with an error, by errno; they are no part of the policy that is compared.
  ///
  /// Not keyed by Int32: a dictionary becomes a JSON object only when its keys are String or Int.
  package var refusedRules: [Int: Int] = [:]
  package var unknownNames = 0
  /// Programs that the kernel's load-time checker refuses: libseccomp exports filters of any length.
  package var rejectedPrograms = 0
  /// Programs that the kernel's load-time checker accepts, in instructions.
  package var instructions = 0
  /// Of these, how many ran for at least one call of their case.
  package var instructionsExecuted = 0

  /// Policy–filter: calls whose policy verdict is one, several (contested), or not the filter's.
  package var policyDecided = 0
  package var policyContested = 0
  package var policyDiffered = 0

  /// Filter–kernel by return-site tagging: calls made, and those where the kernel reached another return.
  package var taggedCalls = 0
  package var taggedDiffered = 0
  /// Filters that cannot be tagged: more returns than errnos.
  package var untaggable = 0

  /// Filter–kernel by the real verdicts: calls made, kids killed, outcomes unlike the prediction.
  package var realCalls = 0
  package var kills = 0
  package var realDiffered = 0
  /// Calls that the kernel model does not predict (a TRAP on a number that reads as a restart code).
  package var unpredictable = 0
  /// Calls that the kernel exempts from every filter (uretprobe, uprobe).
  package var exempt = 0

  /// Policy–kernel, end to end: real calls whose outcome the policy permits, and those it does not.
  package var endToEndAgreed = 0
  package var endToEndDiffered = 0

  /// Filters held against their policy for all inputs; of these how many the solver did not decide, and how many differed
  /// although no call that was tried showed it.
  package var proofs = 0
  package var proofsUndecided = 0
  package var proofsFoundMore = 0

  /// Live calls really executed, and those unlike the same call unfiltered.
  package var liveCalls = 0
  package var liveDiffered = 0

  /// Verdicts of other libseccomp builds: compared, unlike the first one's, and profiles without a filter.
  package var libraryCalls = 0
  package var libraryDiffered = 0
  package var libraryFailures = 0

  /// Stacks of two filters and more among the cases.
  package var stacks = 0
  /// Stacks that could not be put on without privilege, because an older filter denies seccomp(2).
  package var stacksSkipped = 0

  /// What a campaign about programs counts besides; nil in others.
  package var filters: FilterTally?

  package init() {}

  /// Calls that the kernel really answered.
  package var kernelCalls: Int {
    taggedCalls + realCalls + liveCalls + (filters.map { $0.cacheCalls + $0.cacheLiveCalls } ?? 0)
  }

  package static func += (tally: inout Tally, more: Tally) {
    for (_, path) in counters { tally[keyPath: path] += more[keyPath: path] }
    if let filters = more.filters {
      var sum = tally.filters ?? FilterTally()
      sum += filters
      tally.filters = sum
    }
    tally.refusedRules.merge(more.refusedRules, uniquingKeysWith: +)
    tally.compilerErrorsByCall.merge(more.compilerErrorsByCall, uniquingKeysWith: +)
  }

  /// Every counter with the name that it has in the journal.
  private static let counters: [(name: String, path: any WritableKeyPath<Tally, Int> & Sendable)] = [
    ("cases", \.cases), ("compiled", \.compiled), ("compilerErrors", \.compilerErrors),
    ("compilerSlow", \.compilerSlow), ("compilerHangs", \.compilerHangs),
    ("compilerCrashes", \.compilerCrashes),
    ("unknownNames", \.unknownNames), ("instructions", \.instructions),
    ("instructionsExecuted", \.instructionsExecuted), ("policyDecided", \.policyDecided),
    ("policyContested", \.policyContested), ("policyDiffered", \.policyDiffered),
    ("taggedCalls", \.taggedCalls), ("taggedDiffered", \.taggedDiffered), ("untaggable", \.untaggable),
    ("realCalls", \.realCalls), ("kills", \.kills), ("realDiffered", \.realDiffered),
    ("unpredictable", \.unpredictable), ("exempt", \.exempt), ("endToEndAgreed", \.endToEndAgreed),
    ("endToEndDiffered", \.endToEndDiffered), ("liveCalls", \.liveCalls),
    ("liveDiffered", \.liveDiffered), ("rejectedPrograms", \.rejectedPrograms),
    ("libraryCalls", \.libraryCalls), ("libraryDiffered", \.libraryDiffered),
    ("libraryFailures", \.libraryFailures), ("proofs", \.proofs), ("proofsUndecided", \.proofsUndecided),
    ("proofsFoundMore", \.proofsFoundMore), ("stacks", \.stacks), ("stacksSkipped", \.stacksSkipped),
  ]
}

extension Tally {
  /// Counts what a compilation came to.
  mutating func count(_ result: CompilationResult) {
    let statuses: [RuleStatus]
    switch result {
    case .compiled(let compiled):
      self.compiled += 1
      statuses = compiled.ruleStatuses
    case .failed(let stage, let errno, let ruleStatuses):
      compilerErrors += 1
      compilerErrorsByCall["\(stage.function) \(errnoName(Int(errno)) ?? "errno \(errno)")", default: 0] += 1
      statuses = ruleStatuses
    case .hung(_, _, let ruleStatuses):
      if result.isMerelySlow { compilerSlow += 1 } else { compilerHangs += 1 }
      statuses = ruleStatuses
    case .crashed(_, _, let ruleStatuses):
      compilerCrashes += 1
      statuses = ruleStatuses
    }
    for status in statuses {
      switch status {
      case .refused(let errno): refusedRules[Int(errno), default: 0] += 1
      case .unknownName: unknownNames += 1
      case .added, .notAnswered: break
      }
    }
  }
}

extension Tally {
  private static let refusedPrefix = "refusedRules."
  private static let errorPrefix = "compilerErrors."
  private static let filterPrefix = "filters."

  /// The counters that are not 0, for the journal.
  var journalled: [String: UInt64] {
    var counted: [String: UInt64] = [:]
    for (name, path) in Self.counters where self[keyPath: path] != 0 {
      counted[name] = UInt64(self[keyPath: path])
    }
    for (name, count) in filters?.journalled ?? [:] { counted[Self.filterPrefix + name] = count }
    for (errno, count) in refusedRules { counted["\(Self.refusedPrefix)\(errno)"] = UInt64(count) }
    for (call, count) in compilerErrorsByCall { counted[Self.errorPrefix + call] = UInt64(count) }
    return counted
  }

  /// Counters as a journal holds them; names of other versions are passed over.
  init(journalled: [String: UInt64]) {
    for (name, path) in Self.counters { self[keyPath: path] = Int(clamping: journalled[name] ?? 0) }
    let ofFilters = journalled.filter { $0.key.hasPrefix(Self.filterPrefix) }
    if !ofFilters.isEmpty {
      filters = FilterTally(
        journalled: Dictionary(
          uniqueKeysWithValues: ofFilters.map {
            (String($0.key.dropFirst(Self.filterPrefix.count)), $0.value)
          }))
    }
    for (name, count) in journalled where name.hasPrefix(Self.errorPrefix) {
      compilerErrorsByCall[String(name.dropFirst(Self.errorPrefix.count))] = Int(clamping: count)
    }
    for (name, count) in journalled where name.hasPrefix(Self.refusedPrefix) {
      guard let errno = Int(name.dropFirst(Self.refusedPrefix.count)) else { continue }
      refusedRules[errno] = Int(clamping: count)
    }
  }
}

extension CompilationResult {
  /// Exporting thousands of rules takes libseccomp seconds: 8 s for 3,200 comparisons with 2.5.4, and then it comes back.
  var isMerelySlow: Bool {
    guard case .hung(.export, _, let ruleStatuses) = self else { return false }
    return ruleStatuses.count > 500
  }
}
