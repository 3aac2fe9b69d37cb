/// Many columns of a few cells, each of one of a few kinds: system calls by the ways into the kernel, and what becomes of
/// them. The columns run on in bands, as lines of a text do.
package struct MatrixPlot: Hashable, Sendable {
  /// The colour of a cell.
  package enum Paint: String, Hashable, Sendable, CaseIterable { case allow, log, deny, kill, ask, none }

  /// What a cell has besides its colour, lest colour be all there is.
  package enum Sign: Hashable, Sendable, CaseIterable { case none, bar, cross, dot, ring, triangle, slash }

  package struct Category: Hashable, Sendable {
    package var name: String
    package var paint: Paint
    /// Half the cell has this one: for a cell in which two things happen.
    package var secondPaint: Paint?
    package var sign: Sign

    package init(_ name: String, paint: Paint, secondPaint: Paint? = nil, sign: Sign) {
      self.name = name
      self.paint = paint
      self.secondPaint = secondPaint
      self.sign = sign
    }
  }

  /// A frame around a cell.
  package enum Mark: Hashable, Sendable { case finding, open }

  package struct Cell: Hashable, Sendable {
    /// The number of a category, from 0.
    package var category: Int
    package var mark: Mark?
    /// For the text under the pointer.
    package var text: String

    package init(_ category: Int, mark: Mark? = nil, text: String) {
      self.category = category
      self.mark = mark
      self.text = text
    }
  }

  package struct Column: Hashable, Sendable {
    package var name: String
    /// One for each row; nil where there is nothing to show.
    package var cells: [Cell?]

    package init(_ name: String, _ cells: [Cell?]) {
      self.name = name
      self.cells = cells
    }
  }

  package var title: String
  package var summary: String
  package var rows: [String]
  package var categories: [Category]
  package var columns: [Column]
  /// What the two marks mean.
  package var findingName: String
  package var openName: String

  package init(
    title: String, summary: String, rows: [String], categories: [Category], columns: [Column],
    findingName: String = "answers differ", openName: String = "contested"
  ) {
    self.title = title
    self.summary = summary
    self.rows = rows
    self.categories = categories
    self.columns = columns
    self.findingName = findingName
    self.openName = openName
  }

  /// - Parameter width: In pixels; 360 is for a telephone.
  package func drawing(width: Double = 880) -> Drawing {
    let width = max(200, width)
    var drawing = Drawing(width: width, height: 0, title: title, summary: summary)
    var edge = PlotLegend(entries: legend).draw(in: &drawing, from: 1, y: 0, to: width - 1) + 6
    let left = (rows.map { TextWidth.of($0, size: 11) }.max() ?? 0).rounded(.up) + 8
    let perBand = max(1, Int((width - left - 3) / MatrixBand.pitch))
    for start in stride(from: 0, to: columns.count, by: perBand) {
      let band = MatrixBand(self, start..<min(columns.count, start + perBand), left: left, top: edge)
      band.draw(in: &drawing)
      edge = band.bottom + 12
    }
    drawing.height = edge
    return drawing
  }

  private var cells: [Cell] { columns.flatMap { $0.cells.compactMap(\.self) } }

  private var legend: [PlotLegend.Entry] {
    let cells = cells
    var entries: [PlotLegend.Entry] = []
    for (index, category) in categories.enumerated() {
      let count = cells.count { $0.category == index }
      guard count > 0 else { continue }
      entries.append(
        PlotLegend.Entry(label: "\(category.name) (\(Numbers.grouped(count)))") { drawing, x, y in
          MatrixBand.draw(category, at: [(x + PlotLegend.signWidth - 14, y - 6)], size: 12, in: &drawing)
        })
    }
    for (mark, name) in [(Mark.finding, findingName), (.open, openName)] {
      let count = cells.count { $0.mark == mark }
      guard count > 0 else { continue }
      entries.append(
        PlotLegend.Entry(label: "\(name) (\(Numbers.grouped(count)))") { drawing, x, y in
          MatrixBand.draw(mark, at: [(x + PlotLegend.signWidth - 14, y - 6)], size: 12, in: &drawing)
        })
    }
    return entries
  }
}
