/// One line of columns of a ``MatrixPlot``. Cells of one kind are one path, and a column has one text under the pointer:
/// two thousand elements of their own would make a page slow.
struct MatrixBand {
  static let pitch = 12.0
  private static let cellSize = 11.0
  private static let nameSize = 9.0
  /// Names that are longer are cut; the text under the pointer has all of them.
  private static let longestName = 84.0

  private let plot: MatrixPlot
  private let columns: Range<Int>
  private let left: Double
  private let top: Double
  private let nameHeight: Double

  init(_ plot: MatrixPlot, _ columns: Range<Int>, left: Double, top: Double) {
    self.plot = plot
    self.columns = columns
    self.left = left
    self.top = top
    let longest = columns.map { TextWidth.of(plot.columns[$0].name, size: Self.nameSize) }.max() ?? 0
    nameHeight = min(longest, Self.longestName).rounded(.up) + 4
  }

  private var cellsTop: Double { top + nameHeight }
  var bottom: Double { cellsTop + Double(plot.rows.count) * Self.pitch }

  func draw(in drawing: inout Drawing) {
    for (row, name) in plot.rows.enumerated() {
      drawing.text(
        name, left - 6, cellsTop + Double(row) * Self.pitch + 9.5, "small soft", anchor: .end)
    }
    for column in columns {
      let text = plot.columns[column]
      let isFinding = text.cells.contains { $0?.mark == .finding }
      drawing.text(
        TextWidth.fitted(text.name, size: Self.nameSize, into: Self.longestName), x(of: column) + 8.5,
        cellsTop - 4, isFinding ? "tiny flag" : "tiny", angle: -90)
    }
    for (index, category) in plot.categories.enumerated() {
      Self.draw(category, at: places { $0.category == index }, size: Self.cellSize, in: &drawing)
    }
    for mark in [MatrixPlot.Mark.open, .finding] {
      Self.draw(mark, at: places { $0.mark == mark }, size: Self.cellSize, in: &drawing)
    }
    for column in columns {
      drawing.rectangle(
        x(of: column), top, Self.pitch, bottom - top, "touch", tip: tip(of: plot.columns[column]))
    }
  }

  private func x(of column: Int) -> Double { left + Double(column - columns.lowerBound) * Self.pitch }

  private func places(_ isMeant: (MatrixPlot.Cell) -> Bool) -> [(x: Double, y: Double)] {
    columns.flatMap { column in
      plot.columns[column].cells.prefix(plot.rows.count).enumerated().compactMap { row, cell in
        guard let cell, isMeant(cell) else { return nil }
        return (x(of: column), cellsTop + Double(row) * Self.pitch)
      }
    }
  }

  private func tip(of column: MatrixPlot.Column) -> String {
    let lines = zip(plot.rows, column.cells).compactMap { row, cell in cell.map { "\(row): \($0.text)" } }
    return ([column.name] + lines).joined(separator: "\n")
  }

  // MARK: Cells

  static func draw(
    _ category: MatrixPlot.Category, at places: [(x: Double, y: Double)], size: Double,
    in drawing: inout Drawing
  ) {
    var (whole, half, signs) = (Path(), Path(), Path())
    for place in places {
      whole.add(.square(place.x, place.y, size))
      half.add(
        .through(
          [(place.x + size, place.y), (place.x + size, place.y + size), (place.x, place.y + size)],
          isClosed: true))
      signs.add(sign(category.sign, place.x, place.y, size))
    }
    drawing.path(whole, "c-\(category.paint.rawValue)")
    if let second = category.secondPaint { drawing.path(half, "c-\(second.rawValue)") }
    drawing.path(signs, "i-\((category.secondPaint ?? category.paint).rawValue)")
  }

  static func draw(
    _ mark: MatrixPlot.Mark, at places: [(x: Double, y: Double)], size: Double, in drawing: inout Drawing
  ) {
    var (frames, corners) = (Path(), Path())
    for place in places {
      frames.add(.square(place.x, place.y, size))
      corners.add(
        .through(
          [(place.x - 1, place.y - 1), (place.x + 5, place.y - 1), (place.x - 1, place.y + 5)], isClosed: true
        ))
    }
    drawing.path(frames, mark == .finding ? "found" : "open-sign")
    if mark == .finding { drawing.path(corners, "found-sign") }
  }

  private static func sign(_ sign: MatrixPlot.Sign, _ x: Double, _ y: Double, _ size: Double) -> Path {
    let (low, middle, high) = (size * 0.28, size / 2, size * 0.72)
    switch sign {
    case .none: return Path()
    case .bar: return .through([(x + low, y + middle), (x + high, y + middle)])
    case .slash: return .through([(x + size * 0.14, y + size * 0.86), (x + size * 0.86, y + size * 0.14)])
    case .dot: return .circle(x + middle, y + middle, 0.9)
    case .ring: return .circle(x + middle, y + middle, size * 0.25)
    case .triangle:
      return .through(
        [(x + middle, y + low), (x + high, y + high), (x + low, y + high)], isClosed: true)
    case .cross:
      var path = Path.through([(x + low, y + low), (x + high, y + high)])
      path.add(.through([(x + high, y + low), (x + low, y + high)]))
      return path
    }
  }
}
