import Foundation
import FoundationXML
import Testing

/// A document read by a strict reader, and what a page of ours must not have.
final class StrictMarkup: NSObject, XMLParserDelegate {
  struct Element {
    var name: String
    var attributes: [String: String]
    /// Names from the root down to its parent.
    var path: [String]
    var text = ""
  }

  private(set) var elements: [Element] = []
  private var open: [Int] = []

  /// Parses it. A document that is not well-formed ends the test.
  init(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    super.init()
    let parser = XMLParser(data: Data(text.utf8))
    parser.delegate = self
    let isSound = parser.parse()
    try #require(
      isSound, "line \(parser.lineNumber): \(String(describing: parser.parserError))",
      sourceLocation: sourceLocation)
  }

  func all(_ name: String) -> [Element] { elements.filter { $0.name == name } }

  /// All text, in the order of the elements' starts.
  var text: String { elements.map(\.text).joined(separator: "\n") }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    open.append(elements.count)
    elements.append(
      Element(name: name, attributes: attributes, path: open.dropLast().map { elements[$0].name }))
  }

  func parser(_ parser: XMLParser, didEndElement: String, namespaceURI: String?, qualifiedName: String?) {
    open.removeLast()
  }

  func parser(_ parser: XMLParser, foundCharacters text: String) {
    if let last = open.last { elements[last].text += text }
  }

  /// Nothing is run, fetched or referred to; no number is none; no element is beyond those that our templates and
  /// pictures are made of.
  func expectHarmless(sourceLocation: SourceLocation = #_sourceLocation) {
    let known: Set<String> = [
      "html", "head", "meta", "title", "link", "style", "body", "main", "header", "p", "span", "h1", "h2",
      "h3", "dl",
      "div", "dt", "dd", "section", "footer", "code", "strong", "ul", "li", "table", "caption", "thead",
      "tbody", "tr",
      "th", "td", "figure", "figcaption", "pre", "article", "details", "summary", "svg", "desc", "g", "line",
      "rect",
      "text", "path",
    ]
    for element in elements {
      #expect(known.contains(element.name), "an element <\(element.name)>", sourceLocation: sourceLocation)
      for (name, value) in element.attributes {
        #expect(!name.lowercased().hasPrefix("on"), "\(element.name) \(name)", sourceLocation: sourceLocation)
        #expect(
          !["src", "style", "xlink:href", "action"].contains(name), "\(element.name) \(name)",
          sourceLocation: sourceLocation)
        if name == "href" { #expect(value == "data:,", sourceLocation: sourceLocation) }
        if element.path.contains("svg") || element.name == "svg" {
          let isNumber = !value.contains("nan") && !value.contains("inf")
          #expect(isNumber, "\(element.name) \(name)=\(value)", sourceLocation: sourceLocation)
        }
      }
      if element.name == "style" {
        #expect(
          !element.text.contains("url(") && !element.text.contains("@import"), sourceLocation: sourceLocation)
      }
    }
  }
}
