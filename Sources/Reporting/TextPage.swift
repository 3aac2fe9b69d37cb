/// A text for a terminal, put together piece by piece. Lines are broken at blanks, so that only a word (a path, a
/// signature) that is longer than the page makes a line longer. Whatever a text quotes, of a profile for one, it does
/// nothing to the terminal.
struct TextPage {
  /// Columns; fits a terminal of 80 to 100.
  static let width = 90
  /// Where the text of a labelled entry starts.
  static let labelWidth = 12

  private(set) var lines: [String] = []

  /// The whole text, each line with its end.
  var text: String { lines.map { $0 + "\n" }.joined() }

  /// A line as it is, without breaking.
  mutating func line(_ text: String) { append(text) }

  private mutating func append(_ text: String) { lines.append(text.harmless) }

  mutating func blank() { lines.append("") }

  /// A section: a blank line and its name.
  mutating func heading(_ text: String) {
    blank()
    line(text)
  }

  /// Text after an indentation; further lines are indented by `hanging` more.
  mutating func paragraph(_ text: String, indent: Int = 2, hanging: Int = 0) {
    let text = text.harmless
    let first = String(repeating: " ", count: indent)
    let other = String(repeating: " ", count: indent + hanging)
    var current = first
    var isEmpty = true
    for word in text.split(separator: " ") {
      if !isEmpty, current.count + 1 + word.count > Self.width {
        append(current)
        current = other
        isEmpty = true
      }
      if !isEmpty { current += " " }
      current += word
      isEmpty = false
    }
    append(current)
  }

  /// A labelled text: the label, then the text, broken under itself.
  mutating func entry(_ label: String, _ text: String) {
    let start = lines.count
    paragraph(text, indent: Self.labelWidth)
    lines[start] = ("  " + label).filled(to: Self.labelWidth) + lines[start].dropFirst(Self.labelWidth)
  }

  /// Rows of cells in columns; those in `rightAligned` are numbers.
  mutating func table(_ rows: [[String]], indent: Int = 2, rightAligned: Set<Int>) {
    let rows = rows.map { $0.map(\.harmless) }
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in
      rows.map { $0.indices.contains(column) ? $0[column].count : 0 }.max() ?? 0
    }
    for row in rows {
      let cells = row.indices.map { column in
        rightAligned.contains(column)
          ? row[column].filledLeft(to: widths[column]) : row[column].filled(to: widths[column])
      }
      var text = String(repeating: " ", count: indent) + cells.joined(separator: "  ")
      while text.last == " " { text.removeLast() }
      append(text)
    }
  }
}

extension String {
  /// With blanks behind, up to `width`.
  func filled(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }

  /// With blanks before, up to `width`.
  func filledLeft(to width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }

  /// The first letter as a capital.
  var capitalised: String { prefix(1).uppercased() + dropFirst() }
}
