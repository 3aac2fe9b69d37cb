import Glibc
import ProfileFiles
import Profiles
import Testing

/// One line of Corpus/malformed/expected.tsv.
struct Malformed: Sendable, CustomTestStringConvertible {
  var name: String
  var path: String
  var words: String

  var testDescription: String { name }

  static let all: [Malformed] = {
    guard let bytes = try? ProfileFile.bytes(of: Repository.malformed + "/expected.tsv") else { return [] }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map { line in
      let columns = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      return columns.count == 3
        ? Malformed(name: columns[0], path: columns[1], words: columns[2])
        : Malformed(name: "", path: "", words: String(line))
    }
  }()
}

@Suite("Malformed profiles")
struct MalformedTests {
  @Test("each file of Corpus/malformed has one line in expected.tsv, and there are at least 60")
  func tableIsWhole() {
    let files = Repository.names(in: Repository.malformed, suffix: ".json").map { String($0.dropLast(5)) }
      .sorted()
    #expect(files == Malformed.all.map(\.name).sorted())
    #expect(files.count >= 60)
  }

  @Test("each gives one error of one line, with the path and the words expected", arguments: Malformed.all)
  func oneError(expected: Malformed) throws {
    let file = "\(Repository.malformed)/\(expected.name).json"
    let error = try #require(throws: ProfileError.self) { try ProfileFile.read(file) }
    #expect(error.source == file)
    #expect(error.path == expected.path)
    let message = error.description
    #expect(message.hasPrefix(file + ":"))
    #expect(message.contains(expected.words), "\(message)")
    #expect(message.contains(" expected ") && message.contains(", found "))
    #expect(!message.unicodeScalars.contains { $0.value < 0x20 })
    #expect(message.utf8.count < file.utf8.count + 1000)
  }

  @Test(
    "the position is that of the value at fault, of the object that lacks a field, or of the stray byte",
    arguments: [
      ("entry-action-unknown", 5, 36), ("default-action-null", 1, 19), ("duplicate-key", 3, 3),
      ("arg-without-op", 4, 63),
      ("value-2-to-64", 4, 85), ("garbage-after", 1, 36), ("deep-arrays", 1, 129), ("only-whitespace", 3, 1),
      ("newline-in-string", 1, 29), ("docker-both-architectures", 4, 14),
    ])
  func position(name: String, line: Int, column: Int) throws {
    let error = try #require(throws: ProfileError.self) {
      try ProfileFile.read("\(Repository.malformed)/\(name).json")
    }
    #expect(error.position == SourcePosition(line: line, column: column))
  }

  @Test("every proper prefix of a profile is an error, never a shorter profile")
  func prefixes() throws {
    let bytes = try ProfileFile.bytes(of: Repository.profiles + "/dangerous-calls.json")
    let end = try #require(bytes.lastIndex(of: UInt8(ascii: "}")))
    for length in 0...end {
      #expect(throws: ProfileError.self) {
        try ProfileReader.read(Array(bytes[..<length]), source: "prefix of \(length)")
      }
    }
  }
}
