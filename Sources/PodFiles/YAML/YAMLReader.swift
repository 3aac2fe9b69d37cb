package import Profiles
import Yams

/// Reads a stream of YAML documents within bounds.
///
/// Yams reads anchors and aliases by putting the anchored value in the place of each alias, compares such values where
/// they are keys, and bounds neither. So it is shown a text in which the star of every alias is another character: it then
/// sees plain words, and aliases are resolved here, where the size of what they stand for is known before it is used.
package enum YAMLReader {
  /// The largest text accepted, in bytes. An object in a cluster is at most 1.5 MiB.
  package static let sizeLimit = 4 * 1024 * 1024
  /// The most values of a document, each alias counted as what it stands for.
  package static let weightLimit = 1_000_000
  /// The deepest document.
  package static let depthLimit = 100

  /// The documents of the stream; `source` is the name that errors give it.
  package static func documents(_ bytes: [UInt8], source: String) throws(ProfileError) -> [YAMLNode] {
    func failure(_ expected: String, _ found: String, _ position: SourcePosition? = nil) -> ProfileError {
      ProfileError(source: source, path: "$", position: position, expected: expected, found: found)
    }
    guard bytes.count <= sizeLimit else {
      throw failure("at most \(sizeLimit) bytes (\(sizeLimit >> 20) MiB) of YAML", "\(bytes.count) bytes")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw failure("YAML in UTF-8", "bytes that are no UTF-8")
    }
    guard let (shown, star) = withoutAliases(text) else {
      throw failure("a text with an unused private character", "all of them")
    }
    do {
      let parser = try Parser(yaml: shown, encoding: .utf8)
      var documents: [YAMLNode] = []
      while let root = try parser.nextRoot() {
        var composer = YAMLComposer(star: star)
        documents.append(try composer.node(root, level: 1))
      }
      return documents
    } catch let fault as YAMLFault {
      throw failure(fault.expected, fault.found, fault.position)
    } catch let error as YamlError {
      let (problem, mark) = words(of: error)
      throw failure(
        "YAML", problem.replacing(String(star), with: "*"),
        mark.map { SourcePosition(line: $0.line, column: $0.column) })
    } catch {
      throw failure("YAML", "\(error)")
    }
  }

  /// The text with another character for each star that can begin an alias, and that character: one that the text does
  /// not use. Columns stay what they are, since Yams counts characters.
  static func withoutAliases(_ text: String) -> (text: String, star: Unicode.Scalar)? {
    let used = Set(text.unicodeScalars.lazy.filter { (0xe000...0xf8ff).contains($0.value) })
    // The private use area: nobody's words.
    let candidates = (UInt32(0xe000)...0xf8ff).lazy.compactMap(Unicode.Scalar.init)
    guard let star = candidates.first(where: { !used.contains($0) }) else { return nil }
    var shown = String.UnicodeScalarView()
    var isStar = false
    for scalar in text.unicodeScalars {
      if isStar { shown.append(YAMLComposer.isNamePart(scalar) ? star : "*") }
      isStar = scalar == "*"
      if !isStar { shown.append(scalar) }
    }
    if isStar { shown.append("*") }
    return (String(shown), star)
  }

  private static func words(of error: YamlError) -> (problem: String, mark: Mark?) {
    switch error {
    case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      // libyaml's words for this name a function of C.
      if problem.hasPrefix("Maximum nesting level") { return ("too many values in one another", mark) }
      return ([context?.text, problem].compactMap(\.self).joined(separator: ": "), mark)
    case .reader(let problem, _, _, _): return (problem, nil)
    case .duplicatedKeysInMapping(let keys, let context):
      return ("the key \(JSONText.quoted(JSONText.shortened(keys.first ?? ""))) twice", context.mark)
    default: return ("\(error)", nil)
    }
  }
}

/// What is wrong with a document, before it has a name.
struct YAMLFault: Error {
  var position: SourcePosition
  var expected: String
  var found: String
}
