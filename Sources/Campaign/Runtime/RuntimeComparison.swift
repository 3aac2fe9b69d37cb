import ClassicBPF
import CLinux
import Prediction
import Profiles
import SeccompModel
import Targets

/// `runtime --compare`: several runtimes under one profile, and where they differ.
package struct RuntimeComparison: Codable, Hashable, Sendable {
  package var source: String
  package var seconds: Double
  package var reports: [RuntimeReport]
  package var differences: [Difference]

  /// What one cause makes of the runtimes.
  package struct Difference: Codable, Hashable, Sendable {
    package enum Kind: String, Codable, Hashable, Sendable {
      /// One starts the container, another does not, or without a filter.
      case outcome
      /// The flags and the system call of the installation.
      case installation
      /// Calls are answered otherwise.
      case answers
    }
    package var kind: Kind
    /// Names of clauses that explain it; empty when nothing does.
    package var clauses: [String]
    /// What these say.
    package var sentences: [String]
    /// Each runtime's name and what it does.
    package var sides: [Side]
    package var witness: String?
    /// Calls of those made; 0 when it is not about calls.
    package var calls: Int
  }

  package struct Side: Codable, Hashable, Sendable {
    package var runtime: String
    package var does: String
  }

  /// Whether all do the same, and each what it should.
  package var agrees: Bool { differences.isEmpty && reports.allSatisfy(\.agrees) }

  /// Tries the profile with each runtime, and compares each with the first.
  package static func run(_ subject: RuntimeSubject, with checks: [RuntimeCheck]) throws -> RuntimeComparison
  {
    let begin = clinux_monotonic_time()
    let trials = try checks.map { try $0.attempt(subject) }
    var comparison = RuntimeComparison(
      source: subject.source, seconds: 0, reports: trials.map(\.report), differences: [])
    if let first = trials.first {
      for other in trials.dropFirst() {
        comparison.differences += PairOfTrials(one: first, other: other).differences
      }
    }
    comparison.seconds = Double(clinux_monotonic_time() - begin) / 1e9
    return comparison
  }
}

/// Two runtimes under one profile.
private struct PairOfTrials {
  typealias Difference = RuntimeComparison.Difference

  let one: RuntimeTrial
  let other: RuntimeTrial

  var differences: [Difference] {
    guard one.report.outcome == other.report.outcome else { return [outcomeDifference] }
    guard one.report.outcome == .filtered else { return [] }
    return installationDifferences + answerDifferences
  }

  private func sides(_ one: String, _ other: String) -> [RuntimeComparison.Side] {
    [
      RuntimeComparison.Side(runtime: self.one.report.runtime.name, does: one),
      RuntimeComparison.Side(runtime: self.other.report.runtime.name, does: other),
    ]
  }

  private func difference(
    _ kind: Difference.Kind, _ clauses: [RuntimeClause], _ sides: [RuntimeComparison.Side],
    witness: String? = nil, calls: Int = 0
  ) -> Difference {
    Difference(
      kind: kind, clauses: clauses.map(\.name), sentences: clauses.map(\.sentence), sides: sides,
      witness: witness,
      calls: calls)
  }

  // MARK: Whether the container starts

  private var outcomeDifference: Difference {
    difference(.outcome, outcomeClauses, sides(words(of: one.report), words(of: other.report)))
  }

  private func words(of report: RuntimeReport) -> String {
    let message = report.message.map { $0.isEmpty ? "" : ": \($0)" } ?? ""
    return report.outcome.words + message
  }

  /// Why the one that is refused, or runs unfiltered, is; and what the other makes of the same place.
  private var outcomeClauses: [RuntimeClause] {
    let deciding = [one, other].flatMap { trial -> [RuntimeClause] in
      trial.report.outcome == .filtered ? [] : trial.judging.expectation.clauses
    }
    let beside = [one, other].flatMap { trial -> [RuntimeClause] in
      guard trial.report.outcome == .filtered else { return [] }
      return trial.judging.expectation.clauses.filter { clause in
        deciding.contains { clause.path.hasPrefix($0.path) || $0.path.hasPrefix(clause.path) }
          && clause.path != "$"
      }
    }
    return deciding + beside
  }

  // MARK: How the filter is installed

  private var installationDifferences: [Difference] {
    guard let first = words(one), let second = words(other), first != second else { return [] }
    let kinds: Set<RuntimeClause.Kind> = [
      .defaultFlags, .flagsDropped, .threadSyncIgnored, .listenerIgnored,
    ]
    let clauses = (one.judging.expectation.clauses + other.judging.expectation.clauses).filter {
      kinds.contains($0.kind)
    }
    return [difference(.installation, clauses, sides(first, second))]
  }

  private func words(_ trial: RuntimeTrial) -> String? {
    trial.judging.run.capture.installations.last(where: \.isInstalled).map {
      "\($0.route)(2), flags \(FlagWords($0.flags))"
    }
  }

  // MARK: What the filters answer

  private var answerDifferences: [Difference] {
    var groups: [[String]: Difference] = [:]
    for call in Set(one.judging.calls).union(other.judging.calls).sorted(by: Self.isBefore) {
      let data = one.judging.workbench.data(of: call)
      let (first, second) = (one.judging.stack.verdict(for: data), other.judging.stack.verdict(for: data))
      guard !first.asksTheSame(as: second) else { continue }
      let clauses = causes(call, data, first, second)
      let key = clauses.map(\.name)
      if groups[key] == nil {
        groups[key] = difference(
          .answers, clauses, sides("\(first)", "\(second)"), witness: ReportText.symbolic(call))
      }
      groups[key]?.calls += 1
    }
    return groups.values.sorted { ($1.calls, $0.clauses.joined()) < ($0.calls, $1.clauses.joined()) }
  }

  /// The clauses of the side that does not do what the text says; of both when that cannot be told.
  private func causes(
    _ call: Call, _ data: SeccompData, _ first: Verdict, _ second: Verdict
  ) -> [RuntimeClause] {
    let document = one.judging.subject.document
    let answer = (one.judging.plain ?? other.judging.plain)?.prepared.oracle.answer(to: data)
    return [(one, first), (other, second)].compactMap { trial, verdict in
      if let answer, answer.permits(verdict) { return nil }
      return trial.judging.expectation.cause(of: call, data, in: document)
    }
  }

  /// Plain numbers first: a witness should be easy to read.
  private static func isBefore(_ one: Call, _ other: Call) -> Bool {
    func key(_ call: Call) -> [UInt64] {
      [UInt64(call.entry), UInt64(call.number)] + (0..<Arguments.count).map { call.arguments[$0] }
    }
    return key(one).lexicographicallyPrecedes(key(other))
  }
}
