import Prediction
import Scripts
import SeccompModel

extension StepExpectation {
  /// In words; what other steps came to is put in where it is known.
  func words(after results: [StepResult]) -> String {
    switch result {
    case .returned(let value): return "\(StepResult.returned(value))"
    case .returnedAny(let values):
      return values.map { "\(StepResult.returned($0))" }.joined(separator: " or ")
    case .returnedPositive: return "a number above 0"
    case .succeeded: return "no error"
    case .returnedAsStep(let step):
      return "the same as step \(step)" + (results.indices.contains(step) ? ", which \(results[step])" : "")
    case .trapped(let trap): return "\(StepResult.trapped(trap.details))"
    case .trappedAndReturned(let trap, let value):
      return "\(StepResult.trappedAndReturned(trap.details, value))"
    case .blocked: return "\(StepResult.blocked)"
    case .stopped: return "\(StepResult.stopped)"
    case .ended(let ending): return "\(StepResult.ended(ending))"
    case .endedAnyhow: return "an end"
    case .status(let mode, let filters, let noNewPrivileges):
      return "Seccomp \(mode)" + (filters.map { ", \($0) filters" } ?? "")
        + (noNewPrivileges.map { ", NoNewPrivs \($0 ? 1 : 0)" } ?? "")
    case .over: return "the step to be over"
    }
  }
}

extension StepExpectation.Trap {
  /// For words: where the address must only not be the caller's, all ones stand for it.
  fileprivate var details: TrapDetails {
    TrapDetails(
      errno: errno, number: number, architecture: architecture, callAddress: callAddress ?? .max, rax: rax)
  }
}

extension StepExpectation.Word {
  var words: String {
    switch self {
    case .exactly(let value): "0x\(String(value, radix: 16))"
    case .asStep(let step): "what step \(step) returned"
    case .notZero: "not 0"
    case .any: "anything"
    }
  }
}

extension StepPrediction {
  var words: String {
    switch self {
    case .exactly(let result): "\(result)"
    case .oneOf(let results): results.map { "\($0)" }.joined(separator: " or ")
    case .returned(let range): "returned something from \(range.lowerBound) to \(range.upperBound)"
    case .open(let reason): "nothing (\(reason))"
    }
  }
}
