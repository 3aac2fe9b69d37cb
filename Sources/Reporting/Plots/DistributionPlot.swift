/// Distributions of latencies as curves of percentiles: how long a call took at the most, for so many of all calls. The
/// axis gives each further nine (90, 99, 99.9 %) the same room, so that the rare slow calls are to be seen.
package struct DistributionPlot: Hashable, Sendable {
  package struct Point: Hashable, Sendable {
    /// 0 to 100.
    package var percentile: Double
    /// Nanoseconds, above 0.
    package var nanoseconds: Double

    package init(percentile: Double, nanoseconds: Double) {
      self.percentile = percentile
      self.nanoseconds = nanoseconds
    }
  }

  package struct Series: Hashable, Sendable {
    package var name: String
    /// In the order of the percentiles.
    package var points: [Point]

    package init(_ name: String, _ points: [Point]) {
      self.name = name
      self.points = points
    }
  }

  package var title: String
  package var summary: String
  package var series: [Series]

  package init(title: String, summary: String, series: [Series]) {
    self.title = title
    self.summary = summary
    self.series = series
  }

  /// - Parameter width: In pixels; 360 is for a telephone.
  package func drawing(width: Double = 880) -> Drawing {
    let width = max(200, width)
    var drawing = Drawing(width: width, height: 0, title: title, summary: summary)
    let nines = self.nines
    let y = PlotAxis("latency", isLogarithmic: true, labels: .nanoseconds)
    let shown = series.flatMap(\.points).filter(Self.holds)
    let frame = PlotFrame(
      PlotFrame.Request(
        x: PlotAxis("percentile"), y: y, xValues: [0, nines], yValues: shown.map(\.nanoseconds),
        legend: legend, xTicks: Self.ticks(nines: nines), fieldHeight: width < 500 ? 240 : 320), in: &drawing)
    for (index, series) in series.enumerated() {
      let points = series.points.filter(Self.holds).map {
        (x: frame.x.position(min(Self.place($0.percentile), nines)), y: frame.y.position($0.nanoseconds))
      }
      drawing.path(.through(points), PlotSeries(index: index).line, tip: series.name)
    }
    drawing.noteLeftOut(
      series.reduce(0) { $0 + $1.points.count { !Self.holds($0) } },
      because: "a percentile is 0 to 100, a latency above 0")
    return drawing
  }

  private static func holds(_ point: Point) -> Bool {
    (0...100).contains(point.percentile) && point.nanoseconds.isFinite && point.nanoseconds > 0
      && point.nanoseconds < 1e15
  }

  /// How many nines a percentile has: 90 is 1, 99 is 2.
  private static func place(_ percentile: Double) -> Double {
    percentile >= 100 ? .infinity : -PlotTicks.logarithm(1 - percentile / 100)
  }

  /// Where the axis ends: at the highest percentile below 100, with a little room for 100 itself.
  private var nines: Double {
    let highest =
      series.flatMap(\.points).filter { Self.holds($0) && $0.percentile < 100 }
      .map { Self.place($0.percentile) }.max() ?? 2
    return min(max(highest, 1), 9) + 0.25
  }

  private static func ticks(nines: Double) -> [PlotFrame.Tick] {
    var ticks = [("0 %", 0.0), ("50 %", 50), ("90 %", 90), ("99 %", 99)]
    for count in 1...7 {
      ticks.append(("99.\(String(repeating: "9", count: count)) %", 100 - 1 / PlotTicks.power(Double(count))))
    }
    return ticks.filter { place($0.1) <= nines }.map { PlotFrame.Tick(value: place($0.1), label: $0.0) }
      + [PlotFrame.Tick(value: nines, label: "max")]
  }

  private var legend: [PlotLegend.Entry] {
    series.enumerated().map { index, series in
      PlotLegend.Entry(label: series.name) { drawing, x, y in
        drawing.line(x, y, x + PlotLegend.signWidth, y, PlotSeries(index: index).line)
      }
    }
  }
}
