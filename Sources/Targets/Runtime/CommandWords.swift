/// Words of a command, split as a shell's reader would quote and split them, with nothing expanded.
package enum CommandWords {
  package enum Failure: Error, Hashable, CustomStringConvertible {
    case openQuote(Character)
    case openBackslash
    case shellCharacter(Character)

    package var description: String {
      switch self {
      case .openQuote(let quote): "the quote \(quote) is not closed"
      case .openBackslash: "it ends with a backslash"
      case .shellCharacter(let character):
        "there is no shell that could read the \(character); quote it if the runtime shall have it"
      }
    }
  }

  /// What a shell would not take as part of a word.
  private static let shellCharacters = Set<Character>("|&;<>()$`")

  package static func split(_ text: String) throws(Failure) -> [String] {
    var words: [String] = []
    var word: String?
    var quote: Character?
    var rest = text.makeIterator()
    while let character = rest.next() {
      switch (quote, character) {
      case ("'"?, "'"), ("\""?, "\""): quote = nil
      case ("'"?, _): word?.append(character)
      case ("\""?, "\\"):
        guard let next = rest.next() else { throw .openQuote("\"") }
        // Within double quotes a backslash escapes these only.
        if !"\"\\$`".contains(next) { word?.append("\\") }
        word?.append(next)
      case ("\""?, "$"), ("\""?, "`"): throw .shellCharacter(character)
      case ("\""?, _): word?.append(character)
      case (_, "'"), (_, "\""):
        quote = character
        word = word ?? ""
      case (_, "\\"):
        guard let next = rest.next() else { throw .openBackslash }
        word = (word ?? "") + String(next)
      case (_, " "), (_, "\t"), (_, "\n"):
        if let complete = word { words.append(complete) }
        word = nil
      case _ where shellCharacters.contains(character): throw .shellCharacter(character)
      default: word = (word ?? "") + String(character)
      }
    }
    if let quote { throw .openQuote(quote) }
    if let complete = word { words.append(complete) }
    return words
  }
}
