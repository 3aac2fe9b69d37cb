/// What an axis measures.
package struct PlotAxis: Hashable, Sendable {
  /// How the numbers at the ticks are written.
  package enum Labels: Hashable, Sendable {
    case plain
    /// Values are nanoseconds, and read `100 ns`, `1 µs`, `10 ms`, `2 s`.
    case nanoseconds
  }

  /// `filter length`
  package var title: String
  /// `instructions`; empty for none.
  package var unit: String
  /// Values that are not above 0 have no place on such an axis; they are left out, and the picture says how many.
  package var isLogarithmic: Bool
  /// Whether 0 is on a linear axis even when no value is near it.
  package var includesZero: Bool
  package var labels: Labels

  package init(
    _ title: String, unit: String = "", isLogarithmic: Bool = false, includesZero: Bool = false,
    labels: Labels = .plain
  ) {
    self.title = title
    self.unit = unit
    self.isLogarithmic = isLogarithmic
    self.includesZero = includesZero
    self.labels = labels
  }

  /// `filter length (instructions)`
  var caption: String { unit.isEmpty ? title : "\(title) (\(unit))" }

  /// Whether the value has a place.
  func holds(_ value: Double) -> Bool { value.isFinite && abs(value) < 1e15 && (!isLogarithmic || value > 0) }
}

/// From values to pixels.
struct PlotScale: Hashable, Sendable {
  let low: Double
  let high: Double
  let isLogarithmic: Bool
  /// Pixels of `low` and `high`.
  let start: Double
  let end: Double

  /// - Parameters:
  ///   - values: Those that are to be seen; empty for none.
  ///   - isRounded: Whether the ends go on to the next tick.
  init(_ values: [Double], axis: PlotAxis, from start: Double, to end: Double, ticks: Int, isRounded: Bool) {
    let seen = values.filter(axis.holds) + (axis.includesZero && !axis.isLogarithmic ? [0] : [])
    var low = seen.min() ?? (axis.isLogarithmic ? 1 : 0)
    var high = seen.max() ?? (axis.isLogarithmic ? 10 : 1)
    if axis.isLogarithmic {
      if high <= low * 1.2 { (low, high) = (low / 2, high * 2) }
      if isRounded {
        low = PlotTicks.logarithmicFloor(low)
        high = PlotTicks.logarithmicCeiling(high)
      }
    } else {
      if high - low <= abs(high) * 1e-9 {
        let room = high == 0 ? 1 : abs(high) * 0.1
        (low, high) = (low == 0 ? 0 : low - room, high + room)
      }
      if isRounded {
        let step = PlotTicks.step(from: low, to: high, about: ticks)
        low = (low / step + 1e-9).rounded(.down) * step
        high = (high / step - 1e-9).rounded(.up) * step
      }
    }
    self.low = low
    self.high = high
    isLogarithmic = axis.isLogarithmic
    self.start = start
    self.end = end
  }

  /// The pixel of a value that the axis holds. Values beyond the ends are put on them.
  func position(_ value: Double) -> Double {
    let share =
      isLogarithmic
      ? (PlotTicks.logarithm(value) - PlotTicks.logarithm(low))
        / (PlotTicks.logarithm(high) - PlotTicks.logarithm(low)) : (value - low) / (high - low)
    return start + min(max(share, 0), 1) * (end - start)
  }

  /// Values at which there is a line and a number: about as many as asked for.
  func ticks(about count: Int) -> [Double] {
    isLogarithmic
      ? PlotTicks.logarithmic(from: low, to: high, about: count)
      : PlotTicks.linear(from: low, to: high, about: count)
  }
}
