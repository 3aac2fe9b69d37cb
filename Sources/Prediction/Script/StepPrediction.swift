package import Scripts

/// What the model says of one step of a script.
package enum StepPrediction: Hashable, Sendable {
  case exactly(StepResult)
  /// Any of these is right: the kernel does not promise which.
  case oneOf([StepResult])
  /// The model does not say, and why.
  case open(String)

  /// Whether the step may have ended so.
  package func admits(_ result: StepResult) -> Bool {
    switch self {
    case .exactly(let expected): expected == result
    case .oneOf(let expected): expected.contains(result)
    case .open: true
    }
  }
}
