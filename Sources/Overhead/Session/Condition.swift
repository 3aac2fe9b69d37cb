package import Probing

/// One thing that is timed in every round: a task for the meter, and what must come of its call for the time to mean
/// anything.
package struct Condition: Hashable, Sendable {
  /// Which of the times is taken.
  package enum Value: Hashable, Sendable {
    /// For one call or child, a block each.
    case call
    /// For the installation of this filter of the stack, from 0.
    case installation(Int)
  }

  /// What the call must come to.
  package enum Outcome: Hashable, Sendable {
    /// Returns this.
    case returns(Int64)
    /// Returns something that is no error.
    case succeeds
    /// SIGSYS comes for every call, and the handler returns.
    case traps
    /// The listener answers every call, which returns 0.
    case isAnswered
    /// The child is killed by this signal.
    case isKilled(Int32)
    /// The child exits with 0.
    case exits
    /// Nothing is asked: there is no call.
    case none
  }

  /// What figures name it by.
  package var id: String
  package var task: MeterTask
  package var value = Value.call
  package var outcome: Outcome

  package init(_ id: String, _ task: MeterTask, _ outcome: Outcome, value: Value = .call) {
    self.id = id
    self.task = task
    self.value = value
    self.outcome = outcome
  }
}

extension Condition {
  /// What is wrong with a reading of this many calls, nil when it shows what was expected.
  func complaint(_ reading: MeterReading, calls: Int) -> String? {
    let results = [reading.firstResult, reading.lastResult]
    switch outcome {
    case .none: return nil
    case .succeeds: return results.first { $0 < 0 }.map { "expected success, found \($0)" }
    case .returns(let value): return results.first { $0 != value }.map { "expected \(value), found \($0)" }
    case .traps:
      return reading.traps >= calls ? nil : "expected SIGSYS \(calls) times, found it \(reading.traps) times"
    case .isAnswered:
      if let wrong = results.first(where: { $0 != 0 }) { return "expected an answered call, found \(wrong)" }
      return reading.answers >= calls ? nil : "expected \(calls) answers, found \(reading.answers)"
    case .isKilled(let signal):
      // A wait status: the signal in the low seven bits, waitpid(2).
      return results.first { $0 & 0x7f != Int64(signal) }
        .map { "expected death by signal \(signal), found wait status \($0)" }
    case .exits: return results.first { $0 != 0 }.map { "expected exit, found wait status \($0)" }
    }
  }
}
