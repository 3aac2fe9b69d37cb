/// A picture: SVG without scripts, references or ids, so that any number of them stands in one page.
///
/// Colours come from the custom properties of ``PlotStyle``; no element has one of its own.
package struct Drawing: Hashable, Sendable {
  /// In pixels of the page at its natural size.
  package let width: Double
  package internal(set) var height: Double
  /// What is shown, in a few words.
  package let title: String
  /// What is to be seen in it, for who cannot see it.
  package let summary: String
  private var elements = ""

  init(width: Double, height: Double, title: String, summary: String) {
    self.width = width
    self.height = height
    self.title = title
    self.summary = summary
  }

  /// For a page that holds ``PlotStyle/css``.
  package var inline: String { text(style: "") }

  /// For a file of its own, with its style.
  package var standalone: String {
    text(style: "<style>\(Markup.escaped(PlotStyle.css, inAttribute: false))</style>")
  }

  private func text(style: String) -> String {
    let (width, height) = (Self.number(width), Self.number(height))
    return
      #"<svg class="plot" role="img" xmlns="http://www.w3.org/2000/svg" width="\#(width)" height="\#(height)" "#
      + #"viewBox="0 0 \#(width) \#(height)"><title>\#(Markup.escaped(title, inAttribute: false))</title>"#
      + "<desc>\(Markup.escaped(summary, inAttribute: false))</desc>\(style)\n\(elements)</svg>"
  }

  // MARK: Elements

  /// Where a text stands to its point.
  enum Anchor: String { case start, middle, end }

  mutating func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ style: String) {
    element("line", [("x1", x1), ("y1", y1), ("x2", x2), ("y2", y2)], style)
  }

  mutating func rectangle(
    _ x: Double, _ y: Double, _ width: Double, _ height: Double, _ style: String, tip: String? = nil
  ) {
    element(
      "rect", [("x", x), ("y", y), ("width", max(0, width)), ("height", max(0, height))], style, tip: tip)
  }

  /// - Parameters:
  ///   - y: The base line.
  ///   - angle: In degrees, clockwise.
  ///   - tip: Shown under the pointer.
  mutating func text(
    _ text: String, _ x: Double, _ y: Double, _ style: String, anchor: Anchor = .start, angle: Double = 0,
    tip: String? = nil
  ) {
    let place =
      angle == 0
      ? #"x="\#(Self.number(x))" y="\#(Self.number(y))""#
      : #"transform="translate(\#(Self.number(x)) \#(Self.number(y))) rotate(\#(Self.number(angle)))""#
    let anchor = anchor == .start ? "" : #" text-anchor="\#(anchor.rawValue)""#
    elements += #"<text class="\#(style)" \#(place)\#(anchor)>\#(Self.tip(tip))"#
    elements += "\(Markup.escaped(text, inAttribute: false))</text>\n"
  }

  /// - Parameter data: Commands of the SVG path language, made by ``Path``.
  mutating func path(_ data: Path, _ style: String, tip: String? = nil) {
    guard !data.text.isEmpty else { return }
    elements +=
      #"<path class="\#(style)" d="\#(data.text)""# + (tip.map { ">\(Self.tip($0))</path>" } ?? "/>") + "\n"
  }

  /// Elements that belong together, with one text under the pointer.
  mutating func group(tip: String, _ style: String = "", _ content: (inout Drawing) -> Void) {
    elements += style.isEmpty ? "<g>" : #"<g class="\#(style)">"#
    elements += Self.tip(tip)
    content(&self)
    elements += "</g>\n"
  }

  private mutating func element(
    _ name: String, _ attributes: [(String, Double)], _ style: String, tip: String? = nil
  ) {
    elements += #"<\#(name) class="\#(style)""#
    for (key, value) in attributes { elements += #" \#(key)="\#(Self.number(value))""# }
    elements += (tip.map { ">\(Self.tip($0))</\(name)>" } ?? "/>") + "\n"
  }

  private static func tip(_ text: String?) -> String {
    text.map { "<title>\(Markup.escaped($0, inAttribute: false))</title>" } ?? ""
  }

  /// A coordinate, to a hundredth of a pixel. What is no number has no place; it is kept out before.
  static func number(_ value: Double) -> String {
    guard value.isFinite, abs(value) < 1e9 else { return "0" }
    let hundredths = Int((value * 100).rounded())
    if hundredths.isMultiple(of: 100) { return "\(hundredths / 100)" }
    let fraction = hundredths.magnitude % 100
    let digits =
      fraction.isMultiple(of: 10) ? "\(fraction / 10)" : fraction < 10 ? "0\(fraction)" : "\(fraction)"
    return "\(hundredths < 0 ? "-" : "")\(hundredths.magnitude / 100).\(digits)"
  }
}

/// The outline of a shape.
struct Path: Hashable, Sendable {
  private(set) var text = ""

  mutating func move(_ x: Double, _ y: Double) { text += "M\(Drawing.number(x)) \(Drawing.number(y))" }
  mutating func line(_ x: Double, _ y: Double) { text += "L\(Drawing.number(x)) \(Drawing.number(y))" }
  mutating func close() { text += "Z" }

  /// Another shape beside this one.
  mutating func add(_ other: Path) { text += other.text }

  /// From its upper left corner.
  static func square(_ x: Double, _ y: Double, _ size: Double) -> Path {
    let (plus, minus) = (Drawing.number(size), Drawing.number(-size))
    var path = Path()
    path.move(x, y)
    path.text += "h\(plus)v\(plus)h\(minus)Z"
    return path
  }

  /// Straight lines through the points.
  static func through(_ points: [(x: Double, y: Double)], isClosed: Bool = false) -> Path {
    var path = Path()
    for (index, point) in points.enumerated() {
      if index == 0 { path.move(point.x, point.y) } else { path.line(point.x, point.y) }
    }
    if isClosed, !points.isEmpty { path.close() }
    return path
  }

  /// A circle as two arcs.
  static func circle(_ x: Double, _ y: Double, _ radius: Double) -> Path {
    let (r, d) = (Drawing.number(radius), Drawing.number(2 * radius))
    var path = Path()
    path.move(x - radius, y)
    path.text += "a\(r) \(r) 0 1 0 \(d) 0a\(r) \(r) 0 1 0 -\(d) 0Z"
    return path
  }
}
