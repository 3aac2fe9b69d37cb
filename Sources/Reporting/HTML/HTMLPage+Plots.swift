extension HTMLPage {
  /// The pictures alone, each as an SVG file of its own, named after its section.
  package var plots: [(name: String, svg: String)] {
    sections.flatMap { section in
      section.blocks.compactMap { block in
        guard case .figure(let figure) = block else { return nil }
        return (Self.fileName(section.heading), figure.wide.standalone)
      }
    }
  }

  /// Small letters and digits, with hyphens between words.
  private static func fileName(_ heading: String) -> String {
    heading.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }.joined(separator: "-")
      + ".svg"
  }
}
