extension CaseObservation {
  /// What the runtime said last, in one line of at most 200 characters: of a structured line (logfmt, JSON) the message
  /// alone, because times and places in it differ from run to run.
  var lastWords: String {
    let lines = errors.split(whereSeparator: \.isNewline)
    guard let line = lines.last(where: { !$0.allSatisfy(\.isWhitespace) }) else { return "it said nothing" }
    let message = Self.message(in: line) ?? String(line)
    return message.count > 200 ? message.prefix(200) + "…" : message
  }

  /// The value of `msg`, without its quotes.
  private static func message(in line: Substring) -> String? {
    for key in [#" msg=""#, #""msg":""#] {
      guard let start = line.firstRange(of: key)?.upperBound else { continue }
      var message = ""
      var isEscaped = false
      for character in line[start...] {
        if isEscaped {
          message.append(character == "n" ? " " : character)
          isEscaped = false
        } else if character == "\\" {
          isEscaped = true
        } else if character == "\"" {
          return message
        } else {
          message.append(character)
        }
      }
      return message
    }
    return nil
  }
}
