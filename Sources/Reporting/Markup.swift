/// Text inside XML and HTML.
enum Markup {
  /// XML 1.0, 2.2 and 2.4: what does not stand for itself, as a reference. Characters that XML does not have at all,
  /// such as NUL, become the replacement character; line ends in attributes would be read as blanks, and are written as
  /// references.
  ///
  /// Scalar by scalar: a combining mark behind a quotation mark makes one Character of both, which is not the
  /// quotation mark to a search by Characters, but is one to every parser.
  static func escaped(_ text: String, inAttribute isAttribute: Bool = true) -> String {
    var result = String.UnicodeScalarView()
    result.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result.append(contentsOf: "&amp;".unicodeScalars)
      case "<": result.append(contentsOf: "&lt;".unicodeScalars)
      case ">": result.append(contentsOf: "&gt;".unicodeScalars)
      case "\"" where isAttribute: result.append(contentsOf: "&quot;".unicodeScalars)
      case "'" where isAttribute: result.append(contentsOf: "&#39;".unicodeScalars)
      case "\t" where isAttribute, "\n" where isAttribute, "\r":
        result.append(contentsOf: "&#\(scalar.value);".unicodeScalars)
      case "\t", "\n": result.append(scalar)
      case "\0"..<" ", "\u{fffe}", "\u{ffff}": result.append("\u{fffd}")
      default: result.append(scalar)
      }
    }
    return String(result)
  }
}
