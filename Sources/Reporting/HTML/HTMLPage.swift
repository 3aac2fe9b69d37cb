package import Foundation

/// A page for a browser, whole in one file: nothing is fetched, nothing runs. The main answer stands first, in one
/// sentence.
package struct HTMLPage: Hashable, Sendable {
  /// How the answer is meant; it has a sign and a word, not only a colour.
  package enum Tone: String, Hashable, Sendable {
    case good, bad
    /// Neither: a measurement.
    case neutral
  }

  /// `crosscheck check`: what made the page, above the answer and in the window's title.
  package var command: String
  /// What it is about: the profile's name.
  package var subject: String
  /// The answer, a sentence.
  package var answer: String
  package var tone: Tone
  /// Below the answer: what it rests on.
  package var lead: [HTMLText]
  /// What, when, where.
  package var facts: DefinitionTable
  package var sections: [HTMLSection]
  /// When the page was written.
  package var written: Date

  package init(
    command: String, subject: String, answer: String, tone: Tone, lead: [HTMLText] = [],
    facts: DefinitionTable = DefinitionTable([]), sections: [HTMLSection], written: Date
  ) {
    self.command = command
    self.subject = subject
    self.answer = answer
    self.tone = tone
    self.lead = lead
    self.facts = facts
    self.sections = sections
    self.written = written
  }

  /// The page's text, well-formed as HTML and as XML.
  package func rendered() -> String { HTMLTemplates.page(self) }

  /// What could not be done, each with its reason; nil where there is nothing to say. A check that did not run is no
  /// pass, so that this stands in the open.
  package static func skips(_ reasons: [String]) -> HTMLSection? {
    guard !reasons.isEmpty else { return nil }
    return HTMLSection(
      "Not done, and why",
      [.prose("A check that did not run is no pass."), .list(reasons.map { HTMLText($0) })])
  }
}

/// A part of a page under its heading.
package struct HTMLSection: Hashable, Sendable {
  package var heading: String
  package var blocks: [HTMLBlock]

  package init(_ heading: String, _ blocks: [HTMLBlock]) {
    self.heading = heading
    self.blocks = blocks
  }
}

package indirect enum HTMLBlock: Hashable, Sendable {
  case prose(HTMLText)
  case list([HTMLText])
  case definitions(DefinitionTable)
  case table(DataTable)
  case figure(HTMLFigure)
  /// Lines for a terminal or from one, as they are.
  case code(String)
  case finding(HTMLFinding)
  /// Blocks behind a line that opens them; printed open.
  case details(String, [HTMLBlock])
  /// The same for what only a screen is for, because it is long or stands elsewhere in another form; not printed.
  case appendix(String, [HTMLBlock])
}

/// Terms and what is to be said to them.
package struct DefinitionTable: Hashable, Sendable {
  package struct Entry: Hashable, Sendable {
    package var term: String
    /// A line each.
    package var texts: [HTMLText]
  }

  package var entries: [Entry]

  package init(_ entries: [(String, HTMLText)]) {
    self.entries = entries.map { Entry(term: $0.0, texts: [$0.1]) }
  }

  package mutating func add(_ term: String, _ texts: [HTMLText]) {
    entries.append(Entry(term: term, texts: texts))
  }
}

/// Rows of cells under headings. A wide one is moved within its own box.
package struct DataTable: Hashable, Sendable {
  package enum Alignment: Hashable, Sendable {
    case text
    /// To the right, with digits of one width.
    case number
  }

  package struct Column: Hashable, Sendable {
    package var name: String
    package var alignment: Alignment

    package static func text(_ name: String) -> Column { Column(name: name, alignment: .text) }
    package static func number(_ name: String) -> Column { Column(name: name, alignment: .number) }
  }

  package struct Row: Hashable, Sendable {
    package var cells: [HTMLText]
    /// Whether it is the kind of row that one looks for: a difference.
    package var isMarked: Bool

    package init(_ cells: [HTMLText], isMarked: Bool = false) {
      self.cells = cells
      self.isMarked = isMarked
    }
  }

  package var caption: String?
  package var columns: [Column]
  package var rows: [Row]

  package init(caption: String? = nil, _ columns: [Column], _ rows: [Row]) {
    self.caption = caption
    self.columns = columns
    self.rows = rows
  }
}

/// A picture with its caption, drawn for wide windows and again for narrow ones: one that is made smaller as a whole
/// cannot be read.
package struct HTMLFigure: Hashable, Sendable {
  package static let wideWidth = 960.0
  package static let narrowWidth = 344.0

  package var wide: Drawing
  package var narrow: Drawing
  package var caption: HTMLText

  /// - Parameter drawing: The picture at a width in pixels.
  package init(caption: HTMLText, _ drawing: (Double) -> Drawing) {
    self.caption = caption
    wide = drawing(Self.wideWidth)
    narrow = drawing(Self.narrowWidth)
  }
}

/// One finding: what differs, the case that shows it, how to see it again.
package struct HTMLFinding: Hashable, Sendable {
  /// `new`, `known`, `failed`: a word before the headline.
  package var label: String
  /// Whether nothing explains it yet.
  package var isNew: Bool
  package var headline: String
  package var blocks: [HTMLBlock]

  package init(label: String, isNew: Bool, headline: String, blocks: [HTMLBlock]) {
    self.label = label
    self.isNew = isNew
    self.headline = headline
    self.blocks = blocks
  }
}
