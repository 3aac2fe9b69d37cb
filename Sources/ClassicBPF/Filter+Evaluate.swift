public import SeccompModel

// The filter must be one that the checker accepts: running another is a programming error. For many calls of
// one filter see FilterEvaluator.
extension Filter {
  /// What the filter answers to a call.
  public func evaluate(_ data: SeccompData) -> Verdict { evaluateWithSite(data).verdict }

  /// What the filter answers to a call, and the instruction that returned it: a RET, or a DIV X with X = 0, at
  /// which the kernel ends the filter with 0.
  public func evaluateWithSite(_ data: SeccompData) -> (verdict: Verdict, site: Int) {
    var observer = NoObserver()
    let execution = run(data, observer: &observer)
    return (Verdict(rawValue: execution.value), execution.pc)
  }

  func run<Observer: ExecutionObserver>(_ data: SeccompData, observer: inout Observer) -> Execution {
    withUnsafePointer(to: data) {
      execute(UndecodedSteps(instructions: instructions), data: $0, observer: &observer)
    }
  }
}
