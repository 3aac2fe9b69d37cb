/// How wide a text becomes. The reader's font is not known here, so that this is an estimate: that of a wide one
/// (DejaVu Sans, which Linux machines fall back to), lest labels meet.
enum TextWidth {
  /// In pixels, for a font size in pixels.
  static func of(_ text: String, size: Double) -> Double {
    text.unicodeScalars.reduce(0) { $0 + share(of: $1) } * size
  }

  /// In units of the font size.
  private static func share(of scalar: Unicode.Scalar) -> Double {
    switch scalar {
    case "i", "j", "l", "'", "|": 0.29
    case " ", ".", ",", ":", ";", "!", "I", "/": 0.34
    case "f", "t", "r", "(", ")", "[", "]", "-": 0.41
    case "m", "w", "M", "W", "%", "@": 0.95
    case "A"..."Z", "+", "=", "<", ">", "±", "−": 0.72
    case "\u{300}"..."\u{36f}", "\u{200b}"..."\u{200f}": 0
    case "\u{2e80}"...: 1.1
    default: 0.62
    }
  }

  /// The text, or as much of it as fits with `…` behind.
  static func fitted(_ text: String, size: Double, into width: Double) -> String {
    guard of(text, size: size) > width else { return text }
    var kept = text
    while !kept.isEmpty, of(kept + "…", size: size) > width { kept.removeLast() }
    return kept + "…"
  }

  /// The text in lines that fit, broken at blanks.
  static func lines(_ text: String, size: Double, into width: Double) -> [String] {
    var lines: [String] = []
    for word in text.split(separator: " ") {
      if let last = lines.last, of("\(last) \(word)", size: size) <= width {
        lines[lines.count - 1] = "\(last) \(word)"
      } else {
        lines.append(fitted(String(word), size: size, into: width))
      }
    }
    return lines
  }
}
