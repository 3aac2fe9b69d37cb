/// How the series of a picture are told apart: a colour, and with it the form of its marks and the dashes of its line.
struct PlotSeries: Hashable, Sendable {
  /// From 0.
  let index: Int

  private var colour: Int { index % PlotStyle.colours + 1 }
  var stroke: String { "s\(colour)" }
  var fill: String { "f\(colour)" }

  /// The first is drawn through.
  var line: String {
    let dashes = (index + index / PlotStyle.colours) % 6
    return "line \(stroke)" + (dashes == 0 ? "" : " d\(dashes)")
  }

  /// The mark of a point, about 8 pixels wide.
  func mark(_ x: Double, _ y: Double, size: Double = 4) -> Path {
    let s = size
    switch (index + index / PlotStyle.colours) % 6 {
    case 0: return .circle(x, y, s)
    case 1: return .through([(x - s, y - s), (x + s, y - s), (x + s, y + s), (x - s, y + s)], isClosed: true)
    case 2:
      return .through(
        [(x, y - s * 1.2), (x + s * 1.15, y + s * 0.9), (x - s * 1.15, y + s * 0.9)], isClosed: true)
    case 3:
      return .through(
        [(x, y - s * 1.3), (x + s * 1.3, y), (x, y + s * 1.3), (x - s * 1.3, y)], isClosed: true)
    case 4:
      return .through(
        [(x, y + s * 1.2), (x + s * 1.15, y - s * 0.9), (x - s * 1.15, y - s * 0.9)], isClosed: true)
    default:
      let t = s * 0.4
      return .through(
        [
          (x - t, y - s), (x + t, y - s), (x + t, y - t), (x + s, y - t), (x + s, y + t), (x + t, y + t),
          (x + t, y + s), (x - t, y + s), (x - t, y + t), (x - s, y + t), (x - s, y - t), (x - t, y - t),
        ], isClosed: true)
    }
  }
}

/// What stands for what, in rows above a picture.
struct PlotLegend {
  struct Entry {
    var label: String
    /// Draws the sign into a field of ``signWidth`` pixels from `x`, centred on `y`.
    var sign: (_ drawing: inout Drawing, _ x: Double, _ y: Double) -> Void
  }

  static let signWidth = 26.0
  private static let rowHeight = 18.0
  private static let fontSize = 12.0

  let entries: [Entry]

  /// Draws from `y` downwards. Returns where it ends.
  func draw(in drawing: inout Drawing, from x: Double, y: Double, to right: Double) -> Double {
    guard !entries.isEmpty else { return y }
    var (left, base) = (x, y + Self.rowHeight / 2)
    for entry in entries {
      let lines = TextWidth.lines(entry.label, size: Self.fontSize, into: right - x - Self.signWidth - 6)
      let width = Self.signWidth + 6 + (lines.map { TextWidth.of($0, size: Self.fontSize) }.max() ?? 0)
      if left > x, left + width > right { (left, base) = (x, base + Self.rowHeight) }
      entry.sign(&drawing, left, base)
      for (row, line) in lines.enumerated() {
        if row > 0 { base += Self.rowHeight * 0.85 }
        drawing.text(line, left + Self.signWidth + 6, base + 4, "name")
      }
      left = lines.count > 1 ? right : left + width + 18
    }
    return base + Self.rowHeight / 2
  }
}
