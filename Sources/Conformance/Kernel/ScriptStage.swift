package import Probing
package import Scripts

/// Where scripts are played.
package protocol ScriptStage {
  /// An outcome for each step.
  ///
  /// - Parameter patience: nanoseconds that one step may take.
  func play(_ script: Script, patience: Int64) throws -> [StepOutcome]
}

extension Stage: ScriptStage {}
