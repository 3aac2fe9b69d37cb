import Prediction
import Probing
import Scripts

/// Plays a saved history again, here and now.
package struct HistoryReplay: Codable, Hashable, Sendable {
  package var fingerprint: String
  package var signature: String
  /// Whether the kernel and the model still differ.
  package var reproduced: Bool
  /// The differing step, then and now, a line each.
  package var lines: [String]
  package var kernel: String

  package static func run(_ saved: SavedHistory) throws -> HistoryReplay {
    let stage = try Stage()
    let model = ScriptModel(
      features: try FeatureProbe.detect(on: stage), isPrivileged: try FeatureProbe.isPrivileged(on: stage))
    let result = try HistoryPlayer(stage: stage, model: model).play(saved.script)
    var lines = ["then: " + saved.title.split(separator: "\n").joined(separator: "; ")]
    if let step = result.difference {
      lines.append(
        "now:  step \(step), \(saved.script.steps[step]); expected: \(result.predictions[step].words); "
          + "seen: \(result.outcomes[step].result)")
    } else if case .open(let reason) = result.stop {
      lines.append("now:  the answers agree as far as the model tells (\(reason))")
    } else {
      lines.append("now:  the answers agree")
    }
    return HistoryReplay(
      fingerprint: saved.fingerprint.id, signature: saved.fingerprint.signature,
      reproduced: result.difference != nil, lines: lines, kernel: RunEnvironment.kernelRelease())
  }
}
