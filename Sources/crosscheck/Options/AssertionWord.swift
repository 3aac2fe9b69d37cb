import ArgumentParser
import Overhead
import Reporting

/// An assertion on the command line.
struct AssertionWord: Hashable, Sendable, ExpressibleByArgument {
  var assertion: BenchAssertion

  init?(argument: String) {
    guard let assertion = BenchAssertion(argument) else { return nil }
    self.assertion = assertion
  }
}

extension BenchAssertion {
  /// Before minutes of measuring: the figure is one of those that will be there.
  func require(among names: [String]) throws {
    guard !names.contains(figure) else { return }
    throw Failure(
      .usage, "--assert '\(text)': there is no figure '\(figure)'; there are \(names.joined(separator: ", "))"
    )
  }

  func judged(by report: BenchReport) -> (text: String, verdict: Verdict) {
    guard let result = report.figure(figure) else {
      return ("undecided: \(text), it was not measured", .undecided)
    }
    let verdict = verdict(result.interval)
    let found =
      "found \(BenchText.number(result.estimate)) \(result.unit) "
      + "[\(BenchText.number(result.interval.low)), \(BenchText.number(result.interval.high))]"
    return ("\(verdict.rawValue): \(text), \(found)", verdict)
  }
}
