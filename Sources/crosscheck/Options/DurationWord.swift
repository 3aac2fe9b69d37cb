import ArgumentParser

/// A span of time as it is written after `--duration`: a number with `s`, `m` or `h`, or several such, the larger
/// first: `60s`, `5m`, `2h`, `1h30m`, `1.5h`; a bare number is seconds.
package struct DurationWord: Hashable, Sendable {
  package var duration: Duration

  /// Longer than this is a slip: a year.
  static let limit = 366.0 * 24 * 3600

  /// Nil for text that is no such span, for zero and for more than a year.
  package init?(_ text: String) {
    var total = 0.0
    var rest = Substring(text)
    var smallest = Double.infinity
    repeat {
      let digits = rest.prefix { $0 == "." || ("0"..."9").contains($0) }
      rest = rest.dropFirst(digits.count)
      let unit = rest.prefix { $0.isLetter }
      rest = rest.dropFirst(unit.count)
      guard let seconds = Self.seconds(of: unit, isAlone: digits.count == text.count), seconds < smallest,
        digits.first != ".", digits.last != ".", let number = Double(digits)
      else { return nil }
      smallest = seconds
      total += number * seconds
    } while !rest.isEmpty
    guard total > 0, total <= Self.limit else { return nil }
    duration = .seconds(total)
  }

  private static func seconds(of unit: Substring, isAlone: Bool) -> Double? {
    switch unit {
    case "h": 3600
    case "m", "min": 60
    case "s": 1
    case "" where isAlone: 1
    default: nil
    }
  }
}

extension DurationWord: ExpressibleByArgument {
  package init?(argument: String) { self.init(argument) }
}
