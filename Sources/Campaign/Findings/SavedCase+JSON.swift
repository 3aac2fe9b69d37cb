package import Foundation
import ClassicBPF
import Profiles
import SeccompModel

extension SavedCase: Codable {
  private enum Key: String, CodingKey {
    case format, kind, origin, profiles, attributes, witness, answers, stage, filters, versions
    case isSteady
  }

  package init(from decoder: any Decoder) throws {
    let object = try decoder.container(keyedBy: Key.self)
    let format = try object.decode(Int.self, forKey: .format)
    guard format == Self.currentFormat else {
      throw DecodingError.dataCorruptedError(
        forKey: .format, in: object,
        debugDescription: "format \(format) is not the one this version reads, \(Self.currentFormat)")
    }
    kind = try object.decode(FindingKind.self, forKey: .kind)
    origin = try object.decodeIfPresent(OriginJSON.self, forKey: .origin)?.value
    profiles = try object.decode([ProfileJSON].self, forKey: .profiles).map(\.value)
    attributes = try object.decodeIfPresent(AttributesJSON.self, forKey: .attributes)?.value ?? Attributes()
    witness = try object.decodeIfPresent(CallJSON.self, forKey: .witness).map { try $0.value }
    answers = try object.decodeIfPresent(AnswersJSON.self, forKey: .answers).map { try $0.value } ?? Answers()
    stage = try object.decodeIfPresent(CompilerStage.self, forKey: .stage)
    filters = try object.decodeIfPresent([FilterJSON].self, forKey: .filters)?.map { try $0.value } ?? []
    versions = try object.decode(Versions.self, forKey: .versions)
    isSteady = try object.decodeIfPresent(Bool.self, forKey: .isSteady) ?? true
  }

  package func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: Key.self)
    try object.encode(Self.currentFormat, forKey: .format)
    try object.encode(kind, forKey: .kind)
    try object.encodeIfPresent(origin.map(OriginJSON.init), forKey: .origin)
    try object.encode(profiles.map(ProfileJSON.init), forKey: .profiles)
    try object.encode(AttributesJSON(attributes), forKey: .attributes)
    try object.encodeIfPresent(witness.map(CallJSON.init), forKey: .witness)
    try object.encode(AnswersJSON(answers), forKey: .answers)
    try object.encodeIfPresent(stage, forKey: .stage)
    try object.encode(filters.map(FilterJSON.init), forKey: .filters)
    try object.encode(versions, forKey: .versions)
    if !isSteady { try object.encode(isSteady, forKey: .isSteady) }
  }

  /// The file's bytes: keys sorted, so that two files can be compared by `diff`.
  package func json() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(self) + Data("\n".utf8)
  }

  /// Reads a file's bytes; the error says where in the JSON and what was expected.
  package init(json: Data) throws {
    self = try JSONDecoder().decode(SavedCase.self, from: json)
  }
}

private struct OriginJSON: Codable {
  var seed: HexWord<UInt64>
  var caseNumber: HexWord<UInt64>

  init(_ origin: SavedCase.Origin) {
    seed = HexWord(origin.seed)
    caseNumber = HexWord(origin.caseNumber)
  }

  var value: SavedCase.Origin { .init(seed: seed.value, caseNumber: caseNumber.value) }
}

private struct AttributesJSON: Codable {
  var badArchitectureAction: HexWord<UInt32>?
  var optimizeLevel: UInt32?
  var libraryPath: String?
  var otherLibraryPath: String?

  init(_ attributes: SavedCase.Attributes) {
    badArchitectureAction = attributes.badArchitectureAction.map { HexWord($0.verdict.rawValue) }
    optimizeLevel = attributes.optimizeLevel
    libraryPath = attributes.libraryPath
    otherLibraryPath = attributes.otherLibraryPath
  }

  var value: SavedCase.Attributes {
    .init(
      badArchitectureAction: badArchitectureAction.map { Verdict(rawValue: $0.value).action },
      optimizeLevel: optimizeLevel, libraryPath: libraryPath, otherLibraryPath: otherLibraryPath)
  }
}

private struct CallJSON: Codable {
  var entry: String
  var rax: HexWord<UInt64>
  var arguments: [HexWord<UInt64>]

  private static let entries: [(word: String, path: EntryPath)] = [
    ("syscall", .syscall), ("int80", .int80), ("sysenter", .sysenter), ("vsyscall", .vsyscall),
  ]

  init(_ call: Call) {
    entry = Self.entries.first { $0.path == call.entryPath }?.word ?? "syscall"
    rax = HexWord(call.rax)
    arguments = (0..<Arguments.count).map { HexWord(call.arguments[$0]) }
  }

  var value: Call {
    get throws {
      guard let path = Self.entries.first(where: { $0.word == entry })?.path else {
        throw corrupted("entry \"\(entry)\" is none of syscall, int80, sysenter, vsyscall")
      }
      guard arguments.count == Arguments.count else {
        throw corrupted("a call has \(Arguments.count) arguments, found \(arguments.count)")
      }
      var words = Arguments()
      for (index, word) in arguments.enumerated() { words[index] = word.value }
      return Call(path, rax: rax.value, arguments: words)
    }
  }
}

private struct FilterJSON: Codable {
  /// One instruction each: code, jump if true, jump if false, constant; hex, parted by blanks.
  var instructions: [String]

  init(_ filter: Filter) {
    instructions = filter.instructions.map {
      [padded($0.code), padded($0.jumpTrue), padded($0.jumpFalse), padded($0.k)].joined(separator: " ")
    }
  }

  var value: Filter {
    get throws {
      Filter(
        try instructions.map { text in
          let parts = text.split(separator: " ", omittingEmptySubsequences: false)
          guard parts.count == 4, let code = UInt16(parts[0], radix: 16),
            let jumpTrue = UInt8(parts[1], radix: 16), let jumpFalse = UInt8(parts[2], radix: 16),
            let k = UInt32(parts[3], radix: 16)
          else { throw corrupted("instruction \"\(text)\" is not four hex words: code, jt, jf, k") }
          return Instruction(code: code, jumpTrue: jumpTrue, jumpFalse: jumpFalse, k: k)
        })
    }
  }
}

private struct AnswersJSON: Codable {
  var policy: [HexWord<UInt32>]?
  var filter: HexWord<UInt32>?
  var otherFilter: HexWord<UInt32>?
  var predicted: OutcomeJSON?
  var kernel: OutcomeJSON?

  init(_ answers: SavedCase.Answers) {
    policy = answers.policy.isEmpty ? nil : answers.policy.map { HexWord($0.rawValue) }
    filter = answers.filter.map { HexWord($0.rawValue) }
    otherFilter = answers.otherFilter.map { HexWord($0.rawValue) }
    predicted = answers.predicted.map(OutcomeJSON.init)
    kernel = answers.kernel.map(OutcomeJSON.init)
  }

  var value: SavedCase.Answers {
    get throws {
      .init(
        policy: policy?.map { Verdict(rawValue: $0.value) } ?? [],
        filter: filter.map { Verdict(rawValue: $0.value) },
        otherFilter: otherFilter.map { Verdict(rawValue: $0.value) }, predicted: try predicted?.value,
        kernel: try kernel?.value)
    }
  }
}

/// The error for text that is sound JSON but not a sound case.
func corrupted(_ message: String) -> DecodingError {
  .dataCorrupted(DecodingError.Context(codingPath: [], debugDescription: message))
}

/// Hex with all its digits.
func padded(_ value: some FixedWidthInteger & UnsignedInteger) -> String {
  let digits = String(value, radix: 16)
  return String(repeating: "0", count: value.bitWidth / 4 - digits.count) + digits
}
