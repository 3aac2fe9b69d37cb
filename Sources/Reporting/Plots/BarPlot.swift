/// Values by name as horizontal bars with their intervals, one or several of each name: what a call costs under each of
/// several filters.
package struct BarPlot: Hashable, Sendable {
  package struct Value: Hashable, Sendable {
    package var value: Double
    package var interval: ClosedRange<Double>?
    /// Whether it stands out of the noise. One that does not is drawn hollow, and its text says so.
    package var isResolved: Bool
    /// What stands beside it; made of value and interval where it is nil.
    package var text: String?

    package init(
      _ value: Double, interval: ClosedRange<Double>? = nil, isResolved: Bool = true, text: String? = nil
    ) {
      self.value = value
      self.interval = interval
      self.isResolved = isResolved
      self.text = text
    }
  }

  package struct Bar: Hashable, Sendable {
    package var name: String
    /// One for each of the plot's variants, in their order; nil where there is none, which ``missing`` tells of.
    package var values: [Value?]
    /// Why there is none, for the pointer.
    package var missing = "not measured"

    package init(_ name: String, _ values: [Value?]) {
      self.name = name
      self.values = values
    }

    package init(_ name: String, _ value: Value) { self.init(name, [value]) }
  }

  package var title: String
  package var summary: String
  /// On a logarithmic axis, which has no nought for a bar to begin at, values are marks.
  package var axis: PlotAxis
  /// The names of a group's bars; empty where each name has one bar.
  package var variants: [String]
  package var bars: [Bar]
  /// Values between −this and this cannot be told from nothing: a shaded strip.
  package var noiseFloor: Double?

  package init(
    title: String, summary: String, axis: PlotAxis, variants: [String] = [], bars: [Bar],
    noiseFloor: Double? = nil
  ) {
    self.title = title
    self.summary = summary
    self.axis = axis
    self.variants = variants
    self.bars = bars
    self.noiseFloor = noiseFloor
  }

  /// Bars of one name.
  var depth: Int { max(1, variants.count, bars.map(\.values.count).max() ?? 1) }

  /// - Parameter width: In pixels; 360 is for a telephone.
  package func drawing(width: Double = 880) -> Drawing {
    let width = max(200, width)
    var drawing = Drawing(width: width, height: 0, title: title, summary: summary)
    let layout = BarLayout(self, width: width, legend: legend, in: &drawing)
    layout.drawField(in: &drawing)
    for index in bars.indices { layout.draw(index, in: &drawing) }
    layout.drawEnd(in: &drawing)
    return drawing
  }

  private var legend: [PlotLegend.Entry] {
    let isLogarithmic = axis.isLogarithmic
    var entries = (variants.count > 1 ? variants : []).enumerated().map { index, name in
      PlotLegend.Entry(label: name) { drawing, x, y in
        let style = PlotSeries(index: index)
        if isLogarithmic {
          drawing.path(style.mark(x + PlotLegend.signWidth / 2, y), style.fill)
        } else {
          drawing.rectangle(x, y - 5, PlotLegend.signWidth, 10, style.fill)
        }
      }
    }
    if bars.contains(where: { $0.values.contains { $0?.isResolved == false } }) {
      entries.append(
        PlotLegend.Entry(label: "not resolved: within the noise") { drawing, x, y in
          let style = PlotSeries(index: 0)
          if isLogarithmic {
            drawing.path(style.mark(x + PlotLegend.signWidth / 2, y), "hollow \(style.stroke)")
          } else {
            drawing.rectangle(x + 0.5, y - 5, PlotLegend.signWidth - 1, 10, "hollow \(style.stroke)")
          }
        })
    }
    if let noiseFloor, noiseFloor.isFinite, noiseFloor > 0 {
      let unit = axis.unit.isEmpty ? "" : " " + axis.unit
      entries.append(
        PlotLegend.Entry(label: "noise floor: ±\(PlotTicks.significant(noiseFloor))\(unit)") {
          drawing, x, y in
          drawing.rectangle(x, y - 6, PlotLegend.signWidth, 12, "floor")
        })
    }
    return entries
  }

  /// What stands beside a bar.
  func text(of value: Value) -> String {
    if let text = value.text { return text }
    guard axis.holds(value.value) else { return "no value" }
    let half = Self.error(of: value)
    // An error that would read ±0 has decimals of its own.
    let decimals = max(self.decimals, half.map { $0 > 0 ? min(Self.decimals(for: $0 * 2), 4) : 0 } ?? 0)
    let error = half.map { "±" + PlotTicks.number($0, decimals: decimals) }
    if !value.isResolved { return error.map { "not resolved (\($0))" } ?? "not resolved" }
    return PlotTicks.number(value.value, decimals: decimals) + (error.map { " \($0)" } ?? "")
  }

  /// The same for all bars, so that their numbers can be compared: as many as show the first digit of the middle error, and
  /// the second where the first is 1; 0 to 4.
  var decimals: Int {
    let values = bars.flatMap { $0.values.compactMap(\.self) }.filter { axis.holds($0.value) }
    let errors = values.compactMap(Self.error).filter { $0 > 0 }.sorted()
    let sizes = values.map { abs($0.value) / 100 }.filter { $0 > 0 }.sorted()
    let worth = errors.isEmpty ? sizes : errors
    guard !worth.isEmpty else { return 0 }
    return min(Self.decimals(for: worth[worth.count / 2] / 2), 4)
  }

  /// As many as show the first digit.
  private static func decimals(for size: Double) -> Int {
    max(0, -Int(max(-300, PlotTicks.logarithm(size).rounded(.down))))
  }

  /// Half the interval.
  private static func error(of value: Value) -> Double? {
    guard let interval = value.interval else { return nil }
    let half = (interval.upperBound - interval.lowerBound) / 2
    return half.isFinite ? half : nil
  }
}
