/// Measured points over a number, with their intervals, and lines fitted to them: what a call costs against the
/// filter's length.
package struct LinePlot: Hashable, Sendable {
  package struct Point: Hashable, Sendable {
    package var x: Double
    package var y: Double
    /// The interval around `y`; nil where there is none.
    package var interval: ClosedRange<Double>?

    package init(x: Double, y: Double, interval: ClosedRange<Double>? = nil) {
      self.x = x
      self.y = y
      self.interval = interval
    }
  }

  package struct Series: Hashable, Sendable {
    package var name: String
    package var points: [Point]
    /// Whether a line goes through the points; where a fit is drawn it would be in the way.
    package var isConnected: Bool

    package init(_ name: String, _ points: [Point], isConnected: Bool = true) {
      self.name = name
      self.points = points
      self.isConnected = isConnected
    }
  }

  /// A curve with a confidence band. Points enough that straight lines between them look like it; a straight line on
  /// linear axes needs two.
  package struct Fit: Hashable, Sendable {
    /// `0.173 ns an instruction (0.171 to 0.175)`
    package var name: String
    /// The number of the series in whose colour it is drawn, from 0.
    package var series: Int
    /// Their intervals are the band.
    package var points: [Point]

    package init(_ name: String, series: Int = 0, points: [Point]) {
      self.name = name
      self.series = series
      self.points = points
    }

    /// `y = intercept + slope · x` over a range, sampled densely enough for a logarithmic axis.
    /// - Parameter band: The interval at a place; nil for no band.
    package init(
      _ name: String, series: Int = 0, slope: Double, intercept: Double, over range: ClosedRange<Double>,
      band: ((Double) -> ClosedRange<Double>)? = nil
    ) {
      let steps = 64
      var places = (0...steps).map {
        range.lowerBound + (range.upperBound - range.lowerBound) * Double($0) / Double(steps)
      }
      if range.lowerBound > 0 {
        let ratio = PlotTicks.logarithm(range.upperBound / range.lowerBound)
        places += (1..<steps).map { range.lowerBound * PlotTicks.power(ratio * Double($0) / Double(steps)) }
        places.sort()
      }
      self.init(
        name, series: series,
        points: places.map { Point(x: $0, y: intercept + slope * $0, interval: band?($0)) })
    }
  }

  package var title: String
  /// What is to be seen, in words, for who cannot see it.
  package var summary: String
  package var x: PlotAxis
  package var y: PlotAxis
  package var series: [Series]
  package var fits: [Fit]

  package init(
    title: String, summary: String, x: PlotAxis, y: PlotAxis, series: [Series], fits: [Fit] = []
  ) {
    self.title = title
    self.summary = summary
    self.x = x
    self.y = y
    self.series = series
    self.fits = fits
  }

  /// - Parameter width: In pixels; 360 is for a telephone.
  package func drawing(width: Double = 880) -> Drawing {
    let width = max(200, width)
    var drawing = Drawing(width: width, height: 0, title: title, summary: summary)
    let points = (series.flatMap(\.points) + fits.flatMap(\.points)).filter(holds)
    let frame = PlotFrame(
      PlotFrame.Request(
        x: x, y: y, xValues: points.map(\.x),
        yValues: points.map(\.y)
          + points.flatMap { point in
            point.interval.map { [$0.lowerBound, $0.upperBound] } ?? []
          }, legend: legend, fieldHeight: width < 500 ? 240 : 320), in: &drawing)
    for fit in fits { draw(fit, frame, in: &drawing) }
    for (index, series) in series.enumerated() { draw(series, PlotSeries(index: index), frame, in: &drawing) }
    drawing.noteLeftOut(
      series.reduce(0) { $0 + $1.points.count { !holds($0) } },
      because: x.isLogarithmic || y.isLogarithmic
        ? "they have no place on a logarithmic axis" : "they are no numbers")
    return drawing
  }

  private func holds(_ point: Point) -> Bool { x.holds(point.x) && y.holds(point.y) }

  private var legend: [PlotLegend.Entry] {
    guard series.count + fits.count > 1 else { return [] }
    let lines = series.enumerated().map { index, series in
      let style = PlotSeries(index: index)
      return PlotLegend.Entry(label: series.name) { drawing, x, y in
        if series.isConnected { drawing.line(x, y, x + PlotLegend.signWidth, y, style.line) }
        drawing.path(style.mark(x + PlotLegend.signWidth / 2, y), "mark \(style.fill)")
      }
    }
    let fitted = fits.map { fit in
      let style = PlotSeries(index: fit.series)
      return PlotLegend.Entry(label: fit.name) { drawing, x, y in
        if fit.points.contains(where: { $0.interval != nil }) {
          drawing.rectangle(x, y - 5, PlotLegend.signWidth, 10, "band \(style.fill)")
        }
        drawing.line(x, y, x + PlotLegend.signWidth, y, "fit \(style.stroke)")
      }
    }
    return lines + fitted
  }

  private func draw(_ fit: Fit, _ frame: PlotFrame, in drawing: inout Drawing) {
    let style = PlotSeries(index: fit.series)
    let points = fit.points.filter(holds)
    let edges = points.compactMap { point -> (x: Double, low: Double, high: Double)? in
      guard let interval = point.interval, y.holds(interval.lowerBound), y.holds(interval.upperBound)
      else { return nil }
      return (
        frame.x.position(point.x), frame.y.position(interval.lowerBound),
        frame.y.position(interval.upperBound)
      )
    }
    if edges.count > 1 {
      let outline = edges.map { (x: $0.x, y: $0.high) } + edges.reversed().map { (x: $0.x, y: $0.low) }
      drawing.path(.through(outline, isClosed: true), "band \(style.fill)")
    }
    drawing.path(
      .through(points.map { (frame.x.position($0.x), frame.y.position($0.y)) }), "fit \(style.stroke)",
      tip: fit.name)
  }

  private func draw(_ series: Series, _ style: PlotSeries, _ frame: PlotFrame, in drawing: inout Drawing) {
    let points = series.points.filter(holds)
    if series.isConnected, points.count > 1 {
      drawing.path(.through(points.map { (frame.x.position($0.x), frame.y.position($0.y)) }), style.line)
    }
    for point in points {
      let (centre, height) = (frame.x.position(point.x), frame.y.position(point.y))
      drawing.group(tip: tip(series, point)) { drawing in
        if let interval = point.interval, y.holds(interval.lowerBound), y.holds(interval.upperBound) {
          let (low, high) = (frame.y.position(interval.lowerBound), frame.y.position(interval.upperBound))
          drawing.line(centre, low, centre, high, "interval")
          for end in [low, high] { drawing.line(centre - 4, end, centre + 4, end, "interval") }
        }
        drawing.path(style.mark(centre, height), "mark \(style.fill)")
      }
    }
  }

  private func tip(_ series: Series, _ point: Point) -> String {
    let range = point.interval.map {
      " (\(PlotTicks.significant($0.lowerBound)) to \(PlotTicks.significant($0.upperBound)))"
    }
    let at = [PlotTicks.significant(point.x), x.unit].filter { !$0.isEmpty }.joined(separator: " ")
    let value = [PlotTicks.significant(point.y), y.unit].filter { !$0.isEmpty }.joined(separator: " ")
    return "\(series.name), \(at): \(value)\(range ?? "")"
  }
}
