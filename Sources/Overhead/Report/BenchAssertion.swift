/// Something that must hold of a figure: `entry<40ns`, `instruction <= 0.3`.
package struct BenchAssertion: Hashable, Sendable {
  package enum Relation: String, Hashable, Sendable {
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
  }

  package enum Verdict: String, Codable, Hashable, Sendable {
    case holds, fails
    /// The limit lies within the interval.
    case undecided
  }

  package var figure: String
  package var relation: Relation
  /// In the figure's unit; `us` and `ms` were turned into nanoseconds.
  package var limit: Double
  package var text: String

  /// nil for text of another form.
  package init?(_ text: String) {
    guard let start = text.firstIndex(where: { $0 == "<" || $0 == ">" }) else { return nil }
    var rest = text[start...]
    let sign = rest.prefix { "<>=".contains($0) }
    rest = rest.dropFirst(sign.count)
    guard let relation = Relation(rawValue: String(sign)) else { return nil }
    let figure = text[..<start].trimmed
    let number = rest.trimmed.prefix { $0.isNumber || $0 == "." || $0 == "-" }
    let unit = rest.trimmed.dropFirst(number.count).trimmed
    let factors = ["": 1.0, "ns": 1, "us": 1e3, "µs": 1e3, "ms": 1e6]
    guard !figure.isEmpty, let value = Double(number), let factor = factors[String(unit)] else { return nil }
    self.figure = String(figure)
    self.relation = relation
    limit = value * factor
    self.text = text
  }

  /// By the whole interval: a limit inside it is neither kept nor broken.
  package func verdict(_ interval: Interval) -> Verdict {
    switch relation {
    case .less: interval.high < limit ? .holds : interval.low >= limit ? .fails : .undecided
    case .lessOrEqual: interval.high <= limit ? .holds : interval.low > limit ? .fails : .undecided
    case .greater: interval.low > limit ? .holds : interval.high <= limit ? .fails : .undecided
    case .greaterOrEqual: interval.low >= limit ? .holds : interval.high < limit ? .fails : .undecided
    }
  }
}

extension StringProtocol {
  /// Without blanks at either end.
  fileprivate var trimmed: SubSequence {
    var text = self[...]
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return text
  }
}
