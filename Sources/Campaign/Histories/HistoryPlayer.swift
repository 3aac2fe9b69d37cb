package import Prediction
package import Probing
package import Scripts

/// Plays histories on this kernel and compares each step with what the model says.
package struct HistoryPlayer {
  private let stage: Stage
  private let model: ScriptModel
  /// What one step may take, in nanoseconds.
  private let patience: Int64

  package init(stage: Stage, model: ScriptModel, patience: Int64 = 2_000_000_000) {
    self.stage = stage
    self.model = model
    self.patience = patience
  }

  /// The same for a script made from another, where one that would use up a step's patience is of no interest: nil then.
  package func playIfQuick(_ script: Script) throws(ProbeError) -> HistoryResult? {
    let predictions = model.predict(script)
    guard !predictions.contains(.exactly(.hung)) else { return nil }
    return HistoryResult(
      script: script, predictions: predictions, outcomes: try stage.play(script, patience: patience / 10))
  }

  package func play(_ script: Script) throws(ProbeError) -> HistoryResult {
    HistoryResult(
      script: script, predictions: model.predict(script),
      outcomes: try stage.play(script, patience: patience))
  }
}

/// One history, what the model said and what the kernel did.
package struct HistoryResult: Hashable, Sendable {
  package let script: Script
  package let predictions: [StepPrediction]
  package let outcomes: [StepOutcome]
  /// Steps from the beginning that were judged; the differing one not among them.
  package let judged: Int
  /// Where the history stopped being judged, if it was not judged to its end.
  package let stop: Stop?

  package enum Stop: Hashable, Sendable {
    /// The kernel did something else than the model says.
    case difference
    /// The model does not say, and why.
    case open(String)
  }

  package init(script: Script, predictions: [StepPrediction], outcomes: [StepOutcome]) {
    self.script = script
    self.predictions = predictions
    self.outcomes = outcomes
    for (index, prediction) in predictions.enumerated() {
      if case .open(let reason) = prediction {
        (judged, stop) = (index, .open(reason))
        return
      }
      guard outcomes.indices.contains(index), prediction.admits(outcomes[index].result) else {
        (judged, stop) = (index, .difference)
        return
      }
    }
    (judged, stop) = (predictions.count, nil)
  }

  /// The step whose outcome differs from what the model says; nil if none does.
  package var difference: Int? { stop == .difference ? judged : nil }
}
