package import ClassicBPF
package import SeccompModel

/// A process's filters, held against a filter that it should run under.
package struct DumpReport: Hashable, Sendable {
  package var dump: ProcessDump
  package var comparison: Comparison?

  package struct Comparison: Hashable, Sendable {
    /// What was compared with, as the user named it.
    package var source: String
    package var expected: Filter
    /// One for each filter of the process, in order.
    package var answers: [Answer]
  }

  /// How one filter stands to the one expected.
  package enum Answer: Hashable, Sendable {
    /// Proved: the same effect for every call.
    case same
    /// The witness is answered otherwise.
    case different(witness: SeccompData, expected: Verdict, installed: Verdict)
    case undecided(reason: String)
  }

  package init(_ dump: ProcessDump) { self.dump = dump }

  /// Compares each filter by its effect: data bits that an action does not read make no difference.
  package init(
    _ dump: ProcessDump, against expected: Filter, source: String
  ) throws(FilterRejection) {
    self.dump = dump
    var answers: [Answer] = []
    for installed in dump.filters {
      answers.append(try Self.compare(installed.filter, expected))
    }
    comparison = Comparison(source: source, expected: expected, answers: answers)
  }

  private static func compare(_ installed: Filter, _ expected: Filter) throws(FilterRejection) -> Answer {
    switch try FilterEquivalence(reading: .effect).compare(expected, installed) {
    case .equivalent: .same
    case .different(let witness):
      .different(
        witness: witness, expected: expected.evaluate(witness), installed: installed.evaluate(witness))
    case .undecided(let reason): .undecided(reason: reason)
    }
  }

  /// Whether the process runs under what it should: one of its filters means the same. Without a comparison,
  /// whether it runs under any filter at all.
  package var agrees: Bool {
    comparison.map { $0.answers.contains(.same) } ?? !dump.filters.isEmpty
  }
}
