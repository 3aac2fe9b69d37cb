import Foundation
import Testing

/// docs/claims.md, taken apart.
struct ClaimsDocument {
  static let corpus = Repository.root + "/Corpus/claims"

  /// A row of a table.
  struct Row: Sendable {
    var name: String
    var verdict: String
  }

  /// A command of a fenced block and what it prints. Where a line is `…` any lines may stand, where a line has `…` any text.
  struct Command: Sendable, CustomTestStringConvertible {
    var claim: String
    var words: [String]
    var shown: [String]
    /// The exit status, which stands behind in brackets unless it is 0.
    var status: Int32

    var testDescription: String { "\(claim): \(words.joined(separator: " "))" }
  }

  var rows: [Row] = []
  /// The names of the sections, in order.
  var sections: [String] = []
  var commands: [Command] = []

  static let shared = Result { try ClaimsDocument() }
  /// For tables of arguments; a document that cannot be read is told by the test of the document itself.
  static let commands = (try? shared.get().commands) ?? []

  init() throws {
    let text = try String(contentsOfFile: Repository.root + "/docs/claims.md", encoding: .utf8)
    var block: [String]?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      if line == "```console" {
        block = []
      } else if line == "```", let lines = block {
        commands += Self.commands(lines, of: sections.last ?? "")
        block = nil
      } else if block != nil {
        block?.append(line)
      } else if line.hasPrefix("### ") {
        sections.append(String(line.dropFirst(4)))
      } else if line.hasPrefix("| [") {
        let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
        let name = try #require(cells.first?.split(separator: "]").first?.dropFirst())
        rows.append(Row(name: String(name), verdict: cells.count > 1 ? cells[1] : ""))
      }
    }
  }

  private static func commands(_ lines: [String], of claim: String) -> [Command] {
    var commands: [Command] = []
    for line in lines {
      if line.hasPrefix("$ crosscheck ") {
        let words = line.dropFirst("$ crosscheck ".count).split(separator: " ").map(String.init)
        commands.append(Command(claim: claim, words: words, shown: [], status: 0))
      } else if let status = line.wholeMatch(of: /\[(\d+)\]/), let number = Int32(status.1), !commands.isEmpty
      {
        commands[commands.count - 1].status = number
      } else if !commands.isEmpty {
        commands[commands.count - 1].shown.append(line)
      }
    }
    return commands
  }
}

extension ClaimsDocument.Command {
  /// The first line shown that the output does not have where it should; nil when it has all.
  func missing(in output: String) -> String? {
    var lines = output.split(separator: "\n", omittingEmptySubsequences: false)[...]
    if lines.last == "" { lines.removeLast() }
    var mayLeaveOut = false
    for line in shown {
      if line == "…" {
        mayLeaveOut = true
        continue
      }
      guard
        let index = mayLeaveOut ? lines.firstIndex(where: { Self.matches($0, line) }) : lines.indices.first,
        Self.matches(lines[index], line)
      else { return line }
      lines = lines[(index + 1)...]
      mayLeaveOut = false
    }
    return mayLeaveOut || lines.isEmpty ? nil : "the end, where there is: \(lines.first ?? "")"
  }

  /// Whether a line is the pattern, whose `…` stands for any text.
  static func matches(_ line: Substring, _ pattern: String) -> Bool {
    let parts = pattern.split(separator: "…", omittingEmptySubsequences: false)
    guard parts.count > 1, let first = parts.first, let last = parts.last else { return line == pattern }
    guard line.hasPrefix(first) else { return false }
    var rest = line.dropFirst(first.count)
    for part in parts.dropFirst().dropLast() where !part.isEmpty {
      guard let range = rest.range(of: part) else { return false }
      rest = rest[range.upperBound...]
    }
    return rest.hasSuffix(last)
  }
}
