import ClassicBPF
import Compilation
import Generation
import Prediction
import Probing
import Profiles
import SeccompModel

extension Checking {
  /// Everything found, with the findings saved.
  func report() throws -> CheckReport {
    let environment = RunEnvironment.detect(workbench)
    return CheckReport(
      source: options.document.source, environment: environment, seconds: 0, tally: finalTally,
      coverage: coverageReport,
      verdicts: Dictionary(
        verdicts.map { (Verdict(rawValue: $0.key).description, $0.value) }, uniquingKeysWith: +),
      answers: prepared == nil ? nil : answers.answers,
      remarks: options.document.remarks.map(\.description), refusals: refusals,
      contested: contested.sorted, differences: try differenceGroups(environment) + contradictions,
      skipped: skipped + edgesLeftOut,
      proof: proof)
  }

  private var finalTally: Tally {
    var tally = tally
    tally.instructionsExecuted = coverage?.executedCount ?? 0
    return tally
  }

  private var coverageReport: CheckReport.Coverage {
    guard let prepared, let coverage, let paths else {
      return CheckReport.Coverage(instructions: 0, reachable: 0, executed: 0, unreachable: [], missed: [])
    }
    let lines = Disassembler(prepared.filter).lines
    let unreachable = Set(paths.unreachable)
    return CheckReport.Coverage(
      instructions: prepared.filter.count, reachable: prepared.filter.count - unreachable.count,
      executed: coverage.executedCount, unreachable: unreachable.sorted().map { lines[$0] },
      missed: coverage.unexecuted.filter { !unreachable.contains($0) }.map { lines[$0] },
      edges: edgeCoverage(prepared.filter, coverage))
  }

  private var refusals: [CheckReport.Refusal] {
    guard let compilation else { return [] }
    let rules = layer.profile.rules
    return zip(rules, compilation.ruleStatuses).compactMap { rule, status in
      let (errno, reason, isHarmless): (Int32, String, Bool)
      switch status {
      case .added, .notAnswered: return nil
      case .unknownName: (errno, reason, isHarmless) = (0, "libseccomp does not know the name", false)
      case .refused(let refusal):
        errno = refusal
        (reason, isHarmless) = Self.reason(refusal, rule, default: layer.profile.defaultAction)
      }
      return CheckReport.Refusal(
        place: place(of: rule), name: rule.name, action: rule.action.description, errno: errno,
        reason: reason, isHarmless: isHarmless)
    }
  }

  /// Where the rule stands in the text as it was read.
  private func place(of rule: Rule) -> String {
    let sources = options.document.entrySources
    let path = rule.entry < sources.count ? sources[rule.entry].path : "$.syscalls[\(rule.entry)]"
    return "\(path).names[\(rule.position)]"
  }

  /// seccomp_rule_add(3)'s errors in words.
  private static func reason(_ errno: Int32, _ rule: Rule, default action: Action) -> (String, Bool) {
    switch errno {
    // EPERM before libseccomp 2.5.
    case 1 where rule.action == action, 13 where rule.action == action:
      ("it repeats the default action", true)
    case 17: ("EEXIST: another rule has the same conditions and another action", false)
    case 22:
      (
        "EINVAL: libseccomp does not take this rule (an argument twice, above 5, or an errno above 4094)",
        false
      )
    case 33: ("EDOM: an architecture cannot express it", false)
    case 14: ("EFAULT: one of the architectures does not have the call", false)
    default: ("errno \(errno)", false)
    }
  }

  /// Differences that mean the same, told once each; every kind's first ones are minimised and saved.
  private func differenceGroups(_ environment: RunEnvironment) throws -> [CheckReport.DifferenceGroup] {
    let investigation = Investigation(workbench: workbench, environment: environment)
    let known =
      try options.knownDirectory.map { try KnownDisagreements(directory: $0) } ?? KnownDisagreements()
    var saver = FindingSaver(directory: options.findingsDirectory, known: known)
    var groups: [CheckReport.DifferenceGroup] = []
    for failure in failures {
      let finding = try investigation.finding(of: failure, in: [layer], origin: nil)
      let (path, entry) = try saver.save(finding)
      groups.append(
        CheckReport.DifferenceGroup(
          kind: failure.kind.rawValue, call: "the whole profile", filter: "\(failure.result.inWords)",
          witness: "compiling the profile", count: 1, known: entry, path: path))
    }
    if let unloadable {
      groups.append(
        CheckReport.DifferenceGroup(
          kind: FindingKind.compilerError.rawValue, call: "the whole profile", filter: unloadable,
          witness: "installing the filter", count: 1))
    }
    // A policy–kernel difference is what user space notices of a policy–filter one.
    let alike = Dictionary(
      grouping: differences.kept.filter { $0.kind != .policyKernel }, by: DifferenceKey.init)
    for key in alike.keys.sorted() {
      guard let all = alike[key], let first = all.first else { continue }
      let finding =
        saver.wants(key.kind) ? try investigation.finding(of: first, in: [layer], origin: nil) : nil
      let (path, entry) = try saver.save(finding)
      groups.append(
        CheckReport.DifferenceGroup(
          kind: key.kind.rawValue, call: key.call, policy: key.policy, filter: key.filter,
          otherFilter: key.otherFilter, predicted: first.predicted.map { ReportText.seen($0) },
          observed: first.observed.map { ReportText.seen($0) }, witness: ReportText.symbolic(first.call),
          count: all.count, known: entry, path: path))
    }
    return groups
  }
}

/// What differences must share to be told as one.
private struct DifferenceKey: Hashable, Comparable {
  var kind: FindingKind
  var call: String
  var policy: String?
  var filter: String?
  var otherFilter: String?

  init(_ difference: Difference) {
    kind = difference.kind
    call = difference.call.displayName
    policy = difference.policy.map { $0.verdicts.map(\.description).joined(separator: " or ") }
    filter = difference.verdict?.description
    otherFilter = difference.otherVerdict?.description
  }

  private var words: String {
    [kind.rawValue, call, policy ?? "", filter ?? "", otherFilter ?? ""].joined(separator: "/")
  }

  static func < (left: Self, right: Self) -> Bool { left.words < right.words }
}

/// Saves a bounded number of findings of each kind.
private struct FindingSaver {
  let directory: String?
  let known: KnownDisagreements
  private var store: FindingStore?
  private var perKind: [FindingKind: Int] = [:]

  /// Minimising more of one kind in one profile tells nothing new.
  private static let limit = 8

  init(directory: String?, known: KnownDisagreements) {
    self.directory = directory
    self.known = known
  }

  func wants(_ kind: FindingKind) -> Bool { perKind[kind, default: 0] < Self.limit }

  mutating func save(_ finding: Finding?) throws -> (path: String?, known: String?) {
    guard let finding else { return (nil, nil) }
    perKind[finding.kind, default: 0] += 1
    let entry = known.match(finding)?.id
    guard let directory else { return (nil, entry) }
    let store = try self.store ?? FindingStore(openingRun: directory)
    self.store = store
    try store.save(finding)
    return (store.path(of: finding.fingerprint.id), entry)
  }
}

extension CompilationResult {
  /// One for each rule, as far as the library answered.
  var ruleStatuses: [RuleStatus] {
    switch self {
    case .compiled(let compiled): compiled.ruleStatuses
    case .failed(_, _, let statuses), .hung(_, _, let statuses), .crashed(_, _, let statuses): statuses
    }
  }

  var inWords: String {
    switch self {
    case .compiled: "compiled"
    case .failed(let stage, let errno, _): "libseccomp failed with errno \(errno): \(stage)"
    case .hung(let stage, let elapsed, _): "libseccomp did not come back in \(elapsed): \(stage)"
    case .crashed(let end, let stage, _): "libseccomp crashed (\(end)): \(stage)"
    }
  }
}
