import ClassicBPF
import Prediction
import Profiles
import SeccompModel
import Targets

/// The installed filters against the policy: the profile's text, and what the runtime's dialect makes of it.
extension RuntimeJudging {
  mutating func judgePolicy(known: KnownDisagreements) throws {
    let dialect: PolicyOracle?
    if case .filter(let expected) = expectation.reading { dialect = expected.oracle } else { dialect = nil }
    guard let oracle = dialect ?? plain?.prepared.oracle else {
      skipped.append(
        subject.options == nil
          ? "the policy: the profile's text could not be read"
          : "the policy: there is no profile to compare with")
      return
    }
    var groups: [Refuted.Key: Refuted] = [:]
    for call in calls {
      let data = workbench.data(of: call)
      let verdict = stack.verdict(for: data)
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
        let key = Refuted.Key(expected: answer.inWords, found: "\(verdict)")
        groups[key, default: Refuted(call: call, answer: answer, verdict: verdict)].add(call)
      }
    }
    for group in groups.values.sorted(by: { ($1.count, $0.key.found) < ($0.count, $1.key.found) }) {
      differences.append(try told(group, known: known))
    }
  }

  /// Calls that the filters answer as no policy permits.
  private struct Refuted {
    struct Key: Hashable {
      var expected: String
      var found: String
    }

    var call: Call
    var answer: PolicyAnswer
    var verdict: Verdict
    var count = 0
    var names: Set<String> = []

    init(call: Call, answer: PolicyAnswer, verdict: Verdict) {
      self.call = call
      self.answer = answer
      self.verdict = verdict
    }

    var key: Key { Key(expected: answer.inWords, found: "\(verdict)") }

    mutating func add(_ call: Call) {
      count += 1
      names.insert(call.displayName)
    }
  }

  /// Where the program is the one expected, libseccomp made the difference, and it may be a known one.
  private func told(_ group: Refuted, known: KnownDisagreements) throws -> RuntimeReport.Difference {
    var difference = RuntimeReport.Difference(
      parties: "policy - filter", calls: group.names.sorted(), expected: group.answer.inWords,
      found: "\(group.verdict)", witness: ReportText.symbolic(group.call), count: group.count)
    guard proof?.result == .same, let layer = compiledLayer else { return difference }
    let investigation = Investigation(
      workbench: workbench, environment: RunEnvironment.detect(workbench))
    let finding = try investigation.finding(
      of: Difference(
        kind: .policyFilter, call: group.call, policy: group.answer, verdict: group.verdict), in: [layer],
      origin: nil)
    difference.known = known.match(finding)?.id
    return difference
  }

  private var compiledLayer: Layer? {
    if case .filter(let expected) = expectation.reading { return expected.layer }
    return plain?.prepared.layer
  }

  // MARK: Explanations

  /// Counts a call that the filter answers as the runtime's reading says and not as the profile's text does.
  private mutating func explain(_ call: Call, _ data: SeccompData, _ verdict: Verdict, plain: PlainFilter) {
    let cause = expectation.cause(of: call, data, in: subject.document)
    let index =
      explanations.firstIndex { $0.clause == cause?.name && $0.path == cause?.path } ?? appendUnnamed()
    let isOpened =
      verdict.letsThrough && !plain.prepared.oracle.answer(to: data).verdicts.contains(where: \.letsThrough)
    explanations[index].calls += 1
    if isOpened { explanations[index].opened += 1 }
    // A call that gets through tells most.
    if explanations[index].witness == nil || (isOpened && explanations[index].opened == 1) {
      explanations[index].witness = RuntimeReport.Witness(
        call: ReportText.symbolic(call),
        profile: plain.prepared.oracle.answer(to: data).inWords,
        filter: "\(verdict)")
    }
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

extension Verdict {
  /// Whether the call is made.
  fileprivate var letsThrough: Bool { kind == .allow || kind == .log }
}

extension PolicyAnswer {
  /// `ERRNO(1)`, or what it may be: `ERRNO(1) or ALLOW`.
  fileprivate var inWords: String { verdicts.map { "\($0)" }.joined(separator: " or ") }
}
