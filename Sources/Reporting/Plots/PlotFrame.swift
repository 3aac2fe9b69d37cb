/// The field of a picture with two axes: their ticks, numbers and names around it, its legend above.
struct PlotFrame {
  let x: PlotScale
  let y: PlotScale
  let left: Double
  let right: Double
  let top: Double
  let bottom: Double

  /// A tick with its text.
  struct Tick {
    var value: Double
    var label: String
  }

  struct Request {
    var x: PlotAxis
    var y: PlotAxis
    var xValues: [Double]
    var yValues: [Double]
    var legend: [PlotLegend.Entry]
    /// The ticks of x where they are not multiples of something.
    var xTicks: [Tick]?
    /// Height of the field.
    var fieldHeight: Double
  }

  private static let fontSize = 11.0

  /// Lays the field out and draws what is around it, growing the drawing as needed.
  init(_ request: Request, in drawing: inout Drawing) {
    let width = drawing.width
    var edge = PlotLegend(entries: request.legend).draw(in: &drawing, from: 1, y: 0, to: width - 1)
    if !request.legend.isEmpty { edge += 8 }
    drawing.text(TextWidth.fitted(request.y.caption, size: 12, into: width - 2), 1, edge + 12, "soft")
    top = edge + 24
    bottom = top + request.fieldHeight

    let rows = Int(max(3, request.fieldHeight / 48))
    y = PlotScale(
      request.yValues, axis: request.y, from: bottom, to: top, ticks: rows, isRounded: true)
    let yTicks = Self.ticks(of: y, request.y, about: rows)
    left = (yTicks.map { TextWidth.of($0.label, size: Self.fontSize) }.max() ?? 0).rounded(.up) + 9
    right = width - 10
    x = PlotScale(
      request.xValues, axis: request.x, from: left + 8, to: right - 8, ticks: Int(width / 90),
      isRounded: false)

    drawRows(yTicks, in: &drawing)
    drawColumns(
      request.xTicks ?? Self.ticks(of: x, request.x, about: Int(max(3, (right - left) / 90))), in: &drawing)
    drawing.line(left, bottom, right, bottom, "axis")
    drawing.text(
      TextWidth.fitted(request.x.caption, size: 12, into: right - left), (left + right) / 2, bottom + 36,
      "soft",
      anchor: .middle)
    drawing.height = bottom + 42
  }

  private static func ticks(of scale: PlotScale, _ axis: PlotAxis, about count: Int) -> [Tick] {
    let values = scale.ticks(about: count)
    let step = values.count > 1 ? values[1] - values[0] : values.first ?? 1
    return values.map {
      Tick(value: $0, label: PlotTicks.label($0, step: scale.isLogarithmic ? $0 : step, axis.labels))
    }
  }

  private func drawRows(_ ticks: [Tick], in drawing: inout Drawing) {
    for tick in ticks {
      let place = y.position(tick.value)
      drawing.line(left, place, right, place, "grid")
      drawing.text(tick.label, left - 6, place + 4, "small soft", anchor: .end)
    }
  }

  /// A number that would meet its neighbour's is left out; its line stays.
  private func drawColumns(_ ticks: [Tick], in drawing: inout Drawing) {
    var free = -Double.infinity
    for tick in ticks {
      let place = x.position(tick.value)
      let half = TextWidth.of(tick.label, size: Self.fontSize) / 2
      let centre = min(max(place, half), drawing.width - half)
      drawing.line(place, bottom, place, bottom + 4, "axis")
      guard centre - half > free else { continue }
      drawing.text(tick.label, centre, bottom + 17, "small soft", anchor: .middle)
      free = centre + half + 8
    }
  }
}

extension Drawing {
  /// Says below the picture that points were left out.
  mutating func noteLeftOut(_ count: Int, because reason: String) {
    guard count > 0 else { return }
    for line in TextWidth.lines(
      "\(Numbers.counted(count, "value")) \(count == 1 ? "is" : "are") not shown: \(reason)", size: 11,
      into: width - 2)
    {
      text(line, 1, height + 10, "small soft")
      height += 15
    }
  }
}
