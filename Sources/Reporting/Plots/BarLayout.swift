/// Where the bars of a ``BarPlot`` are: names at the left, or above their bars where it is narrow, values at the right.
struct BarLayout {
  private let plot: BarPlot
  private let scale: PlotScale
  private let ticks: [Double]
  private let left: Double
  private let right: Double
  private let top: Double
  private let bottom: Double
  /// Whether a name stands above its bars.
  private let isNarrow: Bool
  private let nameWidth: Double
  private let barHeight: Double
  private let rowHeight: Double

  private static let fontSize = 12.0
  private static let smallSize = 11.0

  init(_ plot: BarPlot, width: Double, legend: [PlotLegend.Entry], in drawing: inout Drawing) {
    self.plot = plot
    let values = plot.bars.flatMap { $0.values.compactMap(\.self) }
    let textWidth = values.map { TextWidth.of(plot.text(of: $0), size: Self.smallSize) }.max() ?? 0
    let longest = plot.bars.map { TextWidth.of($0.name, size: Self.fontSize) }.max() ?? 0
    isNarrow = width < 500 && longest > width * 0.22
    nameWidth = isNarrow ? width : min(longest, width * 0.36).rounded(.up)
    let isDense = plot.bars.count > 40
    barHeight = plot.depth > 1 ? 10 : isDense ? 11 : 14
    let nameHeight = isNarrow ? 17.0 : 0
    rowHeight = max(16, Double(plot.depth) * (barHeight + 2) + nameHeight + (isDense ? 4 : 8))
    left = (isNarrow ? 1 : nameWidth + 10)
    right = width - min(textWidth, width * 0.4) - 12

    var edge = PlotLegend(entries: legend).draw(in: &drawing, from: 1, y: 0, to: width - 1)
    if !legend.isEmpty { edge += 8 }
    drawing.text(TextWidth.fitted(plot.axis.caption, size: 12, into: width - left), left, edge + 12, "soft")
    top = edge + 38
    bottom = top + Double(plot.bars.count) * rowHeight

    // Bars begin at nought, or their lengths would say nothing.
    var axis = plot.axis
    axis.includesZero = !axis.isLogarithmic
    let count = Int(max(2, (right - left) / 80))
    let seen = values.flatMap { value in
      [value.value] + (value.interval.map { [$0.lowerBound, $0.upperBound] } ?? [])
    }
    scale = PlotScale(
      seen + (plot.noiseFloor.map { axis.isLogarithmic ? [$0] : [-$0, $0] } ?? []), axis: axis, from: left,
      to: right,
      ticks: count, isRounded: axis.isLogarithmic)
    ticks = scale.ticks(about: count)
  }

  /// What lies below the bars.
  func drawField(in drawing: inout Drawing) {
    if let floor = plot.noiseFloor, floor.isFinite, floor > 0 {
      let (from, to) = (scale.isLogarithmic ? left : scale.position(-floor), scale.position(floor))
      drawing.rectangle(from, top - 4, to - from, bottom - top + 4, "floor", tip: "noise floor")
    }
    for tick in ticks { drawing.line(scale.position(tick), top - 4, scale.position(tick), bottom, "grid") }
    drawLabels(at: top - 9, in: &drawing)
  }

  /// The numbers again where their first row is out of sight.
  func drawEnd(in drawing: inout Drawing) {
    drawing.line(zero, top - 4, zero, bottom, "axis")
    drawing.height = bottom + 4
    guard plot.bars.count > 20 else { return }
    drawLabels(at: bottom + 14, in: &drawing)
    drawing.height = bottom + 20
  }

  private var zero: Double { scale.isLogarithmic ? left : scale.position(0) }

  private func drawLabels(at height: Double, in drawing: inout Drawing) {
    let step = ticks.count > 1 ? ticks[1] - ticks[0] : 1
    var free = -Double.infinity
    for tick in ticks {
      let label = PlotTicks.label(tick, step: scale.isLogarithmic ? tick : step, plot.axis.labels)
      let half = TextWidth.of(label, size: Self.smallSize) / 2
      let centre = min(max(scale.position(tick), half), drawing.width - half)
      guard centre - half > free else { continue }
      drawing.text(label, centre, height, "small soft", anchor: .middle)
      free = centre + half + 8
    }
  }

  func draw(_ index: Int, in drawing: inout Drawing) {
    let bar = plot.bars[index]
    let rowTop = top + Double(index) * rowHeight
    let block = Double(plot.depth) * (barHeight + 2) - 2
    let name = TextWidth.fitted(bar.name, size: Self.fontSize, into: nameWidth)
    var height = rowTop + (rowHeight - block) / 2
    if isNarrow {
      drawing.text(name, 1, rowTop + 14, "halo", tip: bar.name)
      height = rowTop + 19
    } else {
      drawing.text(name, left - 8, height + block / 2 + 4, "name", anchor: .end, tip: bar.name)
    }
    for (variant, value) in bar.values.enumerated() {
      draw(value, variant, bar, at: height + Double(variant) * (barHeight + 2), in: &drawing)
    }
  }

  private func draw(
    _ value: BarPlot.Value?, _ variant: Int, _ bar: BarPlot.Bar, at height: Double, in drawing: inout Drawing
  ) {
    let middle = height + barHeight / 2
    guard let value else {
      drawing.text("–", right + 8, middle + 4, "small soft", tip: bar.missing)
      return
    }
    let text = plot.text(of: value)
    let variantName = plot.variants.indices.contains(variant) ? ", \(plot.variants[variant])" : ""
    let unit = plot.axis.unit.isEmpty ? "" : " \(plot.axis.unit)"
    drawing.group(tip: "\(bar.name)\(variantName): \(text)\(unit)") { drawing in
      if plot.axis.holds(value.value) {
        let style = PlotSeries(index: variant)
        let end = scale.position(value.value)
        let look = value.isResolved ? style.fill : "hollow \(style.stroke)"
        if scale.isLogarithmic {
          drawInterval(value, middle, in: &drawing)
          drawing.path(style.mark(end, middle, size: min(4, barHeight / 2 - 1)), look)
        } else {
          drawing.rectangle(min(zero, end), height, abs(end - zero), barHeight, look)
          drawInterval(value, middle, in: &drawing)
        }
      }
      drawing.text(
        TextWidth.fitted(text, size: Self.smallSize, into: drawing.width - right - 8), right + 8, middle + 4,
        value.isResolved ? "small" : "small soft")
    }
  }

  private func drawInterval(_ value: BarPlot.Value, _ middle: Double, in drawing: inout Drawing) {
    guard let interval = value.interval, plot.axis.holds(interval.lowerBound),
      plot.axis.holds(interval.upperBound)
    else { return }
    let (low, high) = (scale.position(interval.lowerBound), scale.position(interval.upperBound))
    drawing.line(low, middle, high, middle, "interval")
    for end in [low, high] { drawing.line(end, middle - 3, end, middle + 3, "interval") }
  }
}
