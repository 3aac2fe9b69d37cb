import Conformance
import Foundation
import FoundationXML
import Reporting
import Testing

/// An XML document as a tree.
private final class Element {
  let name: String
  let attributes: [String: String]
  var children: [Element] = []
  var text = ""

  init(_ name: String, _ attributes: [String: String]) {
    self.name = name
    self.attributes = attributes
  }

  func all(_ name: String) -> [Element] { children.filter { $0.name == name } }
}

private final class TreeBuilder: NSObject, XMLParserDelegate {
  private var open: [Element] = []
  private(set) var root: Element?

  static func parse(_ text: String) throws -> Element {
    let builder = TreeBuilder()
    let parser = XMLParser(data: Data(text.utf8))
    parser.delegate = builder
    try #require(parser.parse(), "\(String(describing: parser.parserError)) in line \(parser.lineNumber)")
    return try #require(builder.root)
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    let element = Element(name, attributes)
    open.last?.children.append(element)
    if root == nil { root = element }
    open.append(element)
  }

  func parser(_ parser: XMLParser, didEndElement: String, namespaceURI: String?, qualifiedName: String?) {
    open.removeLast()
  }

  func parser(_ parser: XMLParser, foundCharacters text: String) { open.last?.text += text }
}

@Suite("A suite's report as JUnit XML")
struct JUnitTests {
  private static func suite() throws -> Element {
    let root = try TreeBuilder.parse(JUnitXML(Samples.suite).text)
    #expect(root.name == "testsuites")
    return try #require(root.all("testsuite").first)
  }

  @Test("reads back: counts, names, groups and times in seconds")
  func readsBack() throws {
    let suite = try Self.suite()
    #expect(
      suite.attributes == [
        "name": "sample-suite", "tests": "7", "failures": "3", "errors": "1", "skipped": "1",
        "time": "72.512",
      ])
    let cases = suite.all("testcase")
    #expect(cases.map { $0.attributes["name"] } == Samples.suite.results.map(\.name))
    #expect(cases.first?.attributes["classname"] == "sample-suite.first")
    #expect(
      cases.map { $0.attributes["time"] } == [
        "0.010", "1.500", "0.000", "0.000", "10.000", "0.001", "61.001",
      ])
  }

  @Test("has the properties, and the warnings' count")
  func properties() throws {
    let properties = try Self.suite().all("properties").flatMap { $0.all("property") }
    #expect(properties.map { $0.attributes["name"] } == ["runtime", "kernel", "warnings"])
    #expect(
      properties.map { $0.attributes["value"] } == ["a \"runtime\" <1 & 2>", "6.18\n# not a line", "1"])
  }

  @Test("has the element of each verdict, with reason and diagnostics")
  func verdicts() throws {
    let cases = try Self.suite().all("testcase")
    #expect(
      cases.map { $0.children.map(\.name) } == [
        [], ["failure"], ["system-out"], ["skipped"], ["failure"], ["error"], ["failure"],
      ])
    let failure = try #require(cases[1].children.first)
    // XML has no NUL and no escape character.
    #expect(failure.attributes["message"] == "expected <a> & \"b\"\u{fffd}\u{fffd}, # found\nnothing")
    #expect(failure.attributes["type"] == "fail")
    #expect(failure.text == "one\n]]> & <two>\r\n\tnot ok 7 fails")
    #expect(cases[2].children.first?.text == "warning: other than most\nünïcode \u{1f980}")
    #expect(cases[3].children.first?.attributes["message"] == "no file")
    #expect(cases[4].children.first?.attributes["type"] == "timeout")
  }
}
