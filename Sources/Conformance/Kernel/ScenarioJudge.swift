import Prediction
import SeccompModel
import Scripts

/// Holds what a scenario expects against what became of its steps, and against what the model says.
struct ScenarioJudge {
  let claim: Scenario.ScriptedClaim

  /// A line for each step that came to something else.
  func complaints(about outcomes: [StepOutcome]) -> [String] {
    let results = outcomes.map(\.result)
    return zip(claim.expectations, outcomes).enumerated().flatMap { index, pair -> [String] in
      let (expected, outcome) = pair
      guard expected.admits(outcome.result, after: results) else {
        return [line(index, "expected \(expected.words(after: results)), found: \(outcome.result)")]
      }
      return asides(expected, outcome, results).map { line(index, $0) }
    }
  }

  /// A line for each step of which the model says something else than is written.
  func complaints(about predictions: [StepPrediction]) -> [String] {
    return zip(claim.expectations, predictions).enumerated().compactMap { index, pair in
      let (expected, prediction) = pair
      guard !expected.isAdmitted(by: prediction, after: predictions) else { return nil }
      return line(index, "expected \(expected.words(after: [])), the model says: \(prediction.words)")
    }
  }

  private func line(_ index: Int, _ text: String) -> String {
    "step \(index), \(claim.script.steps[index]): \(text)"
  }

  private func asides(
    _ expected: StepExpectation, _ outcome: StepOutcome, _ results: [StepResult]
  ) -> [String] {
    var lines: [String] = []
    if let words = expected.words {
      for (index, word) in words.enumerated() {
        guard index < outcome.words.count else {
          lines.append("expected \(words.count) words, found \(outcome.words.count)")
          break
        }
        if !word.admits(outcome.words[index], after: results) {
          lines.append(
            "expected word \(index) to be \(word.words), found 0x\(String(outcome.words[index], radix: 16))")
        }
      }
    }
    if let signals = expected.signals, signals != outcome.signals {
      lines.append("expected \(signals) handlers to have run, found \(outcome.signals)")
    }
    if let successes = expected.successes, successes != outcome.successes {
      lines.append("expected \(successes) calls to succeed before, found \(outcome.successes)")
    }
    return lines
  }
}

extension StepExpectation {
  /// Whether the step may have ended so. `results` are those of the whole script.
  func admits(_ result: StepResult, after results: [StepResult]) -> Bool {
    switch (self.result, result) {
    case (.returned(let expected), .returned(let found)): expected == found
    case (.returnedAny(let expected), .returned(let found)): expected.contains(found)
    case (.returnedPositive, .returned(let found)): found > 0
    case (.succeeded, .returned(let found)): found >= 0
    case (.returnedAsStep(let step), .returned): results[step] == result
    case (.trapped(let expected), .trapped(let found)): expected.admits(found)
    case (.trappedAndReturned(let expected, let value), .trappedAndReturned(let found, let foundValue)):
      expected.admits(found) && value == foundValue
    case (.blocked, .blocked), (.stopped, .stopped), (.endedAnyhow, .ended): true
    case (.ended(let expected), .ended(let found)): expected == found
    case (.status(let mode, let filters, let noNewPrivileges), .status(let found)):
      mode == found.mode && (filters.map { $0 == found.filters || found.filters < 0 } ?? true)
        && (noNewPrivileges.map { $0 == found.noNewPrivileges } ?? true)
    case (.over, .hung), (.over, .notTaken): false
    case (.over, _): true
    default: false
    }
  }

  /// Whether what the model says can be so. `predictions` are those of the whole script.
  func isAdmitted(by prediction: StepPrediction, after predictions: [StepPrediction]) -> Bool {
    if case .returnedAsStep(let step) = result { return prediction.canEqual(predictions[step]) }
    switch prediction {
    case .open: return true
    case .exactly(let result): return admits(result, after: [])
    case .oneOf(let all): return all.contains { admits($0, after: []) }
    case .returned(let range):
      switch result {
      case .returned(let value): return range.contains(value)
      case .returnedAny(let values): return values.contains { range.contains($0) }
      case .returnedPositive: return range.upperBound > 0
      case .succeeded: return range.upperBound >= 0
      case .returnedAsStep, .over: return true
      case .trapped, .trappedAndReturned, .blocked, .stopped, .ended, .endedAnyhow, .status: return false
      }
    }
  }
}

extension StepPrediction {
  /// Whether two calls can have come back with the same.
  fileprivate func canEqual(_ other: StepPrediction) -> Bool {
    switch (self, other) {
    case (.open, _), (_, .open): true
    case (.exactly(let result), _): other.admits(result)
    case (_, .exactly(let result)): admits(result)
    case (.oneOf(let results), _): results.contains { other.admits($0) }
    case (_, .oneOf(let results)): results.contains { admits($0) }
    case (.returned(let range), .returned(let others)): range.overlaps(others)
    }
  }
}

extension StepExpectation.Trap {
  fileprivate func admits(_ found: TrapDetails) -> Bool {
    // SYS_SECCOMP.
    found.code == 1 && found.errno == errno && found.number == number && found.architecture == architecture
      && found.rax == rax && (callAddress.map { $0 == found.callAddress } ?? (found.callAddress != 0))
  }
}

extension StepExpectation.Word {
  fileprivate func admits(_ found: UInt64, after results: [StepResult]) -> Bool {
    switch self {
    case .exactly(let expected): expected == found
    case .asStep(let step): results[step] == .returned(Int64(bitPattern: found))
    case .notZero: found != 0
    case .any: true
    }
  }
}
