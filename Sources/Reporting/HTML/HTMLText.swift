/// A piece of running text: words, code, emphasis. It is plain values; what is written into a page is escaped there.
package struct HTMLText: Hashable, Sendable, ExpressibleByStringInterpolation {
  package enum Run: Hashable, Sendable {
    case words(String)
    /// Names, commands, paths: set in a fixed width, and broken anywhere when they must be.
    case code(String)
    case strong(String)
  }

  package var runs: [Run]

  package init(_ runs: [Run]) { self.runs = runs }
  package init(_ words: String) { runs = [.words(words)] }
  package init(stringLiteral words: String) { runs = [.words(words)] }

  /// Text in which code stands between grave accents, as in Markdown; one without its second stands for itself.
  package init(marking text: String) {
    let parts = text.split(separator: "`", omittingEmptySubsequences: false).map(String.init)
    guard !parts.count.isMultiple(of: 2) else {
      runs = [.words(text)]
      return
    }
    runs = parts.enumerated().filter { !$1.isEmpty }.map {
      $0.isMultiple(of: 2) ? .words($1) : .code($1)
    }
  }

  package static func code(_ text: String) -> HTMLText { HTMLText([.code(text)]) }
  package static func strong(_ text: String) -> HTMLText { HTMLText([.strong(text)]) }

  package static func + (left: HTMLText, right: HTMLText) -> HTMLText { HTMLText(left.runs + right.runs) }

  /// Without its forms.
  package var plain: String {
    runs.map { run in
      switch run {
      case .words(let text), .code(let text), .strong(let text): text
      }
    }.joined()
  }
}
