import ClassicBPF
import Profiles
import SeccompModel
import Targets

/// The installed program against the one that should be.
extension RuntimeJudging {
  /// A program that the installed one may be, and whose it would be.
  private struct Candidate {
    var name: String
    var program: Filter
    var expectation: RuntimeExpectation?
  }

  mutating func judgeProgram() throws {
    guard let installed = stack.last else { return }
    let candidates = try self.candidates()
    guard var chosen = candidates.first else {
      skipped.append(
        check.program.hasOwnLanguage && subject.options == nil
          ? "the program: \(check.program.name) makes its own; it is judged by its answers"
          : "the program: there is nothing to compare it with")
      return
    }
    var answer = try Self.compare(chosen.program, installed)
    // A runtime that nobody described may read profiles as one that is described does.
    for candidate in candidates.dropFirst() where answer != .equivalent {
      guard try Self.compare(candidate.program, installed) == .equivalent else { continue }
      (chosen, answer) = (candidate, .equivalent)
    }
    if let adopted = chosen.expectation { adopt(adopted) }
    proof = RuntimeReport.Proof(chosen.name, answer, expected: chosen.program, installed: installed)
    if case .different = answer, let proof {
      differences.append(
        RuntimeReport.Difference(
          parties: "expected program - installed program", expected: proof.expected ?? "",
          found: proof.installed ?? "",
          witness: proof.witness, count: 1))
    }
    if stack.count > 1, !candidates.isEmpty {
      skipped.append(
        "the older \(stack.count - 1) of the \(stack.count) filters: only the newest is compared with the expected program; "
          + "the calls are judged by all")
    }
  }

  private func candidates() throws -> [Candidate] {
    if case .filter(let expected) = expectation.reading, let dialect = expectation.dialect {
      return [Candidate(name: "what \(dialect.name) makes of it", program: expected.program)]
    }
    var candidates: [Candidate] = []
    if let plain, !check.program.hasOwnLanguage {
      candidates.append(
        Candidate(name: "what libseccomp makes of the text", program: plain.prepared.filter))
    }
    guard case .command = check.program.kind, subject.options == nil else { return candidates }
    for dialect in RuntimeDialect.all {
      let other = try RuntimeExpectation(of: subject, by: dialect, isExact: false, on: workbench)
      guard case .filter(let expected) = other.reading else { continue }
      candidates.append(
        Candidate(
          name: "what \(dialect.name) makes of it", program: expected.program, expectation: other))
    }
    return candidates
  }

  private mutating func adopt(_ other: RuntimeExpectation) {
    expectation = other
    explanations = other.clauses.map(RuntimeReport.Explanation.init)
  }

  private static func compare(
    _ one: Filter, _ other: Filter
  ) throws(FilterRejection) -> FilterEquivalence.Answer {
    one == other ? .equivalent : try FilterEquivalence(reading: .effect).compare(one, other)
  }
}

extension RuntimeReport.Proof {
  init(_ expectation: String, _ answer: FilterEquivalence.Answer, expected: Filter, installed: Filter) {
    self.init(expectation: expectation, result: .same)
    switch answer {
    case .equivalent: break
    case .undecided(let reason):
      result = .undecided
      self.reason = reason
    case .different(let witness):
      result = .different
      self.witness = DataText(witness).description
      self.expected = "\(expected.evaluate(witness))"
      self.installed = "\(installed.evaluate(witness))"
    }
  }
}
