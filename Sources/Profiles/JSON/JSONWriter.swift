/// Writes a JSON tree: two spaces of indentation, members in the order given, arrays and objects without
/// content or of one scalar on one line. The same tree always gives the same text.
package enum JSONWriter {
  /// The text of `value`, ending with a newline.
  package static func text(_ value: JSONValue) -> String {
    var text = ""
    write(value, indent: 0, to: &text)
    return text + "\n"
  }

  // Recursion is safe here: what is written was read within the depth limit or built by this program.
  private static func write(_ value: JSONValue, indent: Int, to text: inout String) {
    switch value {
    case .null: text += "null"
    case .bool(let value): text += value ? "true" : "false"
    case .number(let number): text += number.text
    case .string(let string): text += JSONText.quoted(string)
    case .array(let elements):
      writeList(elements, in: ("[", "]"), isShort: elements.count == 1 && elements[0].isScalar, indent, &text)
      {
        write($0.value, indent: $1, to: &$2)
      }
    case .object(let members):
      writeList(members, in: ("{", "}"), isShort: false, indent, &text) {
        $2 += JSONText.quoted($0.key) + ": "
        write($0.node.value, indent: $1, to: &$2)
      }
    }
  }

  private static func writeList<Element>(
    _ list: [Element], in brackets: (String, String), isShort: Bool, _ indent: Int, _ text: inout String,
    _ writeOne: (Element, Int, inout String) -> Void
  ) {
    text += brackets.0
    for (index, element) in list.enumerated() {
      if index > 0 { text += "," }
      if !isShort { newLine(indent + 1, &text) }
      writeOne(element, indent + 1, &text)
    }
    if !isShort, !list.isEmpty { newLine(indent, &text) }
    text += brackets.1
  }

  private static func newLine(_ indent: Int, _ text: inout String) {
    text += "\n" + String(repeating: "  ", count: indent)
  }
}

extension JSONNode {
  fileprivate var isScalar: Bool {
    switch value {
    case .array, .object: false
    default: true
    }
  }
}
