import ClassicBPF
import Prediction
import Profiles
import SeccompModel

/// The installed filters against the policy: the profile's text, and what the runtime's dialect makes of it.
extension RuntimeJudging {
  mutating func judgePolicy(known: KnownDisagreements) throws {
    let dialect: PolicyOracle?
    if case .filter(let expected) = expectation.reading { dialect = expected.oracle } else { dialect = nil }
    guard let oracle = dialect ?? plain?.prepared.oracle else {
      skipped.append("the policy: the profile's text could not be read")
      return
    }
    var groups: [String: Refuted] = [:]
    for call in calls {
      let data = workbench.data(of: call)
      let verdict = stackVerdict(data)
      let answer = oracle.answer(to: data)
      if answer.permits(verdict) {
        switch answer {
        case .decided: tally.policyDecided += 1
        case .contested: tally.policyContested += 1
        }
        if dialect != nil, let plain, !plain.prepared.oracle.answer(to: data).permits(verdict) {
          explain(call, data, verdict, plain: plain)
        }
      } else {
        tally.policyDiffered += 1
        groups[Refuted.key(call, answer, verdict), default: Refuted(call: call, answer: answer, verdict: verdict)]
          .count += 1
      }
    }
    for key in groups.keys.sorted() {
      guard let group = groups[key] else { continue }
      differences.append(try told(group, known: known))
    }
  }

  /// Calls that the filters answer as no policy permits.
  private struct Refuted {
    var call: Call
    var answer: PolicyAnswer
    var verdict: Verdict
    var count = 0

    static func key(_ call: Call, _ answer: PolicyAnswer, _ verdict: Verdict) -> String {
      ([call.displayName, "\(verdict)"] + answer.verdicts.map { "\($0)" }).joined(separator: "/")
    }
  }

  /// Where the program is the one expected, libseccomp made the difference, and it may be a known one.
  private func told(_ group: Refuted, known: KnownDisagreements) throws -> RuntimeReport.Difference {
    var difference = RuntimeReport.Difference(
      parties: "policy - filter", expected: group.answer.verdicts.map { "\($0)" }.joined(separator: " or "),
      found: "\(group.verdict)", witness: ReportText.symbolic(group.call), count: group.count)
    guard proof?.result == .same, let layer = compiledLayer else { return difference }
    let investigation = Investigation(
      workbench: workbench, environment: RunEnvironment.detect(workbench))
    let finding = try investigation.finding(
      of: Difference(
        kind: .policyFilter, call: group.call, policy: group.answer, verdict: group.verdict), in: [layer],
      origin: nil)
    difference.known = finding.flatMap { known.match($0)?.id }
    return difference
  }

  private var compiledLayer: Layer? {
    if case .filter(let expected) = expectation.reading { return expected.layer }
    return plain?.prepared.layer
  }

  /// The verdict of all filters together.
  func stackVerdict(_ data: SeccompData) -> Verdict {
    var combined = Action.allow.verdict
    for filter in stack.reversed() {
      let verdict = filter.evaluate(data)
      if verdict.outranks(combined) { combined = verdict }
    }
    return combined
  }

  // MARK: Explanations

  /// Counts a call that the filter answers as the runtime's reading says and not as the profile's text does.
  private mutating func explain(_ call: Call, _ data: SeccompData, _ verdict: Verdict, plain: PlainFilter) {
    let cause = cause(of: call, data)
    let index =
      explanations.firstIndex { $0.clause == cause?.name && $0.path == cause?.path } ?? appendUnnamed()
    explanations[index].calls += 1
    if explanations[index].witness == nil {
      explanations[index].witness = RuntimeReport.Witness(
        call: ReportText.symbolic(call),
        profile: plain.prepared.oracle.answer(to: data).verdicts.map { "\($0)" }.joined(separator: " or "),
        filter: "\(verdict)")
    }
  }

  /// The clause that makes the runtime's answer another one than the text's: the prologue where it answers, else one
  /// that speaks of an entry that names the call, else one that speaks of the whole profile.
  private func cause(of call: Call, _ data: SeccompData) -> RuntimeClause? {
    guard case .filter(let expected) = expectation.reading else { return nil }
    let translation = expected.translation
    if translation.stub?.verdict(for: data) != nil {
      return translation.clauses.first { $0.kind == .enosysPrologue }
    }
    let name = SavedCase.name(of: call)
    let entries = subject.document?.profile.entries ?? []
    let speaking = translation.clauses.first { clause in
      guard let index = clause.entry, entries.indices.contains(index) else { return false }
      return entries[index].names.contains { $0 == name }
    }
    return speaking ?? translation.clauses.first { $0.entry == nil && $0.kind.concernsEveryCall }
  }

  private mutating func appendUnnamed() -> Int {
    let name = expectation.dialect?.name ?? check.program.name
    if let index = explanations.firstIndex(where: { $0.clause == Self.unnamedClause }) { return index }
    explanations.append(
      RuntimeReport.Explanation(
        clause: Self.unnamedClause, path: "$", sentence: "\(name) reads the profile as a whole otherwise.",
        origin: "the description of \(name)", calls: 0))
    return explanations.count - 1
  }

  private static let unnamedClause = "reading"
}

extension RuntimeClause {
  /// The entry of `syscalls` that it is about: its path begins with `$.syscalls[3]`.
  fileprivate var entry: Int? {
    let start = "$.syscalls["
    guard path.hasPrefix(start) else { return nil }
    return Int(path.dropFirst(start.count).prefix { $0.isNumber })
  }
}

extension RuntimeClause.Kind {
  /// Whether it may change the answer to any call, not only to those that an entry names.
  fileprivate var concernsEveryCall: Bool {
    switch self {
    case .nativeArchitecture, .architectureSpelling, .errnoIgnored, .errnoWraps, .errnoDefault, .letterCase,
      .repeatedKey, .leftoverValue, .missingField, .negativeNumber, .wrongType, .unknownField:
      true
    default: false
    }
  }
}
