import ClassicBPF
import Prediction
import Probing
import SeccompModel

extension Workbench {
  /// Live calls against the prediction: what the filter allows must do what it does without a filter.
  func compareLive(
    _ run: (observations: [LiveRun.Observation], unstable: [Call]), _ prepared: PreparedFilter,
    tally: inout Tally, differences: inout DifferenceList
  ) {
    let contexts = Contexts(.unshielded, probe)
    for observation in run.observations {
      tally.liveCalls += 1
      let verdict = prepared.filter.evaluate(data(of: observation.call))
      let expected: Outcome
      switch model.predict(verdict, observation.call, contexts[observation.call]).expectation {
      case .runs: expected = observation.baseline
      case .exactly(let outcome): expected = outcome
      case .unpredictable:
        tally.unpredictable += 1
        continue
      }
      guard observation.observed != expected else { continue }
      tally.liveDiffered += 1
      guard differences.wants(.filterKernel) else { continue }
      differences.append(
        Difference(
          kind: .filterKernel, call: observation.call, verdict: verdict, predicted: expected,
          observed: observation.observed))
    }
  }
}
