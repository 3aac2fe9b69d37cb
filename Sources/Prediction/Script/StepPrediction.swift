package import Scripts

/// What the model says of one step of a script.
package enum StepPrediction: Hashable, Sendable {
  case exactly(StepResult)
  /// Any of these is right: the kernel does not promise which.
  case oneOf([StepResult])
  /// The call came back with a number in this range: a process id, a time.
  case returned(ClosedRange<Int64>)
  /// The model does not say, and why.
  case open(String)

  /// Whether the step may have ended so.
  package func admits(_ result: StepResult) -> Bool {
    switch self {
    case .exactly(let expected): return expected == result
    case .oneOf(let expected): return expected.contains(result)
    case .returned(let range):
      if case .returned(let value) = result { return range.contains(value) }
      return false
    case .open: return true
    }
  }
}
