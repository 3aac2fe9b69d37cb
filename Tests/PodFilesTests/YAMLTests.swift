import PodFiles
import Profiles
import Testing

@Suite("YAML within bounds")
struct YAMLTests {
  /// A value without its places.
  private static func shown(_ node: YAMLNode) -> String {
    switch node.content {
    case .null: "null"
    case .bool(let value): "\(value)"
    case .number(let text): "#" + text
    case .string(let text): "'\(text)'"
    case .sequence(let elements): "[" + elements.map(shown).joined(separator: ", ") + "]"
    case .mapping(let members):
      "{" + members.map { "\($0.key): \(shown($0.value))" }.joined(separator: ", ") + "}"
    }
  }

  private static func read(_ text: String) throws -> [String] {
    try YAMLReader.documents(Array(text.utf8), source: "f").map(shown)
  }

  @Test(
    "means what Kubernetes takes it for",
    arguments: [
      ("a: 1", ["{a: #1}"]),
      ("a: yes\nb: 'yes'\nc: off\nd: n", ["{a: true, b: 'yes', c: false, d: false}"]),
      ("a: ~\nb:\nc: null\nd: ''", ["{a: null, b: null, c: null, d: ''}"]),
      (
        "a: [0x1f, 1.5, -3, .inf, 1e3, 1_000, 0b1, 0o7]",
        ["{a: [#0x1f, #1.5, #-3, #.inf, #1e3, #1_000, #0b1, #0o7]}"]
      ),
      ("a: [1.2.3, 0xg, -, 1d, e5, .]", ["{a: ['1.2.3', '0xg', '-', '1d', 'e5', '.']}"]),
      ("a: !!str 5", ["{a: '5'}"]),
      ("x\n---\nz\n", ["'x'", "'z'"]),
      ("---\n---\n", ["null", "null"]),
      ("", []), ("# nothing\n", []),
      (#"{"a": ["b", true, null, 1.0]}"#, ["{a: ['b', true, null, #1.0]}"]),
      // Anchors.
      ("a: &x {b: 1}\nc: *x", ["{a: {b: #1}, c: {b: #1}}"]),
      ("a: &x 1\nb: &x 2\nc: *x", ["{a: #1, b: #2, c: #2}"]),
      ("a: [&x b, *x]\n*x : z", ["{a: ['b', 'b'], b: 'z'}"]),
      ("a: &x {b: 1, c: 2}\nd: {<<: *x, b: 3}", ["{a: {b: #1, c: #2}, d: {b: #3, c: #2}}"]),
      (
        "a: &x {b: 1}\nc: &y {b: 2, d: 3}\ne: {<<: [*x, *y]}",
        ["{a: {b: #1}, c: {b: #2, d: #3}, e: {b: #1, d: #3}}"]
      ),
      ("a: {'<<': 1}", ["{a: {<<: #1}}"]),
      // Stars that are no aliases.
      (
        "a: 'rm *x'\nb: rm *x*y\nc: |\n  *x *\n  **\nd: \"*\"",
        ["{a: 'rm *x', b: 'rm *x*y', c: '*x *\n**\n', d: '*'}"]
      ),
      ("a: \u{e000}*\u{e001}b", ["{a: '\u{e000}*\u{e001}b'}"]),
    ])
  func meaning(_ text: String, _ expected: [String]) throws {
    #expect(try Self.read(text) == expected)
  }

  @Test(
    "that is wrong is one error with the place",
    arguments: [
      ("a: b: c", "f:1:5: $: expected YAML, found mapping values are not allowed in this context"),
      ("a: *x", "f:1:4: $: expected an anchor &x above this alias, found none"),
      ("a: &x 1\n---\nb: *x", "f:3:4: $: expected an anchor &x above this alias, found none"),
      ("a: &x [*x]", "f:1:8: $: expected an anchor &x above this alias, found none"),
      ("a: *x y", "f:1:4: $: expected the name of an anchor after *, found \"x y\""),
      (
        "a: */5",
        "f:1:5: $: expected YAML, found while scanning an alias: did not find expected alphabetic or numeric character"
      ),
      ("a: 1\nb: 2\na: 3", "f:1:1: $: expected YAML, found the key \"a\" twice"),
      ("x: &k a\na: 1\n*k : 2", "f:3:1: $: expected each key once, found the key \"a\" twice"),
      ("? [a]\n: b", "f:1:3: $: expected a word as key, found a list or mapping"),
      ("<<: 1", "f:1:5: $: expected a mapping to merge, found the number 1"),
      (
        "a: \"b",
        "f:1:6: $: expected YAML, found while scanning a quoted scalar: found unexpected end of stream"
      ),
      ("a: \u{0}", "f: expected YAML, found control characters are not allowed"),
    ])
  func faults(_ text: String, _ message: String) {
    do throws(ProfileError) {
      let documents = try YAMLReader.documents(Array(text.utf8), source: "f")
      Issue.record("read as \(documents.map(Self.shown))")
    } catch {
      #expect(error.description == message)
    }
  }

  @Test("Ten thousand million values in seven lines are refused before they are made, as values and as a key")
  func bomb() {
    var lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    for level in 1...9 {
      let aliases = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
      lines.append("a\(level): &a\(level) [\(aliases)]")
    }
    for text in [
      lines,
      Array(lines[..<5]) + ["? {*a4 : *a4}\n: x", "b: [*a4, *a4, *a4, *a4, *a4, *a4, *a4, *a4, *a4, *a4]"],
    ] {
      #expect { try Self.read(text.joined(separator: "\n")) } throws: { "\($0)".hasPrefix("f:") }
    }
  }

  @Test("What is within the bound is read, and what is one more is not")
  func weight() throws {
    // A list of n aliases of a list of 999: n * 1000 values and a few.
    func text(_ count: Int) -> String {
      let inner = Array(repeating: "x", count: 999).joined(separator: ",")
      return "[&a [\(inner)], " + Array(repeating: "*a", count: count - 1).joined(separator: ",") + "]"
    }
    let bound = YAMLReader.weightLimit
    #expect(
      try YAMLReader.documents(Array(text(bound / 1000 - 1).utf8), source: "f")[0].weight == bound - 999)
    #expect { try Self.read(text(bound / 1000)) } throws: { "\($0)".contains("at most 1000000 values") }
  }

  @Test("Depth is bounded, through aliases as well, and far beyond what a stack would bear")
  func depth() throws {
    func nested(_ depth: Int, _ core: String = "x") -> String {
      String(repeating: "[", count: depth - 1) + core + String(repeating: "]", count: depth - 1)
    }
    #expect(try YAMLReader.documents(Array(nested(100).utf8), source: "f")[0].depth == 100)
    #expect { try Self.read(nested(101)) } throws: { "\($0)".contains("at most 100 values in one another") }
    #expect { try Self.read(nested(1_000_000)) } throws: {
      "\($0)".contains("too many values in one another")
    }
    let chain = "a: &a \(nested(60))\nb: \(nested(60, "*a"))"
    #expect { try Self.read(chain) } throws: { "\($0)".contains("at most 100 values in one another") }
  }

  @Test("Too large a text, and one that is no UTF-8, are refused")
  func bytes() {
    let large = [UInt8](repeating: 0x20, count: YAMLReader.sizeLimit + 1)
    #expect { try YAMLReader.documents(large, source: "f") } throws: {
      "\($0)" == "f: expected at most 4194304 bytes (4 MiB) of YAML, found 4194305 bytes"
    }
    #expect { try YAMLReader.documents([0x61, 0xff], source: "f") } throws: {
      "\($0)" == "f: expected YAML in UTF-8, found bytes that are no UTF-8"
    }
  }
}
