import Reporting
import Testing

@Suite("Pictures")
struct PlotTests {
  /// Every kind, at both widths.
  private static func drawings() -> [Drawing] {
    [960.0, 344].flatMap { width in
      [
        PlotSamples.line.drawing(width: width), PlotSamples.linear.drawing(width: width),
        PlotSamples.bars.drawing(width: width), PlotSamples.groupedBars.drawing(width: width),
        PlotSamples.manyBars.drawing(width: width), PlotSamples.distribution.drawing(width: width),
        PlotSamples.matrix.drawing(width: width), PlotSamples.tiles.drawing(width: width),
      ]
    }
  }

  @Test("are well-formed, named and described for who cannot see them, without scripts, references or ids")
  func sound() throws {
    for drawing in Self.drawings() {
      for text in [drawing.inline, drawing.standalone] {
        let markup = try StrictMarkup(text)
        markup.expectHarmless()
        let root = try #require(markup.elements.first)
        #expect(root.name == "svg" && root.attributes["role"] == "img")
        #expect(markup.elements[1].name == "title" && markup.elements[1].text == drawing.title)
        #expect(markup.elements[2].name == "desc" && markup.elements[2].text == drawing.summary)
        #expect(markup.elements.allSatisfy { $0.attributes["id"] == nil && $0.attributes["fill"] == nil })
        #expect(drawing.height > 40 && drawing.height < 8000)
      }
      #expect(drawing.standalone.contains("prefers-color-scheme:dark"))
      #expect(!drawing.inline.contains("<style>"))
    }
  }

  @Test("have every coordinate within their field")
  func within() throws {
    for drawing in Self.drawings() {
      for element in try StrictMarkup(drawing.inline).elements {
        for (name, limit) in [
          ("x", drawing.width), ("x1", drawing.width), ("x2", drawing.width), ("y", drawing.height),
          ("y1", drawing.height), ("y2", drawing.height),
        ] {
          guard let text = element.attributes[name] else { continue }
          let value = try #require(Double(text), "\(element.name) \(name)=\(text)")
          #expect(value >= -1 && value <= limit + 1, "\(drawing.title): \(element.name) \(name)=\(text)")
        }
      }
    }
  }

  @Test("show a hostile name as it is, and as nothing else")
  func hostile() throws {
    let name = PlotSamples.hostile
    let cell = MatrixPlot.Cell(0, mark: .finding, text: name)
    let category = MatrixPlot.Category(name, paint: .allow, sign: .dot)
    let point = LinePlot.Point(x: 1, y: 1)
    let drawings = [
      LinePlot(
        title: name, summary: name, x: PlotAxis(name, unit: name), y: PlotAxis(name),
        series: [.init(name, [point]), .init(name, [point])], fits: [.init(name, points: [point, point])]
      ).drawing(),
      BarPlot(
        title: name, summary: name, axis: PlotAxis(name, unit: name), variants: [name, name],
        bars: [.init(name, [.init(1, text: name), .init(2, isResolved: false)])]
      ).drawing(),
      DistributionPlot(
        title: name, summary: name, series: [.init(name, [.init(percentile: 50, nanoseconds: 10)])]
      ).drawing(),
      MatrixPlot(
        title: name, summary: name, rows: [name], categories: [category], columns: [.init(name, [cell])],
        findingName: name
      ).drawing(),
      TilePlot(title: name, summary: name, categories: [category], groups: [.init(name, [cell])]).drawing(),
    ]
    for drawing in drawings {
      let markup = try StrictMarkup(drawing.standalone)
      markup.expectHarmless()
      // XML has no NUL.
      #expect(markup.elements[1].text == "<script>alert(1)</script>&\"'\u{fffd}\u{301}")
    }
  }

  @Test(
    "of nothing, of one value, and of values that are no numbers are still pictures, and say what is not shown"
  )
  func degenerate() throws {
    let values: [[Double]] = [[], [0], [5, 5], [.nan, .infinity], [-3, 0], [1e-300, 1e14], [1e20]]
    for values in values {
      for isLogarithmic in [false, true] {
        let axis = PlotAxis("x", isLogarithmic: isLogarithmic)
        let line = LinePlot(
          title: "t", summary: "s", x: axis, y: axis,
          series: [
            .init(
              "s", values.map { .init(x: $0, y: $0, interval: $0.isFinite ? min($0, 0)...max($0, 0) : nil) })
          ]
        ).drawing()
        let bars = BarPlot(
          title: "t", summary: "s", axis: axis, bars: values.map { .init("b", .init($0)) },
          noiseFloor: values.first
        ).drawing()
        for drawing in [line, bars] { try StrictMarkup(drawing.inline).expectHarmless() }
        let left = values.count { !$0.isFinite || $0 >= 1e15 || (isLogarithmic && $0 <= 0) }
        #expect(line.inline.contains("not shown") == (left > 0), "\(values) \(isLogarithmic)")
      }
      let points = values.map { DistributionPlot.Point(percentile: 99, nanoseconds: $0) }
      let curve = DistributionPlot(title: "t", summary: "s", series: [.init("s", points)]).drawing()
      try StrictMarkup(curve.inline).expectHarmless()
    }
    let empty = MatrixPlot(title: "t", summary: "s", rows: [], categories: [], columns: []).drawing()
    try StrictMarkup(empty.inline).expectHarmless()
  }

  @Test("A point's interval is drawn to both sides of it, and told under the pointer")
  func intervals() throws {
    let plot = LinePlot(
      title: "t", summary: "s", x: PlotAxis("x"), y: PlotAxis("y", unit: "ns"),
      series: [.init("s", [.init(x: 1, y: 10, interval: 8...14), .init(x: 2, y: 0), .init(x: 3, y: 20)])])
    let markup = try StrictMarkup(plot.drawing().inline)
    let stems = markup.all("line").filter {
      $0.attributes["class"] == "interval" && $0.attributes["x1"] == $0.attributes["x2"]
    }
    let stem = try #require(stems.first)
    #expect(stems.count == 1)
    let low = try #require(stem.attributes["y1"].flatMap(Double.init))
    let high = try #require(stem.attributes["y2"].flatMap(Double.init))
    let grid = markup.all("line").filter { $0.attributes["class"] == "grid" }
      .compactMap { $0.attributes["y1"].flatMap(Double.init) }
    let unit = (try #require(grid.max()) - (try #require(grid.min()))) / 20
    #expect(abs((low - high) - 6 * unit) < 0.1)
    #expect(markup.all("title").contains { $0.text == "s, 1: 10 ns (8 to 14)" })
  }

  @Test("A value within the noise is hollow, and its text says that it is not resolved, with the error")
  func unresolved() throws {
    let text = PlotSamples.bars.drawing().inline
    #expect(text.contains("not resolved (±1.0)"))
    #expect(text.contains("class=\"hollow s1\""))
    #expect(!PlotSamples.linear.drawing().inline.contains("hollow"))
  }

  @Test("No error reads as none: a small one among large ones has decimals of its own")
  func smallError() {
    let bars = [(200.0, 20.0), (100, 30), (15, 0.4), (3, 0.02)].map { value, error in
      BarPlot.Bar("b", .init(value, interval: (value - error)...(value + error)))
    }
    let text = BarPlot(title: "t", summary: "s", axis: PlotAxis("x"), bars: bars).drawing().inline
    for shown in ["200 ±20", "100 ±30", "15.0 ±0.4", "3.00 ±0.02"] {
      #expect(text.contains(">\(shown)<"), "\(shown)")
    }
  }

  @Test("A cell of a matrix has a sign besides its colour, in all categories but one")
  func signs() {
    let categories = PlotSamples.matrix.categories.filter { $0.paint != .none }
    #expect(categories.count { $0.sign == .none } == 1)
  }

  @Test(
    "A column of a matrix tells its verdicts under the pointer, and a finding is framed, with its name set off"
  )
  func matrix() throws {
    let markup = try StrictMarkup(PlotSamples.matrix.drawing().inline)
    let tips = markup.all("title").map(\.text)
    #expect(tips.count { $0.contains("syscall: answer") } == 470)
    #expect(tips.contains("call_135\nsyscall: answer 0\nx32: answer 3\nint $0x80: answer 0"))
    #expect(markup.all("path").contains { $0.attributes["class"] == "found" })
    #expect(markup.all("text").filter { $0.attributes["class"] == "tiny flag" }.map(\.text) == ["call_135"])
  }

  @Test("where a bar has no value the pointer tells why")
  func missingValue() {
    var none = BarPlot.Bar("traced", [nil])
    none.missing = "no step"
    let plot = BarPlot(
      title: "t", summary: "s", axis: PlotAxis("steps"),
      bars: [none, BarPlot.Bar("b", .init(1)), BarPlot.Bar("c", [nil])])
    let text = plot.drawing().inline
    #expect(text.contains("<title>no step</title>"))
    #expect(text.contains("<title>not measured</title>"))
  }
}
