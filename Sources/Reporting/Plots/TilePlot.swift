/// Results by theme: a row for a theme, a tile for each of its results.
package struct TilePlot: Hashable, Sendable {
  package struct Group: Hashable, Sendable {
    package var name: String
    /// For each tile its category's number, from 0, and the text under the pointer.
    package var tiles: [MatrixPlot.Cell]

    package init(_ name: String, _ tiles: [MatrixPlot.Cell]) {
      self.name = name
      self.tiles = tiles
    }
  }

  package var title: String
  package var summary: String
  package var categories: [MatrixPlot.Category]
  package var groups: [Group]
  /// The category of which the number at the end of a row tells how many there are.
  package var counted: Int

  package init(
    title: String, summary: String, categories: [MatrixPlot.Category], groups: [Group], counted: Int = 0
  ) {
    self.title = title
    self.summary = summary
    self.categories = categories
    self.groups = groups
    self.counted = counted
  }

  private static let size = 13.0
  private static let pitch = 16.0

  /// - Parameter width: In pixels; 360 is for a telephone.
  package func drawing(width: Double = 880) -> Drawing {
    let width = max(200, width)
    var drawing = Drawing(width: width, height: 0, title: title, summary: summary)
    var edge = PlotLegend(entries: legend).draw(in: &drawing, from: 1, y: 0, to: width - 1) + 10
    let longest = groups.map { TextWidth.of($0.name, size: 12) }.max() ?? 0
    let left = min(longest, width * 0.34).rounded(.up) + 10
    let counts = groups.map { TextWidth.of(count(of: $0), size: 11) }.max() ?? 0
    let perRow = max(1, Int((width - left - counts - 10) / Self.pitch))
    for group in groups {
      let rows = max(1, (group.tiles.count + perRow - 1) / perRow)
      drawing.text(
        TextWidth.fitted(group.name, size: 12, into: left - 8), left - 8, edge + 10.5, "name", anchor: .end,
        tip: group.name)
      drawing.text(count(of: group), width - 1, edge + 10.5, "small soft", anchor: .end)
      draw(group.tiles, perRow, left, edge, in: &drawing)
      edge += Double(rows) * Self.pitch + 5
    }
    drawing.height = edge
    return drawing
  }

  private func draw(
    _ tiles: [MatrixPlot.Cell], _ perRow: Int, _ left: Double, _ top: Double, in drawing: inout Drawing
  ) {
    func place(_ index: Int) -> (x: Double, y: Double) {
      (left + Double(index % perRow) * Self.pitch, top + Double(index / perRow) * Self.pitch)
    }
    for (number, category) in categories.enumerated() {
      MatrixBand.draw(
        category, at: tiles.indices.filter { tiles[$0].category == number }.map(place), size: Self.size,
        in: &drawing)
    }
    for (index, tile) in tiles.enumerated() {
      let (x, y) = place(index)
      drawing.rectangle(x, y, Self.size, Self.size, "touch", tip: tile.text)
    }
  }

  private func count(of group: Group) -> String {
    "\(group.tiles.count { $0.category == counted }) of \(group.tiles.count)"
  }

  private var legend: [PlotLegend.Entry] {
    categories.enumerated().compactMap { number, category in
      let count = groups.reduce(0) { $0 + $1.tiles.count { $0.category == number } }
      guard count > 0 else { return nil }
      return PlotLegend.Entry(label: "\(category.name) (\(Numbers.grouped(count)))") { drawing, x, y in
        MatrixBand.draw(category, at: [(x + PlotLegend.signWidth - 14, y - 6)], size: 12, in: &drawing)
      }
    }
  }
}
